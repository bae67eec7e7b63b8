"""Which questions are counted, and how a ranking is."""

from consultations.analysis.counted import counted_questions
from consultations.codebook import Category
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


def in_depth(*more: Question) -> Questionnaire:
    change = Question("art_3_change", "long_text", {}, provision="art_3", role="change")
    effect = Question(
        "art_3_effect", "scale", {}, choices=CHOICES, provision="art_3", role="effect"
    )
    return Questionnaire({}, ("en",), "en", (effect, change, *more))


def test_themes_of_what_was_said_about_a_provision_are_one_more_question():
    reason = Question("art_3_reason", "text", {}, provision="art_3", role="reason")
    themes = {"art_3": (Category("longer-notice", {}), Category("roads", {}))}

    _, found = counted_questions(in_depth(reason), themes)

    assert (found.name, found.kind, found.provision) == ("art_3_change.themes", "multiple", "art_3")
    assert found.codes == ("longer-notice", "roads")
    assert found.told_in == ("art_3_change", "art_3_reason")
    assert found.beside == "art_3_effect"


def test_without_themes_nothing_is_counted_of_words():
    assert [each.name for each in counted_questions(in_depth())] == ["art_3_effect"]
