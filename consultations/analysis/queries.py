"""What the database holds for counting. Only `analysis` may read it."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, Text, cast, delete, exists, func, select

from consultations.analysis.models import PendingSubmission, SnapshotState
from consultations.db import db
from consultations.rounds.models import Round
from consultations.submissions.models import Submission

BATCH = 25_000
"""Submissions that are read at a time."""

Row = tuple[str, str, str, str, str, float | None, str]
"""A submission: its key, kind, channel, entry, language, weight, and the text of its answers."""


def token_of(round_id: str) -> str | None:
    """The token of the snapshot that the pending submissions of a round refer to."""
    return db.session.scalar(select(SnapshotState.token).where(SnapshotState.id == round_id))


def pending(round_id: str) -> tuple[int, int]:
    """How many submissions a snapshot lacks, and how many it may have to take out."""
    of = PendingSubmission
    query = select(of.known, func.count()).where(of.round_id == round_id).group_by(of.known)
    found = dict(iter(db.session.execute(query)))
    return found.get(False, 0), found.get(True, 0)


def set_token(round_id: str, token: str) -> None:
    """Name another snapshot as the one that belongs to a round."""
    db.session.merge(SnapshotState(id=round_id, token=token))
    db.session.flush()


def take_all_pending(round_id: str) -> None:
    """Strike off all pending submissions of a round."""
    db.session.execute(delete(PendingSubmission).where(PendingSubmission.round_id == round_id))


def rounds_with_gone() -> Sequence[Round]:
    """The rounds that have a snapshot out of which something is to be taken."""
    of = PendingSubmission
    gone = select(of.round_id).where(of.known)
    query = select(Round).join(SnapshotState, SnapshotState.id == Round.id)
    return db.session.scalars(query.where(Round.id.in_(gone))).all()


def take_pending(round_id: str, *, gone_only: bool = False) -> tuple[list[str], list[str]]:
    """Strike off a batch of pending submissions: all of them, and those to be taken out first.

    With `gone_only` what is merely new stays pending.
    """
    of = PendingSubmission
    some = select(of.id).where(of.round_id == round_id).order_by(of.id).limit(BATCH)
    if gone_only:
        some = some.where(of.known)
    taken = db.session.execute(delete(of).where(of.id.in_(some)).returning(of.id, of.known)).all()
    return [key for key, _ in taken], [key for key, known in taken if known]


def stored(round_id: str) -> Iterator[Sequence[Row]]:
    """The submissions of a round that are not pending, by their random keys."""
    waiting = exists().where(PendingSubmission.id == Submission.id)
    query = _rows().where(Submission.round_id == round_id, ~waiting).order_by(Submission.id)
    result = db.session.execute(query.execution_options(yield_per=BATCH))
    return (batch for batch in result.partitions())


def stored_among(keys: Sequence[str]) -> Sequence[Row]:
    """Those of some submissions that are there, by their random keys."""
    query = _rows().where(Submission.id.in_(keys)).order_by(Submission.id)
    return db.session.execute(query).all()


def _rows() -> Select[str, str, str, str, str, float | None, str]:
    return select(
        Submission.id,
        Submission.kind,
        Submission.channel,
        Submission.entry,
        Submission.language,
        Submission.weight,
        cast(Submission.answers, Text),
    )
