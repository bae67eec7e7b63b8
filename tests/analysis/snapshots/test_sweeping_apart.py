"""A server has its answers counted by a process of its own, which ends with it."""

import os
import sqlite3
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from benchmarks.servers import SECRET, children
from consultations.clock import now
from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db
from consultations.rounds.services import hold_open
from tests.factories import a_consultation, a_round, a_submission
from tests.served import Server, serving

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture
def round_id(tmp_path: Path) -> str:
    """An open round with seven answers, in a SQLite of its own."""
    with ready_app(
        settings=Settings(instance=tmp_path, secret_key=SecretStr(SECRET))
    ).app_context():
        of = a_round(a_consultation())
        hold_open(of, by=None, at=now())
        for _ in range(7):
            a_submission(of, gender="woman", art_1_position="support")
        db.session.commit()
        found = of.id
        db.session.remove()
        db.engine.dispose()
    return found


@contextmanager
def served(folder: Path, workers: int) -> Iterator[Server]:
    environment = {
        "PATH": os.environ["PATH"],
        "CONSULTATIONS_INSTANCE": str(folder),
        "CONSULTATIONS_SECRET_KEY": SECRET,
    }
    with serving(f"serve --workers {workers}", environment, folder / "server.log") as server:
        yield server


def look(server: Server) -> None:
    with urllib.request.urlopen(f"{server.root}/en/") as page:
        assert page.status == 200


def until(found: Callable[[], object], seconds: float = 60) -> object:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if there := found():
            return there
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def counted(folder: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(folder / "consultations.sqlite")) as by:
        return by.execute("SELECT counts FROM participation").fetchall()


def below(server: Server) -> set[str]:
    """The server's own processes, and those that they began."""
    own = {str(server.process.pid), *children(server.process.pid)}
    for pid in [*own]:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            own |= {*(thread / "children").read_text().split()}
    return own


def sweeping(server: Server) -> set[str]:
    return {pid for pid in below(server) if "sweep()" in _command(pid)}


def _command(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except FileNotFoundError:
        return ""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_counts_without_holding_what_that_needs(
    tmp_path: Path, round_id: str, workers: int
) -> None:
    with served(tmp_path, workers) as server:
        look(server)
        [(counts,)] = until(lambda: counted(tmp_path))  # type: ignore[misc]
        assert '"individuals": 5' in counts
        until(lambda: not sweeping(server))
        for pid in below(server):
            assert "duckdb" not in Path(f"/proc/{pid}/maps").read_text()
    assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_counts_ends_with_its_server(tmp_path: Path, round_id: str, workers: int) -> None:
    folder = tmp_path / "snapshots" / round_id
    folder.mkdir(parents=True, mode=0o700)
    with closing(sqlite3.connect(folder / "lock", isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        with served(tmp_path, workers) as server:
            look(server)
            pids = until(lambda: sweeping(server))
            begun = time.monotonic()
            assert server.end() == 0
            assert time.monotonic() - begun < 5
        until(lambda: not any(_command(pid) for pid in pids), 5)  # type: ignore[attr-defined]
    assert counted(tmp_path) == []
