import pytest

from consultations.questionnaires.bounds import Bounds, bounds


@pytest.mark.parametrize(
    ("constraint", "found"),
    [
        (". >= 0 and . <= 120", Bounds(0, 120)),
        (".>=18", Bounds(18, None)),
        (". <= 5.5", Bounds(None, 5.5)),
        ("(. >= 0) and (. <= 120)", Bounds(0, 120)),
        ("(. >= 0 and . <= 120) or . = -7", Bounds(0, 120, ("-7",))),
        (". = -8 or . = '-7' or . > -1", Bounds(0, None, ("-8", "-7"))),
        (". > 0 and . < 100", Bounds(1, 99)),
        (". > 2.5", Bounds(3, None)),
        (". >= -10 and . >= 3", Bounds(3, None)),
    ],
)
def test_a_range_is_understood(constraint, found):
    assert bounds(constraint, whole=True) == found


@pytest.mark.parametrize(
    "constraint",
    [
        "regex(., '^[0-9]+$')",
        "string-length(.) < 10",
        ". <= ${other}",
        ". >= 0 and",
        ". = 3",
        ". = -7",
        ". < 3 or . > 7",
        ". >= 1e400",
        "(" * 50_000,
    ],
)
def test_anything_else_is_not(constraint):
    assert bounds(constraint, whole=True) is None


def test_open_ends_need_whole_numbers():
    assert bounds(". > 0", whole=False) is None
    assert bounds(". >= 0", whole=False) == Bounds(0, None)
