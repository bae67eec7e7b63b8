"""Finding replies."""

from collections.abc import Iterable

from sqlalchemy import func, select

from consultations.comments.models import COMMENT, PUBLISHED, Point
from consultations.db import db
from consultations.replies.models import AnsweredPoint, Reply


def replies_to(point_ids: Iterable[str]) -> dict[str, Reply]:
    """The reply to each of these points that has one, by the point's key."""
    query = (
        select(AnsweredPoint.point_id, Reply)
        .join(Reply, AnsweredPoint.reply_id == Reply.id)
        .where(AnsweredPoint.point_id.in_(list(point_ids)))
    )
    return {point_id: reply for point_id, reply in db.session.execute(query)}


def progress_of(round_id: str) -> tuple[int, int]:
    """How many comments of a round are published, and how many of those have a reply."""
    shown = (Point.round_id == round_id, Point.origin == COMMENT, Point.status == PUBLISHED)
    points = db.session.scalar(select(func.count()).select_from(Point).where(*shown)) or 0
    query = (
        select(func.count())
        .select_from(Point)
        .join(AnsweredPoint, AnsweredPoint.point_id == Point.id)
        .where(*shown)
    )
    return points, db.session.scalar(query) or 0
