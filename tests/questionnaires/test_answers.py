import pytest

from consultations.questionnaires.answers import ConstraintError, check, complete
from consultations.questionnaires.logic import logic_of
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


def test_words_beside_a_choice_not_made_go_with_it():
    checked = check([SINGLE], {"single": ["a"], "single_other": ["my own"]})

    assert checked.answers == {"single": "a"}
    assert not checked.errors


def test_a_file_with_words_beside_a_choice_not_made_says_so():
    found = errors({"single": ["a"], "single_other": ["my own"]}, imported=True)

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


ROUTED = Questionnaire(
    {},
    ("en",),
    "en",
    (
        Question("heard", "single", {"en": "Heard?"}, choices=CHOICES),
        Question("where", "single", {"en": "Where?"}, choices=CHOICES, relevant="${heard} = 'a'"),
        Question("why", "text", {"en": "Why?"}, relevant="${where} = 'b'"),
        Question("year", "integer", {"en": "Year?"}, constraint=". mod 4 = 0"),
        Question("double", "calculated", {}, calculation="${year} * 2"),
    ),
)
LOGIC = logic_of(ROUTED)
ALL = [each.name for each in ROUTED.questions]


def test_what_became_irrelevant_is_dropped_and_not_asked():
    answers = {"heard": "b", "where": "b", "why": "so"}

    assert complete(ROUTED, answers, ALL, logic=LOGIC) == {"heard": "b", "where": "-9"}


def test_what_is_relevant_is_kept_and_what_is_calculated_added():
    answers = {"heard": "a", "where": "b", "why": "so", "year": 8}

    assert complete(ROUTED, answers, ALL, logic=LOGIC) == {**answers, "double": 16}


def test_a_constraint_holds_answers_that_were_given():
    checked = check(ROUTED.questions[3:4], {"year": ["7"]}, logic=LOGIC)

    assert isinstance(checked.errors["year"], ConstraintError)
    assert not check(ROUTED.questions[3:4], {}, logic=LOGIC).errors


def test_a_constraint_does_not_keep_anybody_from_not_saying():
    picky = Question("q", "single", {}, choices=CHOICES, constraint=". = 'a'")
    logic = logic_of(Questionnaire({}, ("en",), "en", (picky,)))

    assert not check([picky], {"q": ["-7"]}, logic=logic).errors
    assert check([picky], {"q": ["b"]}, logic=logic).errors


def test_a_number_that_looks_like_a_code_is_held_like_any_other():
    low = Question("n", "integer", {}, constraint=". > 0")
    logic = logic_of(Questionnaire({}, ("en",), "en", (low,)))

    assert check([low], {"n": ["-5"]}, logic=logic).errors


def test_an_answer_that_is_not_among_the_filtered_choices_is_refused():
    towns = tuple(Choice(code, {}, values={"land": code[0]}) for code in ("x1", "x2", "y1"))
    asked = (
        Question("land", "single", {}, choices=(Choice("x", {}), Choice("y", {}))),
        Question("town", "single", {}, choices=towns, choice_filter="land = ${land}"),
    )
    logic = logic_of(Questionnaire({}, ("en",), "en", asked))

    assert not check(asked, {"land": ["x"], "town": ["x2"]}, logic=logic).errors
    assert "town" in check(asked, {"land": ["x"], "town": ["y1"]}, logic=logic).errors


def test_a_file_may_not_answer_what_was_not_asked():
    checked = check(ROUTED.questions, {"heard": ["b"], "where": ["b"]}, logic=LOGIC, imported=True)

    assert set(checked.errors) == {"where"}
