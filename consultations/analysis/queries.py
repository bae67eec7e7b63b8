"""What the database holds for counting. Only `analysis` may read it."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, Text, cast, delete, exists, func, select

from consultations.analysis.models import PendingSubmission, SnapshotState
from consultations.db import db
from consultations.rounds.models import Round
from consultations.submissions.models import Submission

BATCH = 25_000
"""Submissions that are read at a time."""


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


def stored(round_id: str) -> Iterator[Sequence[Any]]:
    """The submissions of a round that are not pending, by their random keys (`intake.Stored`)."""
    waiting = exists().where(PendingSubmission.id == _stored.id)
    query = _rows().where(_stored.round_id == round_id, ~waiting).order_by(_stored.id)
    return db.session.execute(query.execution_options(yield_per=BATCH)).partitions()


def stored_among(keys: Sequence[str]) -> Sequence[Any]:
    """Those of some submissions that are there, by their random keys."""
    query = _rows().where(_stored.id.in_(keys)).order_by(_stored.id)
    return db.session.execute(query).all()


_stored: Any = Submission.__table__.c
"""The columns alone: nothing of a million rows is made into objects."""


def _rows() -> Select[Any]:
    return select(
        _stored.id,
        _stored.kind,
        _stored.channel,
        _stored.entry,
        _stored.language,
        _stored.weight,
        cast(_stored.answers, Text),
    )
