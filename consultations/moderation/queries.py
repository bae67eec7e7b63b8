"""Finding decisions on what is shown."""

from sqlalchemy import select

from consultations.comments.models import HIDDEN, Point
from consultations.db import db
from consultations.moderation.models import Decision


def why_hidden(point_id: str) -> str | None:
    """The reason for which a point is hidden now; None where it is not."""
    query = (
        select(Decision.reason)
        .join(Point, Decision.point_id == Point.id)
        .where(Point.id == point_id, Point.status == HIDDEN)
        .order_by(Decision.at.desc())
    )
    return db.session.scalars(query).first()
