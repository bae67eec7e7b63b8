import pytest

from consultations.questionnaires.answers import check, complete
from consultations.questionnaires.structure import Choice, Question, Questionnaire

CHOICES = tuple(Choice(code, {"en": code}, specify=code == "other") for code in ("a", "b", "other"))
SINGLE = Question("single", "single", {"en": "S"}, choices=CHOICES, required=True)
MULTIPLE = Question("multiple", "multiple", {"en": "M"}, choices=CHOICES)
TEXT = Question("text", "long_text", {"en": "T"})
NUMBER = Question("number", "integer", {"en": "N"}, minimum=0)
QUESTIONS = (SINGLE, MULTIPLE, TEXT, NUMBER)


def errors(sent, **how):
    return {name: str(error) for name, error in check(QUESTIONS, sent, **how).errors.items()}


def test_good_answers_are_taken():
    sent = {"single": ["a"], "multiple": ["b", "a"], "text": ["words"], "number": ["3"]}

    checked = check(QUESTIONS, sent)

    assert checked.errors == {}
    assert checked.answers == {"single": "a", "multiple": ["a", "b"], "text": "words", "number": 3}


def test_what_is_left_empty_is_skipped_or_absent():
    checked = check(QUESTIONS, {"single": ["-7"], "text": ["  "], "number": [""]})

    assert checked.answers == {"single": "-7", "multiple": ["-6"]}


def test_a_required_answer_is_asked_for_but_not_of_a_file():
    assert errors({}) == {"single": "Please answer this question."}
    assert errors({}, imported=True) == {}


def test_each_error_stands_at_its_question_and_the_rest_is_kept():
    checked = check(QUESTIONS, {"single": ["z"], "number": ["-1"], "text": ["kept"]})

    assert set(checked.errors) == {"single", "number"}
    assert checked.answers == {"multiple": ["-6"], "text": "kept"}


def test_words_beside_other_are_kept_with_it():
    sent = {"single": ["other"], "single_other": ["my own"]}

    assert check([SINGLE], sent).answers == {"single": "other", "single_other": "my own"}


def test_words_beside_a_choice_not_made_are_an_error_of_their_field():
    found = errors({"single": ["a"], "single_other": ["my own"]})

    assert found == {"single_other": "Words were written beside a choice that is not chosen."}


def test_words_beside_a_question_without_other_are_no_field():
    assert "multiple_other" not in check([MULTIPLE], {"multiple_other": ["x"]}).answers


@pytest.mark.parametrize("code", ["-9", "-6", "-5", "-4"])
def test_only_a_file_may_say_what_participants_cannot(code):
    sent = {"single": [code]}

    assert errors(sent) == {"single": f"“{code}” is not among the choices."}
    assert check([SINGLE], sent, imported=True).answers == {"single": code}


def test_unknown_fields_are_ignored():
    assert check([TEXT], {"text": ["x"], "_state": ["y"], "zzz": ["z"]}).answers == {"text": "x"}


def test_a_whole_submission_says_what_was_not_asked():
    questionnaire = Questionnaire({"en": "T"}, ("en",), "en", QUESTIONS)
    answers = {"single": "other", "single_other": "mine", "multiple": ["a"], "number": 4}

    assert complete(questionnaire, answers, {"single", "text", "number"}) == {
        "single": "other",
        "single_other": "mine",
        "multiple": ["-9"],
        "number": 4,
    }
    assert complete(questionnaire, {}, {"single", "multiple"}) == {
        "single": "-6",
        "multiple": ["-6"],
    }
    assert complete(questionnaire, answers, {"multiple"}) == {"single": "-9", "multiple": ["a"]}
