"""Taking answers in, replacing them, and giving them up again."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete

from consultations.db import db, new_key
from consultations.errors import RoundNotOpen
from consultations.rounds.models import OPEN, Round
from consultations.rounds.services import after_closing
from consultations.submissions.marks import TOKEN
from consultations.submissions.models import (
    INDIVIDUAL,
    OPEN_ENTRY,
    SavedForm,
    Submission,
)
from consultations.submissions.queries import receipt_spent, submission_with_receipt
from consultations.submissions.saved import lock, saved_form_key
from consultations.submissions.storing import AnswerSpent, Outdated, spend, store
from consultations.submissions.uploads import Upload

log = logging.getLogger(__name__)


def send(
    to: Round,
    answers: Mapping[str, Any],
    *,
    stamp: str,
    language: str,
    given: Sequence[str],
    consent: Mapping[str, Any],
    receipt_hash: str,
    on: date,
    channel: str = "web",
    entry: str = OPEN_ENTRY,
    replaces: str = "",
    marks: Sequence[str] = (),
    files: Mapping[str, Upload] = MappingProxyType({}),
) -> None:
    """Store what one participant sent, once: the same form again finds what is there already.

    `stamp` is that of the consultation when the round was read; `on` the day in its time zone;
    `replaces` the hash of the receipt whose answer this one takes the place of. Commits, because
    the receipt may be shown only when the answer is safe. Raises RoundNotOpen; an answer that was
    taken in before the round closed is still found. Raises AnswerSpent for a form whose answer was
    withdrawn or replaced, and where the answer to be replaced is not there any more; Outdated
    where the stamp is another by now. `files` are by the names of their questions.
    """
    row = {
        "id": new_key(),
        "round_id": to.id,
        "questionnaire_version_id": to.questionnaire_version_id,
        "kind": INDIVIDUAL,
        "channel": channel,
        "entry": entry,
        "language": language,
        "received_on": on,
        "weight": None,
        "consent": dict(consent),
        "given": list(given),
        "answers": dict(answers),
        "receipt_hash": receipt_hash,
        "marks": list(marks),
    }
    takes = to.stage == OPEN and to.questionnaire_version_id is not None
    stands = {"consultation_id": to.consultation_id, "stamp": stamp}
    if takes and store(row, stands, replaces=replaces, files=files):
        return
    found = submission_with_receipt(receipt_hash)
    if found is None:
        spent = receipt_spent(receipt_hash)
        raise AnswerSpent if spent else Outdated if takes else RoundNotOpen
    _sent_again(found, answers)


def withdraw(of: Round, *, receipt_hash: str) -> None:
    """Take an answer out of an open round for good. Raises RoundNotOpen, AnswerSpent."""
    if of.stage != OPEN:
        raise RoundNotOpen
    spend(db.session.connection(), of.id, receipt_hash)


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


def _sent_again(found: Submission, answers: Mapping[str, Any]) -> None:
    """What is there already: the same form counts once, and is marked if it says another thing."""
    if TOKEN not in found.marks and found.answers != dict(answers):
        found.marks = [*found.marks, TOKEN]
        db.session.commit()
