"""Finding replies, and the points that wait for one."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from consultations.comments.models import COMMENT, PUBLISHED, UNPUBLISHED, Point
from consultations.comments.queries import by_number
from consultations.db import db
from consultations.replies.models import AnsweredPoint, Reply
from consultations.rounds.models import Round
from consultations.themes import queries as themes

PARTS = (
    Point.id,
    Point.round_id,
    Point.wid,
    Point.origin,
    Point.label,
    Point.organisation_id,
)


@dataclass(frozen=True)
class Entry:
    """What is read and answered in one go: a comment, or all words that say the same.

    points: their keys, the first being the one to look at; themes: codes that all of them carry.
    """

    points: tuple[str, ...]
    wid: str
    label: str
    themes: tuple[str, ...]
    from_organisation: bool
    replied: bool


def replies_to(point_ids: Collection[str]) -> dict[str, Reply]:
    """Point -> the reply it received, for those of these points that have one."""
    query = (
        select(AnsweredPoint.point_id, Reply)
        .join(Reply, AnsweredPoint.reply_id == Reply.id)
        .where(AnsweredPoint.point_id.in_(point_ids))
    )
    return dict(db.session.execute(query).all())


def answered_together(reply_ids: Collection[str], *, published: bool) -> dict[str, int]:
    """Reply -> how many points it answers; with `published`, only those that everyone can read."""
    query = (
        select(AnsweredPoint.reply_id, func.count())
        .join(Point, AnsweredPoint.point_id == Point.id)
        .where(AnsweredPoint.reply_id.in_(reply_ids))
        .group_by(AnsweredPoint.reply_id)
    )
    if published:
        query = query.where(Point.status == PUBLISHED)
    return dict(db.session.execute(query).all())


def points_answered_by(reply_id: str) -> set[str]:
    """The points that a reply answers."""
    query = select(AnsweredPoint.point_id).where(AnsweredPoint.reply_id == reply_id)
    return set(db.session.scalars(query))


def replies_in(consultation_id: str) -> list[Reply]:
    """Every reply of a consultation, the latest first."""
    query = (
        select(Reply)
        .where(Reply.consultation_id == consultation_id)
        .order_by(Reply.dated.desc(), Reply.id)
    )
    return list(db.session.scalars(query))


def progress_of(round_id: str) -> tuple[int, int]:
    """How many comments of a round are published, and how many of these have a reply."""
    query = (
        select(func.count(), func.count(AnsweredPoint.id))
        .select_from(Point)
        .outerjoin(AnsweredPoint, AnsweredPoint.point_id == Point.id)
        .where(Point.round_id == round_id, Point.origin == COMMENT, Point.status == PUBLISHED)
    )
    published, replied = db.session.execute(query).one()
    return published, replied


def reading_list(consultation_id: str) -> list[Entry]:
    """Everything that is to be answered: comments one by one, words of answers by what they say.

    Words are read together where they are about the same provision in the same round, carry the
    same themes, and either all have a reply or none has.
    """
    query = (
        select(*PARTS, AnsweredPoint.id.is_not(None))
        .join(Round, Point.round_id == Round.id)
        .outerjoin(AnsweredPoint, AnsweredPoint.point_id == Point.id)
        .where(Round.consultation_id == consultation_id, Point.status.in_((PUBLISHED, UNPUBLISHED)))
        .order_by(Point.id)
    )
    codes = themes.codes_in(consultation_id)
    together: dict[tuple[object, ...], list[str]] = defaultdict(list)
    first: dict[tuple[object, ...], Entry] = {}
    for key, round_id, wid, origin, label, organisation_id, replied in db.session.execute(query):
        carried = codes.get(key, ())
        alone = origin == COMMENT or not carried
        group = (round_id, wid, carried, replied, key if alone else "")
        together[group].append(key)
        spoken = origin == COMMENT and organisation_id is not None
        first.setdefault(group, Entry((), wid, label, carried, spoken, replied))
    found = [replace(each, points=tuple(together[group])) for group, each in first.items()]
    return sorted(found, key=lambda each: (each.wid, by_number(each.label)))


def themes_of(of: Round) -> dict[str, list[dict[str, Any]]]:
    """Provision -> its themes as everyone may read them, each with its commonest disposition."""
    query = (
        select(Point.wid, Point.id, Reply.disposition)
        .join(AnsweredPoint, AnsweredPoint.point_id == Point.id)
        .join(Reply, AnsweredPoint.reply_id == Reply.id)
        .where(Point.round_id == of.id)
    )
    codes = themes.codes_in(of.consultation_id)
    given: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for wid, key, disposition in db.session.execute(query):
        for code in codes.get(key, ()):
            given[wid, code][disposition] += 1
    return {
        wid: [_with_disposition(theme, given.get((wid, theme["code"]))) for theme in listed]
        for wid, listed in themes.themes_of(of).items()
    }


def _with_disposition(theme: Mapping[str, Any], given: Counter[str] | None) -> dict[str, Any]:
    commonest = min(given, key=lambda code: (-given[code], code)) if given else None
    return {**theme, "disposition": commonest}
