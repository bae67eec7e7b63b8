"""Keying paper in by the numbers beside the boxes."""

import pytest

from consultations.questionnaires.paper.keying import differences, keyed, read_keyed, rows
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from tests.questionnaires.every_kind import EVERY_KIND, STORED

CHOICES = tuple(
    Choice(code, {"en": code}, specify=code == "other") for code in ("bread", "rice", "other")
)


def asked(*questions: Question) -> Questionnaire:
    return Questionnaire({"en": "Q"}, ("en",), "en", questions)


FORM = asked(
    Question("one", "single", {"en": "One?"}, choices=CHOICES[:2], required=True),
    Question("many", "multiple", {"en": "Many?"}, choices=CHOICES),
    Question("first", "ranking", {"en": "Order?"}, choices=CHOICES),
    Question("age", "integer", {"en": "Age?"}, maximum=120),
    Question("why", "text", {"en": "Why?"}),
    Question("agree", "consent", {"en": "Agree?"}),
)
TYPED = {
    "one": "2", "many": "3 1", "many_other": "Millet", "first.1": "2", "first.3": "1",
    "age": "٤٠", "why": "Because.", "agree": "1",
}  # fmt: skip
MEANT = {
    "one": "rice", "many": ["bread", "other"], "many_other": "Millet",
    "first": ["other", "bread"], "age": 40, "why": "Because.", "agree": "yes",
}  # fmt: skip


def test_numbers_become_answers():
    checked = read_keyed(FORM, TYPED)

    assert checked.errors == {}
    assert checked.answers == MEANT


def test_an_empty_form_is_skipped_everywhere_even_where_an_answer_is_required():
    checked = read_keyed(FORM, {})

    assert checked.errors == {}
    assert checked.answers["one"] == "-6"
    assert "age" not in checked.answers


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"one": "9"}, "one"), ({"many": "1 1"}, "many"), ({"age": "400"}, "age"),
     ({"first.1": "1", "first.2": "1"}, "first.1"), ({"first.2": "x"}, "first.1"),
     ({"many": "1", "many_other": "Millet"}, "many_other"), ({"agree": "2"}, "agree")],
)  # fmt: skip
def test_what_no_box_says_is_told_at_its_field(typed, field):
    assert list(read_keyed(FORM, typed).errors) == [field]


def test_answers_can_be_typed_again():
    typed = keyed(FORM, MEANT)

    assert read_keyed(FORM, typed).answers == MEANT


def test_every_kind_can_be_keyed_in():
    answers = {name: STORED[name] for row in rows(EVERY_KIND) for name in row.question.fields
               if name in STORED}  # fmt: skip
    checked = read_keyed(EVERY_KIND, keyed(EVERY_KIND, answers))

    assert checked.errors == {}
    assert checked.answers == answers


def test_rows_follow_the_paper_and_a_ranking_has_a_field_for_each_choice():
    found = rows(FORM)

    assert [row.number for row in found] == [1, 2, 3, 4, 5, 6]
    assert found[2].fields == ("first.1", "first.2", "first.3", "first.97")
    assert found[1].words == ("many_other",)


def test_two_keyings_differ_by_name():
    assert differences({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"}) == ["b", "c"]
