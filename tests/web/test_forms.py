"""What is typed into the forms of the team's pages."""

import pytest

from consultations.web.forms import whole_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), (" 12 ", 12), ("2 700", 2700), ("2\u202f700", 2700), ("٤٢", 42), ("१२", 12)],
)
def test_a_whole_number_is_read_in_any_scripts_digits(typed: str, number: int) -> None:
    assert whole_number(typed) == number


@pytest.mark.parametrize("typed", ["", " ", "-3", "1.5", "twelve", "²", "9" * 5_000])
def test_anything_else_is_none(typed: str) -> None:
    assert whole_number(typed) == 0
