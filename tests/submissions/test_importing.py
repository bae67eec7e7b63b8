"""Taking a file of answers in."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consultations.cli import group
from consultations.errors import ConsultationsError
from tests.bundles.example import CONFIGURATION, write_bundle

pytestmark = pytest.mark.usefixtures("command_line")


@pytest.fixture
def loaded(command_line: None, tmp_path: Path) -> Path:
    """A loaded consultation without answers; gives a folder to put files in."""
    configuration = CONFIGURATION.replace("  responses: responses.csv\n", "")
    assert _run("load", write_bundle(tmp_path / "bundle", configuration)).exit_code == 0
    return tmp_path


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(each) for each in arguments])


def _file(folder: Path, content: str, name: str = "more.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def _import(path: Path, *options: str) -> Result:
    return _run("responses", "import", "small-code", path, "--json", *options)


def test_rows_are_taken_in(loaded: Path) -> None:
    result = _import(_file(loaded, "aim,sex\nsupport,F\n,M\n"))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "read": 2,
        "accepted": 2,
        "rejected": 0,
        "rejects_file": None,
    }


def test_a_bad_row_is_rejected_with_its_place_and_reason(loaded: Path) -> None:
    result = _import(_file(loaded, "aim,sex\nsupport,F\nperhaps,M\n"))
    assert result.exit_code == 1
    done = json.loads(result.stdout)
    assert (done["read"], done["accepted"], done["rejected"]) == (2, 1, 1)
    header, row = Path(done["rejects_file"]).read_text("utf-8-sig").splitlines()
    assert header.endswith("aim,sex")
    assert row.startswith("3,aim,")
    assert row.endswith("perhaps,M")


def test_the_same_file_is_refused_unless_again(loaded: Path) -> None:
    path = _file(loaded, "aim,sex\nsupport,F\n")
    assert _import(path).exit_code == 0
    copy = _file(loaded, path.read_text(), "renamed.csv")
    refused = _import(copy)
    assert isinstance(refused.exception, ConsultationsError)
    assert "renamed.csv was taken into round 1 already" in str(refused.exception)
    assert _import(copy, "--again").exit_code == 0


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        ("aim,sexx\nsupport,F\n", (), "sexx.*sex"),
        ("aim\nsupport\n", ("--round", "7"), "no round 7"),
    ],
)
def test_what_is_wrong_is_named(
    loaded: Path, content: str, options: tuple[str, ...], says: str
) -> None:
    result = _import(_file(loaded, content), *options)
    with pytest.raises(ConsultationsError, match=says):
        raise result.exception or AssertionError
    assert result.stdout == ""


@pytest.mark.parametrize("options", [("--channel", "rumour"), ("--round", "one")])
def test_wrong_usage_is_status_2(loaded: Path, options: tuple[str, str]) -> None:
    assert _import(_file(loaded, "aim\nsupport\n"), *options).exit_code == 2


def test_a_file_that_does_not_exist_is_wrong_usage(loaded: Path) -> None:
    assert _import(loaded / "nowhere.csv").exit_code == 2
