"""Finding points. Nothing here returns them in the order in which they came."""

from sqlalchemy import select

from consultations.comments.models import COMMENT, Point
from consultations.db import db
from consultations.rounds.models import Round


def points_of(round_id: str) -> list[Point]:
    """Every point of a round, comments and words in answers."""
    query = select(Point).where(Point.round_id == round_id).order_by(Point.id)
    return list(db.session.scalars(query))


def points_on(consultation_id: str, wid: str) -> list[Point]:
    """Every comment on a provision in any round of a consultation."""
    query = (
        select(Point)
        .join(Round, Point.round_id == Round.id)
        .where(Round.consultation_id == consultation_id, Point.wid == wid, Point.origin == COMMENT)
        .order_by(Round.number, Point.label, Point.id)
    )
    return list(db.session.scalars(query))


def point_with_receipt(receipt_hash: str) -> Point | None:
    """The comment whose receipt has this keyed hash, if any."""
    return db.session.scalar(select(Point).where(Point.receipt_hash == receipt_hash))


def points_of_submission(submission_id: str) -> list[Point]:
    """What was read as points in one submission's words."""
    query = select(Point).where(Point.submission_id == submission_id).order_by(Point.wid)
    return list(db.session.scalars(query))
