import pytest

from consultations.codebook import DIMENSIONS, declared
from consultations.codebook.dimensions import DimensionError
from consultations.questionnaires.builder import (
    codebook_question,
    ten_minutes,
    with_codebook_questions,
)
from consultations.questionnaires.structure import POSITIONS, Question, Questionnaire
from consultations.questionnaires.wording import WORDING

HEADINGS = [("art_1", {"en": "Article 1", "ar": "المادة 1"}), ("art_2", {"en": "Article 2"})]


def test_the_ten_minute_journey_is_written():
    dimensions = [declared("gender"), declared("age")]

    found = ten_minutes({"en": "Code"}, HEADINGS, dimensions, languages=["en", "fr", "ar"])

    assert [question.name for question in found.questions] == [
        *("art_1_position", "art_1_effect", "art_1_change"),
        *("art_2_position", "art_2_effect", "art_2_change"),
        *("gender", "age"),
    ]
    position, effect, change = found.questions[:3]
    assert [choice.code for choice in position.choices] == list(POSITIONS)
    assert position.label["ar"] == "المادة 1"
    assert (effect.kind, len(effect.choices), effect.role) == ("scale", 5, "effect")
    assert change.kind == "long_text"
    assert (found.default_language, found.languages) == ("en", ("en", "fr", "ar"))
    assert [section.name for section in found.sections] == ["about_you"]


def test_our_words_are_there_in_every_language():
    for parts in WORDING.values():
        for text in parts.values():
            assert set(text) == {"en", "fr", "ar", "es"}


@pytest.mark.parametrize("name", sorted(DIMENSIONS))
def test_the_codebook_asks_for_each_of_its_dimensions(name):
    question = codebook_question(DIMENSIONS[name])

    assert question.name == question.dimension == name
    assert question.codes == {category.code for category in DIMENSIONS[name].categories}
    assert question.hint == DIMENSIONS[name].why
    assert not question.required


def test_a_choice_speaks_to_the_one_who_answers():
    question = codebook_question(DIMENSIONS["gender"])

    assert question.choices[0].label["en"] == "Woman"


def test_only_what_is_missing_is_appended():
    sex = Question("sex", "single", {"en": "Sex"}, dimension="gender")
    form = Questionnaire({}, ("en",), "en", (sex,))

    found = with_codebook_questions(form, [declared("gender"), declared("age")])

    assert [question.name for question in found.questions] == ["sex", "age"]
    assert with_codebook_questions(form, [declared("gender")]) is form


def test_a_dimension_nobody_can_ask_for_is_refused():
    form = Questionnaire({}, ("en",), "en")

    with pytest.raises(DimensionError, match="No question feeds the dimension “valley”"):
        with_codebook_questions(form, [declared("valley", label={"en": "Valley"})])


def test_a_question_of_the_same_name_that_feeds_nothing_is_not_hidden():
    form = Questionnaire({}, ("en",), "en", (Question("age", "integer", {"en": "Age"}),))

    with pytest.raises(DimensionError, match="question “age” does not feed"):
        with_codebook_questions(form, [declared("age")])
