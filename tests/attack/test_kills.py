"""Killed at random moments under load: no answer whose receipt was shown is lost, none is half.

`kill -9` of a worker, or of the server with all its workers, while participants answer. Each writes
words of its own into the form, so that what is stored can be told apart.
"""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks import form, load
from benchmarks.servers import PLAIN, SECRET, prepare
from benchmarks.visitors import participant
from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db
from consultations.submissions.models import Submission
from consultations.submissions.receipts import receipt_hash
from tests.served import Server, serving

ADDRESS = f"/en/{PLAIN}/answer/"
CLIENTS, WORKERS = 8, 2
VICTIMS = ("server", "worker")
MOST_RECEIPTS = 12
"""Between two kills."""

LONGEST_AFTER = 0.02
"""Seconds from a receipt to a kill, drawn at random: a kill may fall into any part of a request."""


@dataclass
class Attack:
    """What was sent (words of each participant) and which receipts were shown (words by code)."""

    randomness: random.Random
    names: Iterator[int] = field(default_factory=count)
    sent: set[str] = field(default_factory=set)
    receipts: dict[str, str] = field(default_factory=dict)

    def between_two_kills(self, server: Server, victim: str) -> None:
        """Load, and a kill in the midst of it."""
        until = len(self.receipts) + self.randomness.randint(0, MOST_RECEIPTS)
        killed = False

        def took(words: str, code: str) -> None:
            nonlocal killed
            self.receipts[code] = words
            if len(self.receipts) > until and not killed:
                killed = True
                time.sleep(self.randomness.uniform(0, LONGEST_AFTER))
                kill(server, victim, self.randomness)

        def visitor() -> load.Visitor:
            words = f"participant {next(self.names)}"
            self.sent.add(words)
            return participant(server.port, ADDRESS, answers(words), lambda code: took(words, code))

        load.run(server.port, visitor, clients=CLIENTS, over=lambda: killed)
        assert killed


def kill(server: Server, victim: str, randomness: random.Random) -> None:
    """`kill -9`: of one worker, or of the main process and then of all workers."""
    workers = [int(each) for each in children(server.process.pid)]
    if victim == "worker":
        doomed = [randomness.choice(workers)] if workers else []
    else:
        doomed = [server.process.pid, *workers]
    for process in doomed:
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue  # it was just being replaced
    if victim == "server":
        server.process.wait()


def children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def answers(words: str) -> Mapping[str, str]:
    return {**form.answers(), "remark": words}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux: reads /proc")
@pytest.mark.parametrize(
    "kills", [pytest.param(10, id="10"), pytest.param(200, id="200", marks=pytest.mark.long)]
)
def test_what_has_a_receipt_outlives_every_kill(settings: Settings, kills: int) -> None:
    prepare(settings)
    environment = {
        "PATH": os.environ["PATH"],
        "CONSULTATIONS_INSTANCE": str(settings.instance),
        "CONSULTATIONS_SECRET_KEY": SECRET,
        **({"CONSULTATIONS_DATABASE_URL": settings.database} if settings.database_url else {}),
    }
    attack = Attack(random.Random(kills))
    further = attack.randomness.choices(VICTIMS, weights=[1, 2], k=kills - len(VICTIMS))
    log = settings.instance / "server.log"
    with ExitStack() as running:
        server = None
        for victim in (*VICTIMS, *further):
            if server is None:
                server = running.enter_context(
                    serving(f"serve --workers {WORKERS}", environment, log)
                )
            attack.between_two_kills(server, victim)
            if victim == "server":
                server = None
    assert attack.receipts
    check(settings, attack)


def check(settings: Settings, attack: Attack) -> None:
    """Hold what is stored against what was sent and what was promised."""
    with ready_app(settings=settings).app_context():
        stored = {
            each.receipt_hash: each.answers for each in db.session.scalars(select(Submission))
        }
        db.session.remove()
        db.engine.dispose()
    lost = [
        words
        for code, words in attack.receipts.items()
        if stored.get(receipt_hash(code, secret=SECRET), {}).get("remark") != words
    ]
    assert not lost, f"receipts shown, answers lost: {lost}"
    words_stored = [each["remark"] for each in stored.values()]
    assert len(set(words_stored)) == len(words_stored)
    assert set(words_stored) <= attack.sent
    for each in stored.values():
        assert each == answers(each["remark"])
    if not settings.database_url:
        with sqlite3.connect(settings.database.removeprefix("sqlite:///")) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        file.close()
