"""Rounds open and close at midnight without anybody's help: looked at once a minute."""

import time

from flask import Flask

from consultations.clock import now
from consultations.db import empty_log, forget_order
from consultations.rounds.services import follow_calendar

SECONDS = 60.0


def init_app(app: Flask) -> None:
    """Before the first page of every minute, move the rounds whose day has come."""
    last = [-SECONDS]

    def follow() -> None:
        moment = time.monotonic()
        if moment - last[0] >= SECONDS:
            last[0] = moment
            if follow_calendar(at=now()):
                forget_order()
            else:
                empty_log()

    app.before_request(follow)
