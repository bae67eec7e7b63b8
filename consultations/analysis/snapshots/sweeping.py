"""What was taken back leaves the snapshots within minutes, whether or not anybody counts.

Looked for once a minute, after a page was sent: its visitor does not wait. Nor does anybody wait
for what is done then on every day of a round, such as counting who took part.
"""

import time

from flask import Flask, Response

from consultations.analysis.queries import rounds_with_gone
from consultations.clock import now
from consultations.db import db
from consultations.rounds.services import begin_days

SECONDS = 60.0


def init_app(app: Flask) -> None:
    """After the first page of every minute, take out what is gone, and begin new days."""
    last = [-SECONDS]

    def begin(response: Response) -> Response:
        moment = time.monotonic()
        if moment - last[0] >= SECONDS:
            last[0] = moment
            response.call_on_close(lambda: _sweep(app))
        return response

    app.after_request(begin)


def _sweep(app: Flask) -> None:
    with app.app_context():
        gone = rounds_with_gone()
        db.session.rollback()
        if gone:
            from consultations.analysis.snapshots.following import (
                forget,  # heavy: docs/decisions/0013
            )

            for each in gone:
                forget(each)
        begin_days(at=now())
        db.session.commit()
