import json

from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section

QUESTIONNAIRE = Questionnaire(
    title={"en": "Title", "ar": "عنوان"},
    languages=("en", "ar"),
    default_language="en",
    questions=(
        Question(
            "art_1_position",
            "single",
            {"en": "Article 1"},
            required=True,
            choices=(Choice("support", {"en": "Support"}), Choice("-8", {"en": "No idea"})),
            choice_list="position",
            provision="art_1",
            role="position",
        ),
        Question(
            "age",
            "integer",
            {"en": "Age"},
            dimension="age",
            minimum=0,
            maximum=120,
            non_response=("-7",),
            section="about_you",
        ),
    ),
    sections=(Section("about_you", {"en": "About you"}),),
)


def test_it_comes_back_from_json_as_it_was():
    stored = json.loads(json.dumps(QUESTIONNAIRE.to_json()))

    assert Questionnaire.from_json(stored) == QUESTIONNAIRE


def test_json_says_only_what_is_not_obvious():
    assert set(QUESTIONNAIRE.to_json()["questions"][1]) == {
        *("name", "kind", "label", "dimension", "minimum", "maximum", "non_response", "section"),
    }


def test_questions_are_found_by_name_and_by_dimension():
    assert QUESTIONNAIRE.by_name["age"].kind == "integer"
    assert [each.name for each in QUESTIONNAIRE.feeding["age"]] == ["age"]
    assert QUESTIONNAIRE.has_roles


def test_a_choice_that_words_a_non_response_is_not_substantive():
    question = QUESTIONNAIRE.questions[0]

    assert question.codes == {"support", "-8"}
    assert [choice.code for choice in question.substantive] == ["support"]
