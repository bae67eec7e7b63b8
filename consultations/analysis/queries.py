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

BETWEEN = "\x1e"
"""Between values that the database puts together: neither a key nor text of JSON holds it."""


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


def stored(round_id: str) -> Iterator[Sequence[Sequence[Any]]]:
    """The submissions of a round that are not pending, in batches by their random keys.

    Each batch is an `intake.Stored`, read by itself: whatever changes on the way is pending.
    """
    waiting = exists().where(PendingSubmission.id == _stored.id)
    of_round = _rows().where(_stored.round_id == round_id, ~waiting).order_by(_stored.id)
    last = ""
    while batch := _columns(of_round.where(_stored.id > last).limit(BATCH)):
        yield batch
        last = max(batch[0])


def stored_among(keys: Sequence[str]) -> Sequence[Sequence[Any]]:
    """Those of some submissions that are there (an `intake.Stored`)."""
    return _columns(_rows().where(_stored.id.in_(keys)))


def _columns(query: Select[Any]) -> Sequence[Sequence[Any]]:
    """The columns of `_rows`, each put together to one text by the database; nothing without rows.

    A million rows are read so in half the time that making them in Python would take.
    """
    rows = query.subquery()
    *read, weight = rows.c
    texts = (func.aggregate_strings(each, BETWEEN) for each in read)
    weighed, *found = db.session.execute(select(func.count(weight), *texts)).one()
    if found[0] is None:
        return []
    ids, *others = (text.split(BETWEEN) for text in found)
    weights = {}
    if weighed:
        weights = dict(
            iter(db.session.execute(select(rows.c.id, weight).where(weight.is_not(None))))
        )
    return [ids, *others, [weights.get(each) for each in ids]]


_stored: Any = Submission.__table__.c
"""The columns alone: nothing of a million rows is made into objects."""


def _rows() -> Select[Any]:
    return select(
        _stored.id,
        _stored.kind,
        _stored.channel,
        _stored.entry,
        _stored.language,
        cast(_stored.answers, Text),
        _stored.weight,
    )
