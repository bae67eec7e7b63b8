"""Finding submissions. Nothing here returns them in the order in which they came."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Row, bindparam, func, select

from consultations.db import db
from consultations.errors import NotFound
from consultations.rounds.models import Round
from consultations.submissions.models import (
    INDIVIDUAL,
    Attachment,
    ImportedFile,
    SavedForm,
    SpentReceipt,
    Submission,
)
from consultations.submissions.saved import saved_form_key, unlock


def submission_with_receipt(receipt_hash: str) -> Submission | None:
    """The submission whose receipt has this keyed hash, if any."""
    query = select(Submission).where(Submission.receipt_hash == receipt_hash)
    return db.session.scalar(query)


_spent = SpentReceipt.__table__.c.id
_SPENT = select(_spent).where(_spent == bindparam("receipt_hash"))


def receipt_spent(receipt_hash: str) -> bool:
    """Whether the answer with this receipt was withdrawn or replaced."""
    return db.session.scalar(_SPENT, {"receipt_hash": receipt_hash}) is not None


def submissions_of(round_id: str, *, kind: str = INDIVIDUAL) -> Iterator[Submission]:
    """Every submission to a round, by their random keys, a batch in memory at a time."""
    query = (
        select(Submission)
        .where(Submission.round_id == round_id, Submission.kind == kind)
        .order_by(Submission.id)
        .execution_options(yield_per=2_000)
    )
    return iter(db.session.scalars(query))


def count_of(round_id: str, *, kind: str = INDIVIDUAL) -> int:
    """How many submissions a round has."""
    query = select(func.count()).where(Submission.round_id == round_id, Submission.kind == kind)
    return db.session.scalar(query) or 0


def attachments_of(round_id: str) -> Sequence[Row[str, str, str]]:
    """Key, question and extension of every file of a round, by their random keys."""
    query = (
        select(Attachment.id, Attachment.question, Attachment.extension)
        .join(Submission, Submission.id == Attachment.submission_id)
        .where(Submission.round_id == round_id)
        .order_by(Attachment.id)
    )
    return db.session.execute(query).all()


def attachment(of: Round, key: str) -> Attachment:
    """One file of a round; raises NotFound."""
    query = (
        select(Attachment)
        .join(Submission, Submission.id == Attachment.submission_id)
        .where(Attachment.id == key, Submission.round_id == of.id)
    )
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def saved_form(of: Round, code: str, *, secret: str) -> str | None:
    """The text of the form saved under a code in its printed form; None where there is none."""
    found = db.session.get(SavedForm, saved_form_key(code, secret=secret))
    if found is None or found.round_id != of.id:
        return None
    return unlock(found.content, code, secret=secret)


def file_taken_in(round_id: str, digest: str) -> bool:
    """Whether a file with this SHA-256 was taken into the round already."""
    query = select(ImportedFile.id).where(
        ImportedFile.round_id == round_id, ImportedFile.digest == digest
    )
    return db.session.scalars(query).first() is not None
