"""Finding what was decided about a point's being shown."""

from collections.abc import Collection

from sqlalchemy import select

from consultations.comments.models import HIDDEN, Point
from consultations.db import db
from consultations.moderation.models import Decision


def reasons_for_hiding(point_ids: Collection[str]) -> dict[str, str]:
    """Point -> why it is hidden, for those of these points that are."""
    query = (
        select(Decision.point_id, Decision.reason)
        .join(Point, Decision.point_id == Point.id)
        .where(Decision.point_id.in_(point_ids), Decision.action == HIDDEN, Point.status == HIDDEN)
        .order_by(Decision.at)
    )
    return dict(db.session.execute(query).all())


def why_hidden(point_id: str) -> str | None:
    """Why a point is hidden; None where it is not."""
    return reasons_for_hiding([point_id]).get(point_id)
