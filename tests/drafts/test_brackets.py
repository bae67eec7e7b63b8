"""Brackets: text that is not agreed."""

from hypothesis import given
from hypothesis import strategies as st

from consultations.drafts.brackets import Span, open_brackets, open_points, read_brackets


def test_a_bracket_is_told_from_agreed_text() -> None:
    assert read_brackets("shall [not] apply").spans == (
        Span("shall "),
        Span("[not]", 1),
        Span(" apply"),
    )


def test_brackets_side_by_side_are_alternatives() -> None:
    spans = read_brackets("up to [two] [three] visits [a year]").spans
    assert [(span.text, span.alternative) for span in spans if span.depth] == [
        ("[two]", 1),
        ("[three]", 2),
        ("[a year]", 0),
    ]


def test_brackets_nest() -> None:
    assert [(span.text, span.depth) for span in read_brackets("[a [b] c]").spans] == [
        ("[a ", 1),
        ("[b]", 2),
        (" c]", 1),
    ]
    assert open_brackets("x [a [b] c] y [d]") == ("[a [b] c]", "[d]")


def test_a_bracket_without_partner_is_reported_and_stays_text() -> None:
    read = read_brackets("a] b [c [d]")
    assert read.unbalanced == (1, 5)
    assert [span.text for span in read.spans if span.depth] == ["[d]"]


def test_right_to_left_text_is_cut_in_the_same_way() -> None:
    assert open_brackets("في [أراضيها] [مياهها]") == ("[أراضيها]", "[مياهها]")


def test_brackets_side_by_side_are_one_open_point() -> None:
    found = open_points("1. Give notice [twenty] [thirty] days before, [in\nwriting].")

    assert [point.alternatives for point in found] == [("twenty", "thirty"), ("in writing",)]
    assert found[0].passage == "1. Give notice [twenty] [thirty] days before, [in writing]."


def test_the_passage_is_cut_at_words_and_at_paragraphs() -> None:
    words = " ".join(f"w{number}" for number in range(20))

    (point,) = open_points(f"Before.\n\n{words} [shall] {words}\n\nAfter [this")

    assert point.passage.startswith("… w8 w9")
    assert point.passage.endswith("w10 w11 …")


@given(st.text(alphabet="ab []/"))
def test_every_outermost_bracket_belongs_to_one_open_point(text: str) -> None:
    points = open_points(text)

    assert sum(len(point.alternatives) for point in points) == len(open_brackets(text))


@given(st.text(alphabet="ab []/"))
def test_the_spans_give_the_text_back(text: str) -> None:
    assert "".join(span.text for span in read_brackets(text).spans) == text
