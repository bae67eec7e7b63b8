"""What was taken back leaves the snapshots within minutes, whether or not anybody counts.

Looked for once a minute, after a page was sent: its visitor does not wait. Nor does anybody wait
for what is done then on every day of a round, such as counting who took part. A server has both
done by a process of its own, and holds nothing of what counting needs.
"""

import os
import subprocess
import sys
import time
from threading import Lock, Thread

from flask import Flask, Response

from consultations.analysis.participation import to_be_counted
from consultations.analysis.queries import rounds_with_gone
from consultations.clock import now
from consultations.db import db
from consultations.rounds.services import begin_days

SECONDS = 60.0
COMMAND = (sys.executable, "-Pc", "from consultations.analysis.commands import sweep; sweep()")
"""`P`: nothing is loaded from the folder in which the server happens to stand."""

_APART = "sweeps apart"


def init_app(app: Flask) -> None:
    """After the first page of every minute, take out what is gone, and begin new days."""
    last, looking = [-SECONDS], Lock()

    def look() -> None:
        if looking.acquire(blocking=False):  # else it takes longer than a minute
            try:
                _look(app)
            finally:
                looking.release()

    def begin(response: Response) -> Response:
        moment = time.monotonic()
        if moment - last[0] >= SECONDS:
            last[0] = moment
            response.call_on_close(look)
        return response

    app.after_request(begin)


def sweep_apart(app: Flask) -> None:
    """Have it done by a process of its own from now on: the environment must hold all settings."""
    app.extensions[_APART] = True


def _look(app: Flask) -> None:
    with app.app_context():
        due = rounds_with_gone() or to_be_counted(at=now())
        db.session.rollback()
        if due and _APART in app.extensions:
            _run()
        elif due:
            sweep()


def _run() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(  # noqa: S603 - this program itself
        COMMAND, stdin=subprocess.PIPE, env=environment, start_new_session=True
    ) as process:
        process.wait()


def end_with_parent() -> None:
    """End this process at once when the one that began it, and holds its input, has ended."""

    def wait() -> None:
        os.read(sys.stdin.fileno(), 1)
        os._exit(1)

    Thread(target=wait, daemon=True).start()


def sweep() -> None:
    """Take out what is gone, and begin the days of open rounds. Commits."""
    gone = rounds_with_gone()
    db.session.rollback()
    if gone:
        from consultations.analysis.snapshots.following import forget  # heavy: docs/decisions/0013

        for each in gone:
            forget(each)
    begin_days(at=now())
    db.session.commit()
