"""Reading the log of a consultation."""

from sqlalchemy import func, select

from consultations.db import db
from consultations.ledger.log import Head, Log
from consultations.ledger.models import LedgerEntry, TreeHead


def size(consultation_id: str) -> int:
    """How many entries the consultation's log has."""
    counted = select(func.count()).where(LedgerEntry.consultation_id == consultation_id)
    return db.session.scalar(counted) or 0


def entries(consultation_id: str) -> tuple[bytes, ...]:
    """Every entry, in the order of publication."""
    chosen = select(LedgerEntry.payload).where(LedgerEntry.consultation_id == consultation_id)
    return tuple(db.session.scalars(chosen.order_by(LedgerEntry.index)))


def read_log(consultation_id: str, slug: str) -> Log:
    """The log and its heads, the latest last; heads name the consultation by its slug."""
    chosen = select(TreeHead).where(TreeHead.consultation_id == consultation_id)
    heads = db.session.scalars(chosen.order_by(TreeHead.size))
    return Log(
        entries=entries(consultation_id),
        heads=tuple(as_value(head, slug) for head in heads),
    )


def as_value(head: TreeHead, slug: str) -> Head:
    """A head as it is stated, its consultation named by its slug."""
    return Head(
        slug, head.size, head.root, head.signed_on.isoformat(), head.signature, head.public_key
    )
