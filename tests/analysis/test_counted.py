"""Which questions are counted, and how a ranking is."""

from consultations.analysis.counted import counted_questions
from consultations.questionnaires.structure import Choice, Question, Questionnaire

CHOICES = tuple(Choice(code, {"en": code}) for code in "abcd")


def test_a_ranking_is_counted_place_by_place():
    found = counted_questions(
        Questionnaire({}, ("en",), "en", (Question("r", "ranking", {}, choices=CHOICES),))
    )

    assert [each.name for each in found] == ["r", "r.2", "r.3"]
    assert {each.asked for each in found} == {"r"}
    assert {each.family for each in found} == {"r"}


def test_words_numbers_and_what_feeds_a_dimension_are_not_counted():
    asked = (
        Question("t", "text", {}),
        Question("n", "integer", {}),
        Question("g", "single", {}, choices=CHOICES, dimension="gender"),
        Question("v", "vote", {}, choices=CHOICES),
    )

    assert [each.kind for each in counted_questions(Questionnaire({}, ("en",), "en", asked))] == [
        "votes"
    ]
