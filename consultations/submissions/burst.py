"""While the team has declared a burst, the check page asks one plain question."""

from typing import Any

from flask import current_app, request
from flask_babel import gettext

from consultations.rounds.models import OPEN, Round
from consultations.submissions.plain_question import plain_question
from consultations.submissions.work import done, work

ANSWER, SOLUTION = "_bot", "_work"
"""The fields of the check page for the answer to the question, and for the browser's work."""


def asked(of: Round, token: str) -> dict[str, Any]:
    """{question, typed, work} for the check page: the question is None while none is asked."""
    if not of.burst:
        return {"question": None}
    first, second = plain_question(token).words
    return {
        "question": gettext(
            "How much is %(first)s plus %(second)s?", first=gettext(first), second=gettext(second)
        ),
        "typed": request.form.get(ANSWER, ""),
        "work": work(token, secret=_secret()) if _works() else None,
    }


def faults(of: Round, token: str) -> dict[str, str]:
    """What is wrong with the answer that this post brings to the question; {} if nothing is."""
    if not of.burst or of.stage != OPEN:
        return {}
    if plain_question(token).answered_by(request.form.get(ANSWER, "")):
        return {}
    if _works() and done(request.form.get(SOLUTION, ""), token, secret=_secret()):
        return {}
    return {ANSWER: gettext("Write the sum as a number. Nothing you answered is lost.")}


def _works() -> bool:
    return bool(current_app.extensions["settings"].proof_of_work)


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
