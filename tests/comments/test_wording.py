"""Paragraphs to speak of, and how a new wording differs."""

from consultations.comments.wording import (
    choices,
    numbered,
    proposed,
    replaced,
    stood_before,
    surroundings,
    whole,
)

ARTICLE = """1. Each Party shall give notice
of exercises.

(a) by letter;

2. The notice shall state the dates."""


def _marked(runs: object) -> list[tuple[str, str]]:
    return [(run.text, run.change) for run in runs]  # type: ignore[attr-defined]


def test_paragraphs_are_known_by_their_printed_numbers() -> None:
    assert numbered(ARTICLE) == {
        "1": "Each Party shall give notice of exercises.\n\n(a) by letter;",
        "2": "The notice shall state the dates.",
    }


def test_paragraphs_without_numbers_are_counted() -> None:
    assert numbered("Recalling the Charter,\n\nHave agreed:") == {
        "1": "Recalling the Charter,",
        "2": "Have agreed:",
    }


def test_a_paragraph_has_the_same_number_in_every_script() -> None:
    assert list(numbered("٢. واحد\n\n٣. اثنان")) == ["2", "3"]


def test_a_single_paragraph_has_no_number() -> None:
    assert numbered("Each Party may send visitors.") == {}


def test_a_choice_shows_the_first_words() -> None:
    assert choices(ARTICLE)[1] == ("2", "2. The notice shall state the dates.")
    assert choices(ARTICLE, longest=10)[1] == ("2", "2. The…")


def test_a_wording_is_compared_with_its_paragraph() -> None:
    assert _marked(proposed(ARTICLE, "2", "The notice shall state the dates and the area.")) == [
        ("The notice shall state the dates", "equal"),
        (" and the area", "added"),
        (".", "equal"),
    ]


def test_a_wording_for_the_whole_is_compared_with_the_whole() -> None:
    runs = _marked(proposed(ARTICLE, "", whole(ARTICLE) + " And the area."))
    assert runs[-1] == (" And the area.", "added")
    assert len(runs) == 2


def test_what_came_of_it_finds_the_paragraph_that_it_replaces() -> None:
    runs = _marked(replaced(ARTICLE, "The notice shall state the dates and hours."))
    assert runs[0] == ("The notice shall state the dates", "equal")


def test_words_like_nothing_before_are_all_added() -> None:
    assert _marked(replaced(ARTICLE, "Schools stay closed.")) == [("Schools stay closed.", "added")]


def test_what_came_of_it_took_the_place_of_the_paragraph_with_its_number() -> None:
    after = "1. A longer notice.\n\n2. The notice shall state the hours.\n\n3. Schools stay closed."
    stood = "The notice shall state the dates."
    assert stood_before(ARTICLE, after, "The notice shall state the hours.") == stood
    assert stood_before(ARTICLE, after, "Schools stay closed.") == ""
    assert stood_before(ARTICLE, after, "Something else.") is None


def test_a_paragraph_put_in_before_others_replaces_none() -> None:
    after = "1. One.\n\n2. New.\n\n3. Two."
    assert stood_before("1. One.\n\n2. Two.", after, "New.") == ""


def test_what_lies_far_from_a_change_is_left_out() -> None:
    long = "The Parties shall meet once a year. " * 5
    runs = _marked(surroundings(replaced(f"{long}They talk. {long}", f"{long}They decide. {long}")))
    assert runs[0] == ("… ", "equal")
    assert runs[1][0].endswith("They ")
    assert runs[-1] == (" …", "equal")
    assert [text for text, change in runs if change != "equal"] == ["talk", "decide"]
    assert sum(len(text) for text, _ in runs) < 160
    assert surroundings(replaced(long, long)) == replaced(long, long)
