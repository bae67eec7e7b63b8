import pytest

from consultations.questionnaires.answer import AnswerError, OutOfRangeError
from consultations.questionnaires.structure import Choice, Question
from consultations.questionnaires.typed.choosing import (
    read_consent,
    read_ranking,
    read_several,
    read_single,
)

CHOICES = (
    *(Choice(code, {"en": code.upper()}) for code in ("a", "b", "c")),
    Choice("none", {"en": "None of these"}, exclusive=True),
)
COUNTRIES = (
    Choice("PE", {"en": "Peru", "fr": "Pérou", "ar": "بيرو"}),
    Choice("NE", {"en": "Niger", "ar": "النيجر"}),
    Choice("GE1", {"en": "Georgia"}),
    Choice("GE2", {"en": "Georgia"}),
)


def question(kind="multiple", choices=CHOICES, **details):
    return Question("q", kind, {"en": "Q"}, choices=choices, **details)


def searched(*sent):
    return read_single(question("single", COUNTRIES, appearance="search"), sent)


@pytest.mark.parametrize(
    "typed",
    ["PE", "Peru", "pérou", " PEROU".replace("E", "é"), "بيرو", "  Peru ", "pe", "ＰＥＲＵ"],
)
def test_a_searched_choice_is_found_by_its_words_in_any_language_or_its_code(typed):
    assert searched(typed) == "PE"


def test_searched_words_that_name_nothing_are_shown_back():
    with pytest.raises(AnswerError, match="“Atlantis” is not among the choices"):
        searched("Atlantis")


def test_words_that_several_choices_share_ask_for_the_code():
    with pytest.raises(AnswerError, match=r"Several choices are called “georgia”.*GE1, GE2"):
        searched("georgia")
    assert searched("ge2") == "GE2"


def test_words_are_no_answer_where_nothing_is_searched():
    with pytest.raises(AnswerError, match="not among"):
        read_single(question("single", COUNTRIES), ["Peru"])


def test_a_searched_choice_or_not_to_say_but_not_both():
    assert searched("-7") == "-7"
    with pytest.raises(AnswerError, match="Only one answer"):
        searched("Peru", "-7")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (["a"], "at least 2; these are 1"),
        (["a", "b", "c"], "at most 2; these are 3"),
    ],
)
def test_too_few_or_too_many_choices_are_told(sent, says):
    with pytest.raises(OutOfRangeError, match=says):
        read_several(question(minimum=2, maximum=2), sent)


@pytest.mark.parametrize("sent", ["none", "-7", "-8"])
def test_what_stands_alone_is_enough_by_itself(sent):
    assert read_several(question(minimum=2), [sent]) == [sent]


def test_what_stands_alone_goes_with_nothing_else():
    with pytest.raises(AnswerError, match="only be chosen alone"):
        read_several(question(), ["a", "none"])
    with pytest.raises(AnswerError, match="not both"):
        read_ranking(question("ranking"), ["a", "-7"])


def test_a_ranking_keeps_its_order():
    assert read_ranking(question("ranking"), ["c", "a"]) == ["c", "a"]
    assert read_ranking(question("ranking", minimum=2), ["-7"]) == ["-7"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [(["c", "c"], "twice"), (["c", "x"], "“x” is not among"), (["a", "b", "c"], "at most 2")],
)
def test_a_ranking_that_cannot_be_one_is_refused(sent, says):
    with pytest.raises(AnswerError, match=says):
        read_ranking(question("ranking", maximum=2), sent)


def test_consent_is_a_ticked_box_and_nothing_else():
    assert read_consent(question("consent", ()), ["yes"]) == "yes"
    with pytest.raises(AnswerError, match="“no” is not among"):
        read_consent(question("consent", ()), ["no"])
