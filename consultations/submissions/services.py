"""Taking answers in."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from consultations.db import db
from consultations.errors import RoundNotOpen
from consultations.rounds.models import OPEN, Round
from consultations.submissions.models import INDIVIDUAL, Submission
from consultations.submissions.queries import submission_with_receipt

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
) -> Submission:
    """Store what one participant sent, once: the same form again finds what is there already.

    `on` is the day in the consultation's time zone. Commits, because the receipt may be shown
    only when the answer is safe. Raises RoundNotOpen; an answer that was taken in before the
    round closed is still found.
    """
    found = submission_with_receipt(receipt_hash)
    if found is not None:
        return found
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
