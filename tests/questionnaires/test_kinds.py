import pytest

from consultations import resources
from consultations.questionnaires.answer import AnswerError, OutOfRangeError
from consultations.questionnaires.answers import check
from consultations.questionnaires.kinds import KINDS, field_values
from consultations.questionnaires.structure import Choice, Question
from consultations.questionnaires.typed.free_text import LONGEST_LONG_TEXT, LONGEST_TEXT
from tests.questionnaires.every_kind import ANSWERS, EVERY_KIND, STORED

CHOICES = tuple(Choice(code, {"en": code}) for code in ("a", "b", "c"))


def read(kind, *sent, **details):
    choices = () if KINDS[kind].counted is None else CHOICES
    question = Question("q", kind, {"en": "Q"}, choices=choices, **details)
    return KINDS[kind].read(question, sent)


@pytest.mark.parametrize(
    ("kind", "sent", "answer"),
    [
        ("single", ["b"], "b"),
        ("single", ["-7"], "-7"),
        ("scale", ["c"], "c"),
        ("multiple", ["c", "a"], ["a", "c"]),
        ("multiple", ["-8"], ["-8"]),
        ("text", ["words"], "words"),
        ("long_text", ["one\r\ntwo"], "one\ntwo"),
        ("text", ["-7"], "-7"),
        ("integer", ["65"], 65),
        ("integer", ["65.0"], 65),
        ("integer", ["1e+05"], 100000),
        ("integer", [" 7 "], 7),
        ("integer", ["٢٥"], 25),
        ("integer", ["-3"], -3),
        ("decimal", ["-1.29617"], -1.29617),
        ("decimal", ["٢٫٥"], 2.5),
    ],
)
def test_what_was_sent_becomes_an_answer(kind, sent, answer):
    found = read(kind, *sent)

    assert found == answer
    assert type(found) is type(answer)


@pytest.mark.parametrize(
    ("kind", "sent", "says"),
    [
        ("single", ["d"], "“d” is not among the choices."),
        ("single", ["a "], "“a ” is not among the choices."),
        ("single", ["a", "b"], "Only one answer"),
        ("scale", ["3"], "not among"),
        ("multiple", ["a", "d"], "“d” is not among"),
        ("multiple", ["a", "a"], "twice"),
        ("multiple", ["a", "-7"], "not both"),
        ("text", ["x" * (LONGEST_TEXT + 1)], "at most 1000 characters; these are 1001"),
        ("long_text", ["x" * (LONGEST_LONG_TEXT + 1)], "at most 10000 characters"),
        ("text", ["a\0b"], "not text"),
        ("integer", ["sixty"], "“sixty” is not a number"),
        ("integer", ["6.5"], "not a whole number"),
        ("integer", ["1_000"], "not a number"),
        ("integer", ["9" * 5_000_000], "not a number"),
        ("integer", ["1e999999999"], "not a number we can store"),
        ("decimal", ["1,5"], "written with a point"),
        ("decimal", ["nan"], "not a number we can store"),
        ("decimal", ["-inf"], "not a number we can store"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_a_short_sentence(kind, sent, says):
    with pytest.raises(AnswerError) as refused:
        read(kind, *sent)

    assert says in str(refused.value)
    assert len(str(refused.value)) < 160


def test_bounds_belong_to_the_range():
    assert read("integer", "0", minimum=0, maximum=120) == 0
    assert read("integer", "120", minimum=0, maximum=120) == 120
    with pytest.raises(OutOfRangeError, match="smallest possible number is 0"):
        read("integer", "-1", minimum=0, maximum=120)
    with pytest.raises(OutOfRangeError, match="largest possible number is 120"):
        read("decimal", "120.5", minimum=0, maximum=120)


def test_a_number_takes_a_non_response_code_only_where_it_is_declared():
    assert read("integer", "-7", non_response=("-7",), minimum=0) == "-7"
    assert read("integer", "-7") == -7
    with pytest.raises(OutOfRangeError):
        read("integer", "-7", minimum=0)


@pytest.mark.parametrize(
    ("answer", "values"),
    [
        (None, []),
        ("a", ["a"]),
        ("-7", ["-7"]),
        ("-6", []),
        (["a", "c"], ["a", "c"]),
        (["-6"], []),
        (["-9"], []),
        (0, ["0"]),
        (2.5, ["2.5"]),
        (-6, ["-6"]),
    ],
)
def test_an_answer_can_be_shown_again(answer, values):
    assert field_values(answer) == values


def test_every_kind_is_read_and_can_be_shown_again():
    questions = [each for each in EVERY_KIND.questions if KINDS[each.kind].on_page]

    checked = check(questions, ANSWERS)

    assert checked.errors == {}
    assert checked.answers == STORED
    again = {name: field_values(answer) for name, answer in STORED.items()}
    assert check(questions, again).answers == STORED


def test_the_questionnaire_of_the_tests_has_every_kind():
    assert {each.kind for each in EVERY_KIND.questions} == set(KINDS)


def test_kinds_know_their_tables():
    counted = {name: kind.counted for name, kind in KINDS.items() if kind.counted}
    assert counted == {
        "single": "single",
        "multiple": "multiple",
        "scale": "scale",
        "vote": "votes",
        "ranking": "ranking",
    }


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_that_people_meet_has_its_partial(name):
    kind = KINDS[name]
    met = kind.on_page or name == "file"
    assert (resources.templates() / kind.template).exists() == met


@pytest.mark.parametrize(
    ("kind", "says"), [("note", "Nothing is asked"), ("file", "where you check your answers")]
)
def test_what_no_field_answers_takes_nothing(kind, says):
    with pytest.raises(AnswerError, match=says):
        KINDS[kind].read(Question("q", kind, {}), ["x"])
