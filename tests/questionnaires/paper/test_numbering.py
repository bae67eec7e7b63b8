"""The same numbers in print and when they are keyed in."""

import pytest

from consultations.questionnaires.paper.numbering import choice_numbers, code_meant, numbers
from consultations.questionnaires.structure import Choice, Question, Questionnaire


def a_question(*codes: str, kind: str = "single", name: str = "q") -> Question:
    return Question(name, kind, {"en": name}, choices=tuple(Choice(c, {"en": c}) for c in codes))


def test_questions_are_numbered_as_written_without_those_nobody_answers_on_paper():
    kinds = ("single", "note", "text", "hidden", "calculated", "file", "integer")
    questions = tuple(a_question(kind=kind, name=kind) for kind in kinds)
    asked = Questionnaire({"en": "Q"}, ("en",), "en", questions)

    assert numbers(asked) == {"single": 1, "text": 2, "integer": 3}


def test_choices_with_names_are_counted_and_choices_with_numbers_keep_them():
    assert choice_numbers(a_question("support", "oppose")) == {
        "support": "1",
        "oppose": "2",
        "-7": "97",
    }
    scale = a_question("0", "5", "10", kind="scale")
    assert choice_numbers(scale) == {"0": "0", "5": "5", "10": "10", "-7": "97"}


def test_a_number_is_never_printed_twice():
    taken = choice_numbers(a_question("97", "98", "-8"))

    assert taken == {"97": "97", "98": "98", "-8": "998", "-7": "997"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("2", "oppose"), ("02", "oppose"), ("٢", "oppose"), (" oppose ", "oppose"), ("97", "-7"),
     ("-7", "-7"), ("9", "9"), ("", "")],
)  # fmt: skip
def test_what_is_typed_is_a_number_or_a_code(typed, meant):
    assert code_meant(a_question("support", "oppose"), typed) == meant


def test_zero_is_a_choice_like_any_other():
    assert code_meant(a_question("0", "1", kind="scale"), "0") == "0"
