import pytest

from consultations.spreadsheets import harmless


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "-1+cmd|'/C'!A0", "-A1"],
)
def test_what_a_spreadsheet_would_work_out_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-", "-9", "-7", "support", "a=1", "3", "نعم"])
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text
