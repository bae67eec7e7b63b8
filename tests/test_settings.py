"""A wrong setting is named at once, and the server starts and ends as it promises."""

import subprocess
import urllib.request
from pathlib import Path

import pytest

from consultations.config import DEMONSTRATION_SECRET
from tests.conftest import SECRET
from tests.served import COMMAND, ROOT, serving

DATABASE = "CONSULTATIONS_DATABASE_URL"
WRONG = (
    (DATABASE, "not an address"),
    (DATABASE, "nosuchdatabase://somewhere/else"),
    ("CONSULTATIONS_THRESHOLD", "few"),
    ("CONSULTATIONS_LANGUAGES", "en,xx"),
    ("CONSULTATIONS_MAX_FORM_BYTES", "1"),
    ("CONSULTATIONS_LOG_LEVEL", "LOUD"),
)
UNREACHABLE = (
    "postgresql+psycopg://somebody:hidden-word@127.0.0.1:9/nothing",
    "sqlite:////nowhere/at/all/file.sqlite",
)


def _run(instance: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {"CONSULTATIONS_INSTANCE": str(instance), "CONSULTATIONS_SECRET_KEY": SECRET}
    return subprocess.run(
        [*COMMAND, *command.split()],
        env={name: value for name, value in {**own, **environment}.items() if value},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    ended = _run(tmp_path, "serve --port 0", **{name: value})
    assert ended.returncode == 1, ended.stderr
    assert name in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("address", UNREACHABLE)
def test_a_database_that_cannot_be_used_is_named(tmp_path: Path, address: str) -> None:
    ended = _run(tmp_path, "serve --port 0", **{DATABASE: address})
    assert ended.returncode == 1, ended.stderr
    assert address.partition(":")[0] in ended.stderr
    assert "hidden-word" not in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("secret", ["", DEMONSTRATION_SECRET])
def test_the_server_refuses_to_start_without_a_secret_of_its_own(
    tmp_path: Path, secret: str
) -> None:
    ended = _run(tmp_path, "serve --port 0", CONSULTATIONS_SECRET_KEY=secret)
    assert ended.returncode == 1
    assert "CONSULTATIONS_SECRET_KEY" in ended.stderr


@pytest.mark.parametrize("workers", [1, 2])
def test_it_says_that_it_is_well_and_ends_when_told(tmp_path: Path, workers: int) -> None:
    environment = {"CONSULTATIONS_INSTANCE": str(tmp_path), "CONSULTATIONS_SECRET_KEY": SECRET}
    with serving(f"serve --workers {workers}", environment, tmp_path / "log") as server:
        with urllib.request.urlopen(f"{server.root}/health", timeout=10) as answer:
            assert answer.status == 200
        assert server.end() == 0, server.log.read_text()
    assert "Traceback" not in server.log.read_text()
    log = tmp_path / "consultations.sqlite-wal"
    assert not log.exists() or log.stat().st_size == 0
