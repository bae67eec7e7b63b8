"""The command `load`."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consultations.cli import group
from consultations.errors import ConsultationsError
from tests.bundles.example import CONFIGURATION, write_bundle

pytestmark = pytest.mark.usefixtures("command_line")


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(group, [str(each) for each in arguments])


def test_load_prints_the_slug(tmp_path: Path) -> None:
    result = _run("load", write_bundle(tmp_path / "bundle"))
    assert (result.exit_code, result.stdout) == (0, "small-code\n")
    assert "3 rows read, 3 accepted, 0 rejected" in result.stderr


def test_load_of_a_zip_with_json(tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle")
    path = shutil.make_archive(str(tmp_path / "sent"), "zip", folder)
    result = _run("load", path, "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "slug": "small-code",
        "rounds": 1,
        "questions": 4,
        "responses": {"read": 3, "accepted": 3, "rejected": 0, "rejects_file": None},
    }


def test_rejects_make_the_status_1(tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle")
    (folder / "responses.csv").write_text("aim,sex\nsupport,F\nperhaps,M\n")
    result = _run("load", folder, "--json")
    assert result.exit_code == 1
    done = json.loads(result.stdout)["responses"]
    assert (done["accepted"], done["rejected"]) == (1, 1)
    rejects = Path(done["rejects_file"])
    assert rejects.stat().st_mode & 0o077 == 0
    assert "perhaps" in rejects.read_text()


def test_a_bad_bundle_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle", CONFIGURATION.replace("summary", "sumary"))
    result = _run("load", folder)
    assert isinstance(result.exception, ConsultationsError)
    assert str(result.exception).startswith("consultation.yaml, line 6: the key sumary")
    (folder / "consultation.yaml").write_text(CONFIGURATION, encoding="utf-8")
    assert _run("load", folder).exit_code == 0


def test_wrong_usage_is_status_2() -> None:
    assert _run("load").exit_code == 2
