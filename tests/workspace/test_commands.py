"""The command `round`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consultations.cli import group
from consultations.errors import ConsultationsError
from tests.bundles.example import CONFIGURATION, SURVEY, write_bundle, write_questionnaire

pytestmark = pytest.mark.usefixtures("command_line")


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(each) for each in arguments])


@pytest.fixture
def loaded(command_line: None, tmp_path: Path) -> None:
    """A consultation whose only round lies in the past."""
    assert _run("load", write_bundle(tmp_path / "bundle")).exit_code == 0


def test_a_round_is_opened_whatever_its_dates_and_closed_again(loaded: None) -> None:
    opened = _run("round", "open", "small-code")
    assert (opened.exit_code, opened.stdout) == (0, "")
    assert "Round 1 of small-code is open" in opened.stderr
    assert _run("round", "open", "small-code").exit_code == 0
    assert _run("round", "close", "small-code").exit_code == 0
    assert _run("round", "close", "small-code").exit_code == 0


def test_what_takes_too_long_is_warned_about(command_line: None, tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle")
    long = ("text", "long", "word " * 4_000, "كلمة", None, None, None)
    write_questionnaire(folder / "questionnaire.xlsx", [*SURVEY, long])
    assert _run("load", folder).exit_code == 0
    opened = _run("round", "open", "small-code")
    assert opened.exit_code == 0
    assert "Warning: Answering takes about" in opened.stderr


def test_only_one_round_is_open(command_line: None, tmp_path: Path) -> None:
    second = """\
- number: 2
  opens: 2100-01-01
  closes: 2100-02-01
  questionnaire: questionnaire.xlsx
"""
    assert _run("load", write_bundle(tmp_path / "bundle", CONFIGURATION + second)).exit_code == 0
    assert "Round 2" in _run("round", "open", "small-code").stderr
    refused = _run("round", "open", "small-code", "--round", "1")
    assert isinstance(refused.exception, ConsultationsError)
    assert "Round 2 is open" in str(refused.exception)


def test_a_slug_that_does_not_exist_is_named() -> None:
    result = _run("round", "open", "nowhere")
    assert isinstance(result.exception, ConsultationsError)
    assert "nowhere" in str(result.exception)
