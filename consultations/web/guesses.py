"""Codes are not to be tried out one after the other: wrong ones are counted, people are not."""

import time
from collections import deque

from flask import current_app

from consultations.errors import ConsultationsError
from consultations.words import N_

MINUTE = 60.0


class TooManyGuesses(ConsultationsError):
    """Codes are being guessed."""

    status = 429
    message = N_("Too many tries. Wait a minute and try again.")


def guessed(error: ConsultationsError) -> ConsultationsError:
    """What a wrong code is answered with: `error`, or after too many of them TooManyGuesses.

    All visitors are counted together, since nobody's address is looked at. A right code is
    always taken.
    """
    wrong: deque[float] = current_app.extensions.setdefault("guesses", deque())
    now = time.monotonic()
    while wrong and now - wrong[0] > MINUTE:
        wrong.popleft()
    wrong.append(now)
    allowed = current_app.extensions["settings"].guesses_per_minute
    return error if len(wrong) <= allowed else TooManyGuesses()
