"""A questionnaire on paper, as plain data."""

from types import SimpleNamespace
from typing import Any

from consultations.questionnaires.paper.laid_out import Teller, paper
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section
from tests.factories import a_questionnaire
from tests.questionnaires.every_kind import EVERY_KIND

ARTICLE = SimpleNamespace(
    number={"en": "Article 1", "ar": "المادة 1"}, heading={"en": "Notice"}, summary={"en": "Sum."}
)


def say(sentence: str, **values: object) -> str:
    return sentence % values if values else sentence


def printed(asked: Questionnaire, language: str = "en", spoken: str = "en") -> list[dict[str, Any]]:
    return paper(asked, {"art_1": ARTICLE}, Teller(language, spoken, say))


def one(question: Question, *sections: Section) -> dict[str, Any]:
    asked = Questionnaire({"en": "Q"}, ("en",), "en", (question,), sections)
    return printed(asked)[0]["blocks"][0]


def choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, {"en": code.title()}) for code in codes)


def test_each_provision_heads_its_questions_once():
    parts = printed(a_questionnaire(("art_1",)))

    assert [part["provision"] and part["provision"]["number"] for part in parts] == [
        "Article 1",
        None,
    ]
    assert [each["number"] for part in parts for each in part["blocks"]] == [1, 2, 3]


def test_choices_stand_with_their_numbers_and_a_way_to_decline():
    block = one(Question("q", "single", {"en": "Q?"}, choices=choices("agree", "object")))

    assert [(each["number"], each["label"]) for each in block["choices"]] == [
        ("1", "Agree"),
        ("2", "Object"),
        ("97", "Prefer not to say"),
    ]
    assert block["as"] == "boxes"


def test_a_label_that_only_names_the_provision_gives_way_to_what_is_asked():
    question = Question("q", "single", {"en": "Article 1 · Notice"}, {"en": "Your position?"},
                        choices=choices("agree"), provision="art_1", role="position")  # fmt: skip

    assert one(question)["label"] == "Your position?"
    assert one(question)["hint"] is None


def test_an_earlier_answer_in_a_label_is_a_gap():
    block = one(Question("q", "text", {"en": "Are all ${children} at school?"}))

    assert block["label"] == "Are all … at school?"


def test_a_text_in_another_language_says_which():
    parts = printed(a_questionnaire(("art_1",)), "ar", spoken="ar")
    provision = parts[0]["provision"]

    assert provision["number"] == "المادة 1"
    assert provision["heading"] == {"text": "Notice", "lang": "en"}


def test_our_own_words_say_their_language_where_it_is_not_the_papers():
    block = printed(a_questionnaire(("art_1",)), "fa", spoken="en")[0]["blocks"][0]

    assert block["choices"][-1]["label"] == {"text": "Prefer not to say", "lang": "en"}


def test_a_matrix_is_one_table():
    rows = tuple(
        Question(name, "single", {"en": name}, choices=choices("1", "2"), section="m")
        for name in ("first", "second")
    )
    section = Section("m", {"en": "Statements"}, layout="matrix")
    parts = printed(Questionnaire({"en": "Q"}, ("en",), "en", rows, (section,)))

    (table,) = parts[0]["blocks"]
    assert parts[0]["heading"] == "Statements"
    assert [row["number"] for row in table["rows"]] == [1, 2]
    assert [each["number"] for each in table["choices"]] == ["1", "2", "97"]


def test_a_matrix_that_is_none_or_too_wide_becomes_questions():
    section = Section("m", {"en": "Statements"}, layout="matrix")
    wide = Question("q", "scale", {"en": "q"}, choices=choices(*"0123456789"), section="m")
    words = Question("w", "text", {"en": "w"}, section="m")

    assert one(wide, section)["as"] == "scale"
    assert one(words, section)["as"] == "lines"


def test_every_kind_is_drawn_somehow():
    shapes = {
        kind: one(Question("q", kind, {"en": "Q?"}, choices=choices("a", "b")))["as"]
        for kind in ("single", "multiple", "scale", "vote", "ranking", "text", "long_text",
                     "integer", "decimal", "date", "time", "consent")
    }  # fmt: skip

    assert shapes == {
        "single": "boxes", "multiple": "boxes", "scale": "scale", "vote": "boxes",
        "ranking": "ranks", "text": "lines", "long_text": "lines", "integer": "short",
        "decimal": "short", "date": "date", "time": "date", "consent": "consent",
    }  # fmt: skip


def test_what_is_skipped_is_told_beside_the_choice():
    asked = Questionnaire({"en": "Q"}, ("en",), "en", (
        Question("farm", "single", {"en": "Farm?"}, choices=choices("yes", "no")),
        Question("what", "text", {"en": "What?"}, relevant="${farm} = 'yes'"),
        Question("end", "text", {"en": "Else?"}),
    ))  # fmt: skip
    first, second, _third = printed(asked)[0]["blocks"]

    assert [each["away"] for each in first["choices"]] == [
        None,
        "go to question 3",
        "go to question 3",
    ]
    assert second["condition"] == "Only if in question 1 you chose “\u2068Yes\u2069”."


def test_many_choices_stand_in_columns_and_a_line_for_words_by_itself():
    many = (*choices(*"abcdefgh"), Choice("other", {"en": "Other"}, specify=True))
    block = one(Question("q", "single", {"en": "Q?"}, choices=many))

    assert block["columns"] == 2
    assert [each["words"] for each in block["choices"]].count(True) == 1


def test_a_questionnaire_with_every_kind_is_printed():
    parts = paper(EVERY_KIND, {}, Teller("ar", "en", say))
    numbered = [
        each["number"]
        for part in parts
        for block in part["blocks"]
        for each in block.get("rows", [block])
        if each["number"]
    ]

    assert numbered == list(range(1, len(numbered) + 1))
    assert {
        len(each["digits"]) for part in parts for each in part["blocks"] if "digits" in each
    } == {0, 1, 2, 3, 5}
