"""The commands `questionnaire import` and `questionnaire export`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consultations.cli import group
from consultations.errors import ConsultationsError
from tests.bundles.example import SURVEY, write_bundle, write_questionnaire

pytestmark = pytest.mark.usefixtures("command_line")
ODD = ("barcode", "code", "Scan it", None, None, None, None)


@pytest.fixture
def loaded(command_line: None, tmp_path: Path) -> Path:
    """A loaded consultation; gives a folder to put files in."""
    assert _run("load", write_bundle(tmp_path / "bundle")).exit_code == 0
    return tmp_path


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(each) for each in arguments])


def _import(path: Path, *options: str) -> Result:
    return _run("questionnaire", "import", "small-code", path, "--json", *options)


def test_a_file_becomes_the_next_version(loaded: Path) -> None:
    result = _import(write_questionnaire(loaded / "new.xlsx", SURVEY))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {"version": 2, "questions": 4, "left_out": []}


def test_rows_that_cannot_be_supported_are_listed(loaded: Path) -> None:
    result = _import(write_questionnaire(loaded / "odd.xlsx", [*SURVEY, ODD]))
    assert result.exit_code == 0
    (row,) = json.loads(result.stdout)["left_out"]
    assert (row["sheet"], row["row"], row["column"]) == ("survey", 5, "type")
    assert "barcode" in row["reason"]
    assert "odd.xlsx, sheet survey, row 5, column type" in result.stderr


def test_strict_refuses_such_a_file(loaded: Path) -> None:
    result = _import(write_questionnaire(loaded / "odd.xlsx", [*SURVEY, ODD]), "--strict")
    assert isinstance(result.exception, ConsultationsError)
    assert "odd.xlsx" in str(result.exception)


def test_a_broken_file_is_refused(loaded: Path) -> None:
    broken = loaded / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    result = _import(broken)
    assert isinstance(result.exception, ConsultationsError)
    assert "broken.xlsx" in str(result.exception)


def test_the_consultation_must_exist(tmp_path: Path) -> None:
    path = write_questionnaire(tmp_path / "new.xlsx", SURVEY)
    result = _run("questionnaire", "import", "nowhere", path)
    assert isinstance(result.exception, ConsultationsError)
    assert "nowhere" in str(result.exception)


def test_what_is_exported_can_be_imported_again(loaded: Path) -> None:
    result = _run("questionnaire", "export", "small-code", loaded / "out.xlsx")
    assert (result.exit_code, result.stdout) == (0, "")
    again = json.loads(_import(loaded / "out.xlsx").stdout)
    assert again == {"version": 2, "questions": 4, "left_out": []}


def test_the_questionnaire_of_a_round_is_exported(loaded: Path) -> None:
    _import(write_questionnaire(loaded / "new.xlsx", SURVEY[:3]))
    result = _run("questionnaire", "export", "small-code", loaded / "out.xlsx", "--round", "1")
    assert result.exit_code == 0
    assert json.loads(_import(loaded / "out.xlsx").stdout)["questions"] == 4


def test_there_has_to_be_a_questionnaire_to_export(loaded: Path) -> None:
    result = _run("questionnaire", "export", "small-code", loaded / "out.xlsx", "--round", "2")
    assert isinstance(result.exception, ConsultationsError)
    assert not (loaded / "out.xlsx").exists()
