import pytest

from consultations.codebook import BATTERIES, DIMENSIONS, declared
from consultations.codebook.dimensions import DimensionError
from consultations.questionnaires.builder import (
    codebook_questions,
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


def test_open_brackets_are_asked_about_in_depth_where_wanted():
    found = ten_minutes(
        {"en": "Code"}, HEADINGS, (), languages=["en"], brackets={"art_2": {"en": "[may] [shall]"}}
    )

    assert [question.name for question in found.questions][3:] == [
        *("art_2_position", "art_2_effect", "art_2_bracket_1", "art_2_change"),
    ]


def test_our_words_are_there_in_every_language():
    for parts in WORDING.values():
        for text in parts.values():
            assert set(text) == {"en", "fr", "ar", "es"}


@pytest.mark.parametrize("name", sorted(DIMENSIONS.keys() - BATTERIES.keys()))
def test_the_codebook_asks_for_each_of_its_dimensions(name):
    (question,) = codebook_questions(DIMENSIONS[name])

    assert question.name == question.dimension == name
    assert question.codes == {category.code for category in DIMENSIONS[name].categories}
    assert question.hint == DIMENSIONS[name].why
    assert not question.required


def test_disability_is_asked_in_six_questions_under_one_heading():
    found = with_codebook_questions(Questionnaire({}, ("en",), "en"), [declared("disability")])

    assert [question.name for question in found.questions] == [
        *("disability_seeing", "disability_hearing", "disability_walking"),
        *("disability_remembering", "disability_self_care", "disability_communicating"),
    ]
    assert {question.dimension for question in found.questions} == {"disability"}
    assert all([c.code for c in each.choices] == list("1234") for each in found.questions)
    assert not any(question.required for question in found.questions)
    heading = found.sections[-1]
    assert (heading.name, heading.layout, heading.within) == ("disability", "matrix", "about_you")
    assert {question.section for question in found.questions} == {"disability"}


def test_a_choice_speaks_to_the_one_who_answers():
    (question,) = codebook_questions(DIMENSIONS["gender"])

    assert question.choices[0].label["en"] == "Woman"


def test_words_of_ones_own_stand_beside_the_choices_that_need_them():
    (gender,) = codebook_questions(DIMENSIONS["gender"])
    (country,) = codebook_questions(DIMENSIONS["country"])

    assert gender.words_beside == {"another": "gender_other"}
    assert country.words_beside == {"other": "country_other"}
    assert country.looks("search")


def test_listed_minorities_are_asked_for_with_several_allowed():
    listed = declared("minority", categories=[("hill", {"en": "Hill communities"})])

    (question,) = codebook_questions(listed)

    assert question.kind == "multiple"
    assert [choice.code for choice in question.choices] == ["hill", "other", "no"]
    assert [choice.code for choice in question.choices if choice.exclusive] == ["no"]
    assert question.words_beside == {"other": "minority_other"}


def test_adapted_words_are_the_ones_asked_with():
    adapted = declared(
        "settlement",
        question={"en": "Where is your home?"},
        categories=[("town", {"en": "Market town"}), ("rural", None)],
    )

    (question,) = codebook_questions(adapted)

    assert question.label == {"en": "Where is your home?"}
    assert [choice.label["en"] for choice in question.choices] == ["Market town", "Countryside"]


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


def test_a_dimension_of_ones_own_is_asked_from_its_categories():
    valley = declared(
        "valley",
        label={"en": "Valley"},
        why={"en": "They differ."},
        categories=[("upper", {"en": "Upper"}), ("lower", {"en": "Lower"})],
    )

    (question,) = codebook_questions(valley)

    assert (question.name, question.label, question.hint) == (
        *("valley", {"en": "Valley"}, {"en": "They differ."}),
    )
    assert question.codes == {"upper", "lower"}
