"""Reading drafts written in Markdown."""

import pytest

from consultations.drafts.markdown import outline_of_markdown, read_markdown
from consultations.drafts.outline import align
from consultations.drafts.structure import DraftError, DraftText

PLAIN = """# Draft Code

## Preamble

The Parties,

## Article 1. Purpose

> Why this code exists.
> In two lines.

1. The purpose is [trust] [calm].

2. It applies in peace.

## Article 2. Notification
"""


def _languages(source: str, **texts: str) -> dict[str, DraftText]:
    outlines = {
        language: outline_of_markdown(text, file=f"draft.{language}.md")
        for language, text in texts.items()
    }
    return align(outlines, source)


def _eids(draft: DraftText) -> list[str]:
    return [provision.eid for provision in draft.provisions]


def test_a_draft_has_a_title_and_a_provision_per_heading() -> None:
    draft = read_markdown(PLAIN, "en")
    assert draft.title == "Draft Code"
    assert _eids(draft) == ["preamble", "art_1", "art_2"]
    article = draft.provisions[1]
    assert (article.kind, article.number, article.heading) == ("article", "Article 1", "Purpose")
    assert article.summary == "Why this code exists.\nIn two lines."
    assert article.text == "1. The purpose is [trust] [calm].\n\n2. It applies in peace."
    assert (article.wid, article.position) == ("art_1", 2)


def test_the_preamble_is_its_own_number() -> None:
    preamble = read_markdown(PLAIN, "en").provisions[0]
    assert (preamble.kind, preamble.number, preamble.heading) == ("preamble", "Preamble", "")


@pytest.mark.parametrize(
    ("heading", "number", "rest"),
    [
        ("Article 3. Notification", "Article 3", "Notification"),
        ("Article 2 bis — Notice", "Article 2 bis", "Notice"),
        ("Artículo 1: Objeto", "Artículo 1", "Objeto"),
        ("Article premier. Objet", "Article premier", "Objet"),
        ("المادة 3. الإخطار", "المادة 3", "الإخطار"),
        ("المادة ٣: الإخطار", "المادة ٣", "الإخطار"),
        ("المادة الأولى", "المادة الأولى", ""),
        ("第三条 通知", "第三条", "通知"),
        ("Mataki na 1. Sanarwa", "Mataki na 1", "Sanarwa"),
        ("3. Notification", "3", "Notification"),
        ("Notification of 3 exercises", "Article 1", "Notification of 3 exercises"),
        ("Part of the border area", "Article 1", "Part of the border area"),
    ],
)
def test_numbers_are_kept_as_printed(heading: str, number: str, rest: str) -> None:
    article = read_markdown(f"# T\n## {heading}\n", "en").provisions[0]
    assert (article.eid, article.number, article.heading) == ("art_1", number, rest)


def test_a_heading_without_number_takes_the_one_of_its_language() -> None:
    draft = _languages("en", en="# T\n## Purpose {#art_4}\n", ar="# ع\n## الغرض {#art_4}\n")
    assert draft["en"].provisions[0].number == "Article 4"
    assert draft["ar"].provisions[0].number == "المادة 4"
    assert draft["ar"].provisions[0].heading == "الغرض"


def test_written_ids_and_wids_win() -> None:
    draft = read_markdown("# T\n## Article 1\n## Article 2\n## New {#art_3 wid=art_9}\n", "en")
    assert [(p.eid, p.wid) for p in draft.provisions] == [
        ("art_1", "art_1"),
        ("art_2", "art_2"),
        ("art_3", "art_9"),
    ]


def test_deeper_headings_are_paragraphs_of_what_stands_above_them() -> None:
    draft = read_markdown(
        "# T\n## Preamble\n### Recalling\n### Noting\n## Chapter I. General\n### Article 1\n"
        "#### One\n##### Sub\n### Article 2\n## Chapter II\n### Article 3\n## Annex A. Lists\n",
        "en",
    )
    assert _eids(draft) == [
        "preamble", "pp_1", "pp_2", "chp_1", "art_1", "art_1__para_1", "art_1__para_1__subpara_1",
        "art_2", "chp_2", "art_3", "att_1",
    ]  # fmt: skip
    assert [p.kind for p in draft.provisions][-2:] == ["article", "annex"]


