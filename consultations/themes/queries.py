"""Finding themes and the points that carry them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from consultations.comments.models import PUBLISHED, Point
from consultations.db import db
from consultations.rounds.models import Round
from consultations.rounds.plan import declared_policy
from consultations.themes.models import Coding, Theme


def theme_with(consultation_id: str, code: str) -> Theme | None:
    """The theme of a consultation with this code, if any."""
    query = select(Theme).where(Theme.consultation_id == consultation_id, Theme.code == code)
    return db.session.scalar(query)


def themes_in(consultation_id: str) -> list[Theme]:
    """Every theme of a consultation by its code."""
    query = select(Theme).where(Theme.consultation_id == consultation_id).order_by(Theme.code)
    return list(db.session.scalars(query))


def themes_on(point_ids: Collection[str]) -> dict[str, list[Theme]]:
    """Point -> its themes, for those of these points that have any."""
    query = (
        select(Coding.point_id, Theme)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Coding.point_id.in_(point_ids))
        .order_by(Theme.code)
    )
    found: dict[str, list[Theme]] = defaultdict(list)
    for key, theme in db.session.execute(query):
        found[key].append(theme)
    return dict(found)


def codes_in(consultation_id: str) -> dict[str, tuple[str, ...]]:
    """Point -> codes of its themes, for every point of a consultation that has any."""
    query = (
        select(Coding.point_id, Theme.code)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Theme.consultation_id == consultation_id)
        .order_by(Theme.code)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for key, code in db.session.execute(query):
        found[key].append(code)
    return {key: tuple(codes) for key, codes in found.items()}


def reading_of(point_id: str) -> Mapping[str, str] | None:
    """The words in which the team reads a point: those of its first theme that has any."""
    for theme in themes_on([point_id]).get(point_id, ()):
        if theme.read_as:
            return theme.read_as
    return None


def themes_of(of: Round) -> dict[str, list[dict[str, Any]]]:
    """Provision -> the themes found on it in a round, for everyone to read.

    A theme is named where a published comment carries it, or the words of at least as many
    people as the threshold says; how many they are is not told.
    """
    query = (
        select(Point.wid, Theme, Point.status)
        .join(Coding, Coding.point_id == Point.id)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Point.round_id == of.id)
        .order_by(Point.wid, Theme.code)
    )
    threshold = declared_policy(of.consultation.policy).threshold
    carried: Counter[tuple[str, str]] = Counter()
    themes: dict[tuple[str, str], Theme] = {}
    for wid, theme, status in db.session.execute(query):
        themes[wid, theme.code] = theme
        carried[wid, theme.code] += threshold if status == PUBLISHED else 1
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (wid, code), theme in themes.items():
        if carried[wid, code] >= threshold:
            found[wid].append(
                {"code": code, "label": theme.label, "read_as": theme.read_as, "disposition": None}
            )
    return dict(found)
