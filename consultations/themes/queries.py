"""Finding themes. No count of points leaves here: how many people said something is not told."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from consultations.comments.models import Point
from consultations.db import db
from consultations.rounds.models import Round
from consultations.themes.models import Coding, Theme


def themes_of(of: Round) -> dict[str, list[dict[str, Any]]]:
    """The themes found in a round's points, by the stable id of the provision they are about."""
    query = (
        select(Point.wid, Theme)
        .join(Coding, Coding.point_id == Point.id)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Point.round_id == of.id)
    )
    seen: dict[str, dict[str, Theme]] = defaultdict(dict)
    for wid, theme in db.session.execute(query):
        seen[wid][theme.code] = theme
    return {
        wid: [
            {"code": code, "label": dict(theme.label), "read_as": dict(theme.read_as)}
            for code, theme in sorted(themes.items())
        ]
        for wid, themes in seen.items()
    }


def reading_of(point_id: str) -> Mapping[str, str] | None:
    """The sentence in which a point was read by its first theme, if it has one."""
    query = (
        select(Theme)
        .join(Coding, Coding.theme_id == Theme.id)
        .where(Coding.point_id == point_id)
        .order_by(Theme.code)
    )
    theme = db.session.scalars(query).first()
    return theme.read_as if theme else None