def test_languages_share_ids_and_kinds() -> None:
    drafts = _languages(
        "ha", ha="# T\n## Buɗewa\n## Mataki na 1. A\n", en="# T\n## Preamble\n## Article 1. B\n"
    )
    assert _eids(drafts["ha"]) == _eids(drafts["en"]) == ["preamble", "art_1"]
    assert drafts["ha"].provisions[0].number == "Buɗewa"


def test_a_summary_ends_where_its_quotation_ends() -> None:
    article = read_markdown("# T\n## A\n\n> One.\n> Two.\nText.\n\n> Quoted.\n", "en").provisions[0]
    assert article.summary == "One.\nTwo."
    assert article.text == "Text.\n\n> Quoted."


def test_line_ends_of_every_system_are_read() -> None:
    for end in ("\r\n", "\r"):
        draft = read_markdown(f"# T{end}## Article 1. A{end}> Sum{end}{end}Te\0xt{end}", "en")
        assert draft.provisions[0].summary == "Sum"
        assert draft.provisions[0].text == "Te\ufffdxt"


@pytest.mark.parametrize(
    "source",
    [
        "## Article 1\none\n## Article 2\ntwo\n",
        "# Article 1\none\n# Article 2\ntwo\n",
        "words\n## Article 1\none\n## Article 2\ntwo\n",
    ],
)
def test_a_draft_without_a_title_has_a_provision_per_heading(source: str) -> None:
    draft = read_markdown(source, "en")
    assert (draft.title, _eids(draft)) == ("", ["art_1", "art_2"])
    assert [each.text for each in draft.provisions] == ["one", "two"]


def test_a_heading_with_an_id_is_no_title() -> None:
    assert _eids(read_markdown("# Article 4 {#art_4}\ntext\n", "en")) == ["art_4"]


def test_code_and_quotations_hold_no_headings() -> None:
    draft = read_markdown("# T\n## Article 1\ntext\n\n> ## not one\n\n```\n# nor this\n```\n", "en")
    assert _eids(draft) == ["art_1"]
    assert "nor this" in draft.provisions[0].text


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("", "no provision"),
        ("# T\n\ntext\n", "no provision"),
        ("# T\n## A {#art_1}\n## B {#art_1}\n", "line 3: the id art_1 stands on two"),
        ("# T\n## A {#art_1 wid=x}\n## B {#art_2 wid=x}\n", "the id x stands on two"),
        ("# T\n## A {#art 1}\n", "cannot be read"),
        ("# T\n## A {#1}\n", "cannot be an id"),
    ],
)
def test_what_is_wrong_is_named(source: str, says: str) -> None:
    with pytest.raises(DraftError, match=says) as caught:
        read_markdown(source, "en", file="draft.en.md")
    assert "draft.en.md" in str(caught.value)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ("# T\n## Article 1. Un\n", "Article 2 Two of draft.en.md .line 3. is missing"),
        ("# T\n## Article 1. Un\n## Article 2\n## Article 3. Trois\n", "Article 3 Trois is not in"),
        ("# T\n## Article 1. Un\n### Article 2. Deux\n", "line 3: provision 2"),
        ("# T\n## Article 1 {#art_7}\n## Article 2 {#art_7}\n", "stands on two"),
    ],
)
def test_languages_that_differ_are_refused(other: str, says: str) -> None:
    with pytest.raises(DraftError, match=says):
        _languages("en", en="# T\n## Article 1. One\n## Article 2. Two\n", fr=other)


def test_two_ids_for_one_provision_are_refused() -> None:
    with pytest.raises(DraftError, match=r"provision 1 \(art_2\) is not"):
        _languages("en", en="# T\n## One {#art_1}\n", fr="# T\n## Un {#art_2}\n")
