"""Rounds open and close at midnight without anybody's help: looked at once a minute.

Once a day the order in which the day's answers came is forgotten as well: after a page was sent,
whose visitor does not wait for it.
"""

import time

from flask import Flask, Response

from consultations.clock import now, today
from consultations.db import db
from consultations.forgetting import empty_log, forget_order, order_is_told
from consultations.rounds.services import follow_calendar

SECONDS = 60.0


def init_app(app: Flask) -> None:
    """Before the first page of every minute, move the rounds whose day has come."""
    last, day, due = [-SECONDS], [today()], [False]

    def follow() -> None:
        moment = time.monotonic()
        if moment - last[0] >= SECONDS:
            last[0] = moment
            over, day[0] = day[0] != today(), today()
            changed = follow_calendar(at=now())
            db.session.commit()
            due[0] |= bool(changed) or (over and order_is_told())
            if not due[0]:
                empty_log()

    def forget(response: Response) -> Response:
        if due[0]:
            due[0] = False
            response.call_on_close(_forget)
        return response

    def _forget() -> None:
        with app.app_context():
            due[0] |= not forget_order()  # then after the next page

    app.before_request(follow)
    app.after_request(forget)
