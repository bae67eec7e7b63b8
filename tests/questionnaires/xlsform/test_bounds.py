import pytest

from consultations.questionnaires.xlsform.bounds import Limits, limits, written


@pytest.mark.parametrize(
    ("constraint", "found"),
    [
        (". >= 0 and . <= 120", Limits(0, 120)),
        ("0 <= . and 120 >= .", Limits(0, 120)),
        (".>=18", Limits(18, None)),
        (". <= 5.5", Limits(None, 5.5)),
        ("(. >= 0) and (. <= 120)", Limits(0, 120)),
        ("(. >= 0 and . <= 120) or . = -7", Limits(0, 120, ("-7",))),
        (". = -8 or . = '-7' or . > -1", Limits(0, None, ("-8", "-7"))),
        ("true() or . = -7", Limits(None, None, ("-7",))),
        (". > 0 and . < 100", Limits(1, 99)),
        (". > 2.5", Limits(3, None)),
        (". = 3", Limits(3, 3)),
        (". >= -10 and . >= 3", Limits(3, None)),
        (". >= 0 and . mod 2 = 0", Limits(0, None, constraint=". mod 2 = 0")),
        (". >= 0 and (. < ${a} or ${b})", Limits(0, None, constraint=". < ${a} or ${b}")),
        ("(. < ${a} and . >= 0) or . = -7", Limits(0, None, ("-7",), ". < ${a}")),
    ],
)
def test_ranges_and_codes_are_told_from_the_rest(constraint, found):
    assert limits(constraint, "integer") == found
    assert limits(written(found, "integer"), "integer") == found


@pytest.mark.parametrize(
    "constraint",
    [
        "",
        "regex(., '^[0-9]+$')",
        "regex(., ' or ') or contains(., ')(')",
        ". <= ${other}",
        ". >= 0 and",
        ". = -7",
        ". < 3 or . > 7",
        ". >= 1e400",
        "(" * 50_000,
        "(" * 900,
    ],
)
def test_anything_else_stays_a_constraint(constraint):
    found = limits(constraint, "integer")

    assert (found.minimum, found.maximum, found.non_response) == (None, None, ())
    assert found.constraint == constraint


def test_open_ends_need_whole_numbers():
    assert limits(". > 0", "decimal") == Limits(constraint=". > 0")
    assert limits(". >= 0", "decimal") == Limits(0, None)


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("multiple", "count-selected(.)"),
        ("ranking", "count-selected( . )"),
        ("year", "format-date(., '%Y')"),
    ],
)
def test_how_many_how_long_and_which_year(kind, own):
    found = limits(f"{own} >= 1 and {own} <= 3", kind)

    assert found == Limits(1, 3)
    assert limits(written(found, kind), kind) == found


def test_words_have_only_a_longest_length():
    assert limits("string-length(.) <= 500", "text") == Limits(None, 500)
    assert limits("string-length(.) >= 5", "text") == Limits(constraint="string-length(.) >= 5")


def test_what_is_about_another_kind_stays_a_constraint():
    assert limits(". >= 3", "text") == Limits(constraint=". >= 3")
    assert limits("count-selected(.) > 1", "single") == Limits(constraint="count-selected(.) > 1")
