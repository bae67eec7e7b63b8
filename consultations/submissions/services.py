"""Taking answers in, replacing them, and giving them up again."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Executable, bindparam, delete, exists, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from consultations.db import db, in_turn, new_key, single
from consultations.errors import ConsultationsError, RoundNotOpen
from consultations.rounds.models import OPEN, Round
from consultations.rounds.services import after_closing
from consultations.submissions.marks import TOKEN
from consultations.submissions.models import (
    INDIVIDUAL,
    OPEN_ENTRY,
    Attachment,
    SavedForm,
    SpentReceipt,
    Submission,
)
from consultations.submissions.queries import receipt_spent, submission_with_receipt
from consultations.submissions.saved import lock, saved_form_key
from consultations.submissions.uploads import Upload
from consultations.words import N_

log = logging.getLogger(__name__)


class AnswerSpent(ConsultationsError):
    """The answer was withdrawn or replaced already."""

    status = 409
    message = N_(
        "The answer with this receipt was withdrawn or replaced before. Only the last one counts."
    )


def send(
    to: Round,
    answers: Mapping[str, Any],
    *,
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

    `on` is the day in the consultation's time zone; `replaces` the hash of the receipt whose
    answer this one takes the place of. Commits, because the receipt may be shown only when the
    answer is safe. Raises RoundNotOpen; an answer that was taken in before the round closed is
    still found. Raises AnswerSpent for a form whose answer was withdrawn or replaced, and where
    the answer to be replaced is not there any more. `files` are by the names of their questions.
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
        "consent": dict(consent),
        "given": list(given),
        "answers": dict(answers),
        "receipt_hash": receipt_hash,
        "marks": list(marks),
    }
    if to.stage == OPEN and to.questionnaire_version_id and _stored(row, replaces, files):
        return
    found = submission_with_receipt(receipt_hash)
    if found is None:
        raise AnswerSpent if receipt_spent(receipt_hash) else RoundNotOpen
    _sent_again(found, answers)


def withdraw(of: Round, *, receipt_hash: str) -> None:
    """Take an answer out of an open round for good. Raises RoundNotOpen, AnswerSpent."""
    if of.stage != OPEN:
        raise RoundNotOpen
    _spend(db.session.connection(), of.id, receipt_hash)


def _spend(within: Connection, round_id: str, receipt_hash: str) -> None:
    """Delete the answer with a receipt, and remember that the receipt is spent."""
    spent = (Submission.receipt_hash == receipt_hash, Submission.round_id == round_id)
    files = Attachment.submission_id.in_(select(Submission.id).where(*spent))
    within.execute(delete(Attachment).where(files))
    if within.execute(delete(Submission).where(*spent)).rowcount != 1:
        raise AnswerSpent
    within.execute(insert(SpentReceipt), {"id": receipt_hash, "round_id": round_id})


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


def _stored(row: Mapping[str, Any], replaces: str, files: Mapping[str, Upload]) -> bool:
    """Store an answer and commit; False where its receipt is there already, or spent.

    The database itself passes over a second one: no error, which its log would keep with the time.
    """
    alone = not replaces and not files
    within = single(db.engine) if alone else db.engine.begin()
    with in_turn(db.engine), within as connection:
        if connection.execute(_insert(db.engine.dialect.name, tuple(row)), row).rowcount != 1:
            return False
        if replaces:
            _spend(connection, row["round_id"], replaces)
        if files:
            connection.execute(insert(Attachment), _attachments(row["id"], files))
    return True


@lru_cache
def _insert(dialect: str, names: tuple[str, ...]) -> Executable:
    """The statement that stores a row of these columns, unless its receipt is known."""
    into = postgresql.insert if dialect == "postgresql" else sqlite.insert
    table: Any = Submission.__table__
    row = {name: bindparam(name, type_=table.c[name].type) for name in names}
    spent = exists().where(SpentReceipt.__table__.c.id == row["receipt_hash"])
    statement = into(table).from_select(names, select(*row.values()).where(~spent))
    once = statement.on_conflict_do_nothing(index_elements=["receipt_hash"])
    return once.execution_options(preserve_rowcount=True)


def _attachments(submission_id: str, files: Mapping[str, Upload]) -> list[dict[str, Any]]:
    return [
        {
            "id": new_key(),
            "submission_id": submission_id,
            "question": question,
            "extension": file.extension,
            "media_type": file.media_type,
            "content": file.content,
        }
        for question, file in files.items()
    ]


def _sent_again(found: Submission, answers: Mapping[str, Any]) -> None:
    """What is there already: the same form counts once, and is marked if it says another thing."""
    if TOKEN not in found.marks and found.answers != dict(answers):
        found.marks = [*found.marks, TOKEN]
        db.session.commit()
