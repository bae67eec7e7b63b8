"""Finding batches of paper."""

from collections.abc import Sequence

from sqlalchemy import func, select

from consultations.db import db
from consultations.errors import NotFound
from consultations.records.models import KeyedForm, PaperBatch
from consultations.rounds.models import Consultation, Round


def batches(of: Consultation) -> Sequence[PaperBatch]:
    """Every batch of a consultation, the newest first."""
    query = (
        select(PaperBatch)
        .join(Round, PaperBatch.round_id == Round.id)
        .where(Round.consultation_id == of.id)
        .order_by(PaperBatch.number.desc())
    )
    return db.session.scalars(query).all()


def batch_numbered(of: Consultation, number: int) -> PaperBatch:
    """The batch with a number; raises NotFound."""
    for each in batches(of):
        if each.number == number:
            return each
    raise NotFound


def form_at(batch: PaperBatch, place: int) -> KeyedForm:
    """The form at a place in the pile; raises NotFound."""
    for each in batch.forms:
        if each.place == place:
            return each
    raise NotFound


def next_for(batch: PaperBatch, account_id: int) -> KeyedForm | None:
    """The next form that somebody may key in: never keyed in yet, else by somebody else only."""
    fresh = (each for each in batch.forms if each.first is None)
    again = (
        each
        for each in batch.forms
        if each.first is not None and each.second is None and each.first_by != account_id
    )
    return next(fresh, None) or next(again, None)


def last_number(of: Consultation) -> int:
    """The number of a consultation's newest batch; 0 where it has none."""
    query = (
        select(func.max(PaperBatch.number))
        .join(Round, PaperBatch.round_id == Round.id)
        .where(Round.consultation_id == of.id)
    )
    return db.session.scalar(query) or 0
