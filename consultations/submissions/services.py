"""Taking answers in."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from consultations.db import db
from consultations.errors import RoundNotOpen
from consultations.rounds.models import OPEN, Round
from consultations.rounds.services import after_closing
from consultations.submissions.marks import TOKEN
from consultations.submissions.models import INDIVIDUAL, SavedForm, Submission
from consultations.submissions.queries import submission_with_receipt
from consultations.submissions.saved import lock, saved_form_key

log = logging.getLogger(__name__)


def send(
    to: Round,
    answers: Mapping[str, Any],
    *,
    language: str,
    given: Sequence[str],
    consent: Mapping[str, Any],
    receipt_hash: str,
    on: date,
    marks: Sequence[str] = (),
) -> Submission:
    """Store what one participant sent, once: the same form again finds what is there already.

    `on` is the day in the consultation's time zone. Commits, because the receipt may be shown
    only when the answer is safe. Raises RoundNotOpen; an answer that was taken in before the
    round closed is still found.
    """
    found = submission_with_receipt(receipt_hash)
    if found is not None:
        return _sent_again(found, answers)
    if to.stage != OPEN or to.questionnaire_version_id is None:
        raise RoundNotOpen
    submission = Submission(
        round_id=to.id,
        questionnaire_version_id=to.questionnaire_version_id,
        kind=INDIVIDUAL,
        channel="web",
        language=language,
        received_on=on,
        consent=dict(consent),
        given=list(given),
        answers=dict(answers),
        receipt_hash=receipt_hash,
        marks=list(marks),
    )
    db.session.add(submission)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        found = submission_with_receipt(receipt_hash)
        if found is None:
            raise
        return found
    return submission


def save_form(to: Round, code: str, state_text: str, *, secret: str) -> None:
    """Keep an unfinished form under a code in its printed form; what was kept so is replaced.

    Raises RoundNotOpen, and TooLarge over `saved.LARGEST` bytes.
    """
    if to.stage != OPEN:
        raise RoundNotOpen
    key, content = saved_form_key(code, secret=secret), lock(state_text, code, secret=secret)
    db.session.merge(SavedForm(id=key, round_id=to.id, content=content))
    db.session.flush()


def forget_saved_forms(of: Round) -> None:
    """Delete every form saved in a round."""
    db.session.execute(delete(SavedForm).where(SavedForm.round_id == of.id))


after_closing(forget_saved_forms)


def _sent_again(found: Submission, answers: Mapping[str, Any]) -> Submission:
    """What is there already: the same form counts once, and is marked if it says another thing."""
    if TOKEN not in found.marks and found.answers != dict(answers):
        found.marks = [*found.marks, TOKEN]
        db.session.commit()
    return found
