"""Finding themes and the points that carry them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from consultations.comments.models import ANSWER, PUBLISHED, UNPUBLISHED, Point
from consultations.db import db
from consultations.rounds.models import Round
from consultations.rounds.plan import declared_policy
from consultations.themes.models import Coding, Theme

READ = (PUBLISHED, UNPUBLISHED)
"""Points whose themes are looked for: comments that are shown, and the words of answers."""


@dataclass(frozen=True)
class Alike:
    """Points in the same words about a provision that carry the same themes: read as one.

    points: their keys, the first being the one to look at; themes: codes.
    """

    points: tuple[str, ...]
    wid: str
    language: str
    words: str
    themes: tuple[str, ...]


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


def points_alike(consultation_id: str) -> list[Alike]:
    """Everything in which themes are looked for, in no order that tells who came when.

    Nothing of who said it is read; what many say in the same words comes first.
    """
    said = (Point.text, Point.wording, Point.reason)
    query = (
        select(Point.id, Point.round_id, Point.wid, Point.language, *said)
        .join(Round, Point.round_id == Round.id)
        .where(Round.consultation_id == consultation_id, Point.status.in_(READ))
        .order_by(Point.id)
    )
    codes = codes_in(consultation_id)
    together: dict[tuple[object, ...], list[str]] = defaultdict(list)
    first: dict[tuple[object, ...], Alike] = {}
    for each in db.session.execute(query):
        carried = codes.get(each.id, ())
        words = " ".join(f"{each.text} {each.wording} {each.reason}".split()).casefold()
        group = (each.round_id, each.wid, each.language, words, carried)
        together[group].append(each.id)
        first.setdefault(group, Alike((), each.wid, each.language, words, carried))
    found = [replace(each, points=tuple(together[group])) for group, each in first.items()]
    return sorted(found, key=lambda each: -len(each.points))


def codes_in_answers(round_id: str) -> dict[tuple[str, str], set[str]]:
    """(submission, provision) -> codes of the themes in what its author wrote about it."""
    query = (
        select(Point.submission_id, Point.wid, Theme.code)
        .join(Coding, Coding.point_id == Point.id)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Point.round_id == round_id, Point.origin == ANSWER)
    )
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for submission, wid, code in db.session.execute(query):
        found[str(submission), wid].add(code)
    return dict(found)


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
        select(Point.wid, Theme, Point.status, func.coalesce(Point.submission_id, Point.id))
        .join(Coding, Coding.point_id == Point.id)
        .join(Theme, Coding.theme_id == Theme.id)
        .where(Point.round_id == of.id)
        .order_by(Point.wid, Theme.code)
    )
    threshold = declared_policy(of.consultation.policy).threshold
    carriers: dict[tuple[str, str], set[str]] = defaultdict(set)
    themes: dict[tuple[str, str], Theme] = {}
    readable = set()
    for wid, theme, status, author in db.session.execute(query):
        themes[wid, theme.code] = theme
        carriers[wid, theme.code].add(author)
        if status == PUBLISHED:
            readable.add((wid, theme.code))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (wid, code), theme in themes.items():
        if (wid, code) in readable or len(carriers[wid, code]) >= threshold:
            found[wid].append(
                {"code": code, "label": theme.label, "read_as": theme.read_as, "disposition": None}
            )
    return dict(found)
