"""Rounds open and close at midnight without anybody's help: looked at once a minute.

Once a day the order in which the day's answers came is forgotten as well.
"""

import time

from flask import Flask

from consultations.clock import now, today
from consultations.db import db, empty_log, forget_order, order_is_told
from consultations.rounds.services import follow_calendar

SECONDS = 60.0


def init_app(app: Flask) -> None:
    """Before the first page of every minute, move the rounds whose day has come."""
    last, day = [-SECONDS], [today()]

    def follow() -> None:
        moment = time.monotonic()
        if moment - last[0] >= SECONDS:
            last[0] = moment
            over, day[0] = day[0] != today(), today()
            changed = follow_calendar(at=now())
            db.session.commit()
            if changed or (over and order_is_told()):
                forget_order()
            else:
                empty_log()

    app.before_request(follow)
