"""The paragraph model that templates show."""

from hypothesis import given
from hypothesis import strategies as st

from consultations.drafts.rendering import (
    Run,
    blocks,
    compared,
    difference,
    paragraphs,
    safe_markup,
    show,
)


def test_paragraphs_keep_their_printed_numbers() -> None:
    shown = paragraphs("3. Each Party shall:\n(a) tell;\n(i) soon.\n\nNo number\nat all.")
    assert [(p.number, p.depth, p.runs[0].text) for p in shown] == [
        ("3.", 0, "Each Party shall:"),
        ("(a)", 1, "tell;"),
        ("(i)", 2, "soon."),
        ("", 0, "No number at all."),
    ]


def test_brackets_and_emphasis_are_marks() -> None:
    (paragraph,) = paragraphs("Up to [two *long*] visits.")
    assert paragraph.runs == (
        Run("Up to "),
        Run("[two ", frozenset({"bracket"})),
        Run("long", frozenset({"bracket", "emphasis"})),
        Run("]", frozenset({"bracket"})),
        Run(" visits."),
    )


def test_brackets_are_never_links() -> None:
    (paragraph,) = paragraphs("[shall](http://example.org) <b>apply</b>")
    assert "".join(run.text for run in paragraph.runs) == (
        "[shall](http://example.org) <b>apply</b>"
    )


def test_two_versions_are_shown_as_one() -> None:
    first, second = compared(
        "1. Up to [two] visits.\n\n2. Same.", "1. Up to two visits.\n\n2. Same."
    )
    assert (first.number, first.change, second.change) == ("1.", "changed", "equal")
    assert Run("[", frozenset({"bracket", "removed"})) in first.runs
    assert Run("two") in first.runs


def test_a_new_paragraph_is_added_whole() -> None:
    added = compared("1. Same.", "1. Same.\n\n2. New [maybe].")[1]
    assert (added.change, added.number) == ("added", "2.")
    assert added.runs[1] == Run("[maybe]", frozenset({"added", "bracket"}))


def test_a_changed_number_stays_in_the_text() -> None:
    (paragraph,) = compared("2. Visits are announced early.", "3. Visits are announced early.")
    assert paragraph.number == ""
    assert paragraph.runs[0] == Run("2", frozenset({"removed"}))


def test_a_text_says_whether_it_is_open_or_changed() -> None:
    agreed = show("1. Agreed.", "en", before="1. Agreed.")
    assert (agreed.changed, agreed.brackets) == (False, False)
    opened = show("1. Agreed [or not].", "en", before="1. Agreed.")
    assert (opened.changed, opened.brackets) == (True, True)


def test_a_proposed_wording_is_one_stretch() -> None:
    runs = difference("1. A Party [may] tell.", "1. A Party shall tell.")
    assert [(run.text, run.change, run.bracket) for run in runs] == [
        ("1. A Party ", "equal", False),
        ("[may]", "removed", True),
        ("shall", "added", False),
        (" tell.", "equal", False),
    ]


def test_prose_of_people_cannot_do_harm() -> None:
    html = safe_markup("*Hello* <script>alert(1)</script> [x](javascript:alert(1))")
    assert "<em>Hello</em>" in html
    assert "<script" not in html
    assert 'href="javascript' not in html


@given(st.text(alphabet="a*_[]1.() \n\\`"))
def test_no_text_is_too_odd(text: str) -> None:
    for paragraph in paragraphs(text):
        assert all(run.text for run in paragraph.runs)
    assert not any(p.change in ("added", "removed") for p in compared(text, text))
    assert len(blocks(text)) >= len(paragraphs(text))
