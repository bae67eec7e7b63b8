import pytest

from consultations.questionnaires.brackets import (
    BracketError,
    bracket_question,
    bracket_questions,
    with_bracket_choices,
)
from consultations.questionnaires.structure import Choice, Question, Questionnaire

TEXT = {
    "en": "1. Notice [twenty] [thirty] days before.\n\n2. The notice [shall] be public.",
    "ar": "1. إشعار [عشرين] [ثلاثين] يوما.\n\n2. الإشعار [يجب] علني.",
}


def test_the_choices_are_the_alternatives_of_the_draft():
    found = bracket_question("art_1", 1, TEXT)

    assert (found.name, found.provision, found.bracket) == ("art_1_bracket_1", "art_1", 1)
    assert [choice.code for choice in found.choices] == ["1", "2", "no_view"]
    assert found.choices[1].label == {"en": "thirty", "ar": "ثلاثين"}
    assert found.hint["en"] == "1. Notice [twenty] [thirty] days before."


def test_words_in_one_bracket_are_kept_or_left_out():
    found = bracket_question("art_1", 2, TEXT)

    assert [choice.code for choice in found.choices] == ["keep", "delete", "no_view"]
    assert found.choices[0].label["en"] == "Keep “shall”"
    assert found.choices[0].label["ar"] == "الإبقاء على «يجب»"


def test_a_translation_with_other_brackets_leaves_the_words_to_the_others():
    found = bracket_question("art_1", 1, {**TEXT, "fr": "1. Préavis de [vingt ou trente] jours."})

    assert set(found.choices[0].label) == {"en", "ar"}


def test_every_open_bracket_can_be_asked_about():
    assert [each.bracket for each in bracket_questions("art_1", TEXT)] == [1, 2]
    assert not list(bracket_questions("art_1", {"en": "Agreed."}))


def asking(**details):
    question = Question(
        "days", "single", {"en": "How many?"}, provision="art_1", bracket=1, **details
    )
    return Questionnaire({}, ("en",), "en", (question, Question("words", "text", {"en": "W"})))


def test_a_form_gets_its_choices_from_the_draft():
    found = with_bracket_choices(asking(), {"art_1": TEXT})

    days, words = found.questions
    assert [choice.label["en"] for choice in days.choices[:2]] == ["twenty", "thirty"]
    assert days.label == {"en": "How many?"}
    assert words.choices == ()


def test_choices_of_its_own_stay():
    form = asking(choices=(Choice("a", {"en": "A"}),))

    assert with_bracket_choices(form, {"art_1": TEXT}) is form


@pytest.mark.parametrize("texts", [{"art_1": {"en": "Agreed."}}, {}])
def test_a_bracket_that_is_not_there_is_named(texts):
    with pytest.raises(BracketError, match=r"days is about open bracket 1 of art_1, which has 0"):
        with_bracket_choices(asking(), texts)
