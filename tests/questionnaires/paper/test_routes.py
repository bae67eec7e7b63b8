"""Conditions in plain words."""

import pytest

from consultations.questionnaires.paper.routes import (
    Comparison,
    Condition,
    condition,
    conditions_of,
    jumps,
    only_if,
)
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section

YES_NO = (Choice("yes", {"en": "Yes", "ar": "نعم"}), Choice("no", {"en": "No", "ar": "لا"}))


def say(sentence: str, **values: object) -> str:
    return sentence % values if values else sentence


def asked(*questions: Question, sections: tuple[Section, ...] = ()) -> Questionnaire:
    return Questionnaire({"en": "Q"}, ("en",), "en", questions, sections)


def q(name: str, relevant: str = "", kind: str = "single", section: str | None = None) -> Question:
    choices = YES_NO if kind == "single" else ()
    return Question(name, kind, {"en": name}, choices=choices, relevant=relevant, section=section)


def in_words(source: str, language: str = "en") -> str:
    told = only_if(asked(q("farm"), q("area", kind="integer")), [source], language, say)
    return told.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    "source",
    ["${a} = 'x'", '${a}="x"', "selected(${a}, 'x')", "(${a} = 'x')", "not(${a} != 'x')"],
)
def test_a_simple_comparison_is_read(source):
    assert condition(source) == Condition((Comparison("a", "=", "x"),))


@pytest.mark.parametrize(
    "source",
    [
        "not(${a} = 'x' and ${b} = 'y')",
        "${a} = 'x' and ${b} = '1' or ${c} = '2'",
        "count(${a}) > 2",
        "",
    ],
)
def test_anything_more_is_left_alone(source):
    assert condition(source) is None


def test_a_condition_is_told_with_number_and_label():
    assert in_words("${farm} = 'yes'") == "Only if in question 1 you chose “Yes”."
    assert in_words("${farm} = 'yes'", "ar") == "Only if in question 1 you chose “نعم”."


def test_whether_something_was_answered_is_told_so():
    assert in_words("${area} != ''") == "Only if you answered question 2."
    assert in_words("not(${area} != '')") == "Only if you left out question 2."


def test_several_conditions_are_joined():
    told = in_words("${farm} != 'no' and ${area} >= 3")

    assert told == (
        "Only if in question 1 you did not choose “No”, and your number in question 2 is 3 or more."
    )


def test_an_involved_condition_keeps_its_shape_with_numbers_and_labels():
    told = in_words("not(${farm} = 'yes' and ${area} > 3)")

    assert told == "Only if not(question 1 = “Yes” and question 2 > 3)."


def test_what_is_worked_out_is_told_by_what_it_is_made_of():
    worked_out = Question("large", "calculated", {}, calculation="${area} * 2")
    told = only_if(
        asked(q("farm"), q("area", kind="integer"), worked_out), ["${large} > 9"], "en", say
    )

    assert told.replace("\u2068", "").replace("\u2069", "") == "Only if (question 2 * 2) > 9."


def test_who_leaves_questions_out_is_told_where_to_go_on():
    farmers = "${farm} = 'yes'"
    form = asked(q("farm"), q("what", farmers), q("more", farmers), q("all"))

    assert jumps(form) == {"farm": {"no": 4, "-7": 4}}


def test_each_answer_may_lead_elsewhere_or_to_the_end():
    form = asked(q("farm"), q("one", "${farm} = 'yes'"), q("two", "${farm} = 'no'"))

    assert jumps(form) == {"farm": {"no": 3, "-7": None}}


def test_nothing_is_skipped_where_the_next_question_is_for_everyone():
    assert jumps(asked(q("farm"), q("all"), q("what", "${farm} = 'yes'"))) == {}


def test_the_conditions_of_the_sections_around_come_first():
    sections = (
        Section("outer", {"en": "Outer"}, relevant="${a} = '1'"),
        Section("inner", {"en": "Inner"}, relevant="${b} = '2'", within="outer"),
    )
    question = q("c", "${d} = '3'", section="inner")

    found = conditions_of(asked(question, sections=sections), question)
    assert found == ["${a} = '1'", "${b} = '2'", "${d} = '3'"]
