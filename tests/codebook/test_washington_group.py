import pytest

from consultations.codebook import POOLED
from consultations.codebook.washington_group import greatest_difficulty


@pytest.mark.parametrize(
    ("answers", "category"),
    [
        ("1 1 2 2 2 2", "some"),
        ("3 1 1 1 1 1", "a_lot"),
        ("1 1 1 1 1 4", "a_lot"),
        ("1 1 1 1 1 1", "none"),
        ("-7 -7 3 -6 -8 -9", "a_lot"),
        ("2 2 2 2 2 -7", POOLED),
        ("1 1 1 1 1 -8", POOLED),
        ("1 1 1 1 1 9", POOLED),
        ("-7 -7 -7 -7 -7 -7", POOLED),
        ("", POOLED),
    ],
)
def test_the_cut_off_and_what_is_missing(answers, category):
    assert greatest_difficulty(answers.split()) == category


def test_numbers_count_as_their_codes():
    assert greatest_difficulty([1, 1, 1, 3, None, None]) == "a_lot"
