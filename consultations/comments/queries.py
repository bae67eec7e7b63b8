"""Finding points. Nothing here returns answers' points in the order in which they came."""

import re
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from consultations.comments.models import ANSWER, COMMENT, PUBLISHED, WAITING, Endorsement, Point
from consultations.db import db
from consultations.errors import NotFound
from consultations.rounds.models import Round


def point(key: str, consultation_id: str) -> Point:
    """One point of a consultation; raises NotFound."""
    query = (
        select(Point)
        .join(Round, Point.round_id == Round.id)
        .where(Point.id == key, Round.consultation_id == consultation_id)
        .options(selectinload(Point.endorsements))
    )
    found: Point | None = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def points_with(keys: Sequence[str]) -> list[Point]:
    """The points with these keys, in this order."""
    query = select(Point).where(Point.id.in_(keys)).options(selectinload(Point.endorsements))
    found = {each.id: each for each in db.session.scalars(query)}
    return [found[key] for key in keys if key in found]


def points_of(round_id: str) -> list[Point]:
    """Every point of a round: comments by their labels, then those of answers."""
    query = (
        select(Point).where(Point.round_id == round_id).options(selectinload(Point.endorsements))
    )
    return sorted(db.session.scalars(query), key=_place)


def points_on(consultation_id: str, wid: str) -> list[Point]:
    """The published comments on a provision, in whatever round: the latest round first."""
    query = (
        select(Point)
        .join(Round, Point.round_id == Round.id)
        .where(
            Round.consultation_id == consultation_id,
            Point.wid == wid,
            Point.origin == COMMENT,
            Point.status == PUBLISHED,
        )
        .options(selectinload(Point.endorsements))
        .order_by(Round.number.desc())
    )
    found = db.session.scalars(query).all()
    rounds = list(dict.fromkeys(each.round_id for each in found))
    return sorted(found, key=lambda each: (rounds.index(each.round_id), *_place(each)))


def comments_with(consultation_id: str, status: str) -> list[Point]:
    """The comments of a consultation that are waiting, published or hidden."""
    query = (
        select(Point)
        .join(Round, Point.round_id == Round.id)
        .where(
            Round.consultation_id == consultation_id,
            Point.origin == COMMENT,
            Point.status == status,
        )
        .options(selectinload(Point.endorsements))
    )
    return sorted(db.session.scalars(query), key=lambda each: (each.wid, *_place(each)))


def counts_by_status(consultation_id: str) -> dict[str, int]:
    """How many comments are waiting, published and hidden: for the team."""
    query = (
        select(Point.status, func.count())
        .join(Round, Point.round_id == Round.id)
        .where(Round.consultation_id == consultation_id, Point.origin == COMMENT)
        .group_by(Point.status)
    )
    return dict(db.session.execute(query).all())


def comments_of_organisation(consultation_id: str, organisation_id: str) -> list[Point]:
    """What an organisation commented, by provision."""
    query = (
        select(Point)
        .join(Round, Point.round_id == Round.id)
        .where(Round.consultation_id == consultation_id, Point.organisation_id == organisation_id)
        .order_by(Round.number, Point.wid)
    )
    return list(db.session.scalars(query))


def oldest_waiting(consultation_id: str) -> Point | None:
    """The comment that has been waiting longest."""
    query = (
        select(Point)
        .join(Round, Point.round_id == Round.id)
        .where(
            Round.consultation_id == consultation_id,
            Point.status == WAITING,
            Point.received_on.is_not(None),
        )
        .order_by(Point.received_on)
    )
    return db.session.scalars(query).first()


def point_with_receipt(receipt_hash: str) -> Point | None:
    """The comment whose receipt has this keyed hash, if any."""
    return db.session.scalar(select(Point).where(Point.receipt_hash == receipt_hash))


def points_of_submission(submission_id: str) -> list[Point]:
    """The points read in one answer."""
    query = select(Point).where(Point.submission_id == submission_id, Point.origin == ANSWER)
    return list(db.session.scalars(query))


def submissions_read(round_id: str) -> set[str]:
    """The answers of a round in which points were looked for already."""
    query = select(Point.submission_id).where(
        Point.round_id == round_id, Point.submission_id.is_not(None)
    )
    return {key for key in db.session.scalars(query) if key}


def endorsed_by(organisation_id: str) -> set[str]:
    """The points that an organisation has joined."""
    query = select(Endorsement.point_id).where(Endorsement.organisation_id == organisation_id)
    return set(db.session.scalars(query))


def last_number(round_id: str, wid: str) -> int:
    """The highest number given to a published comment on a provision in a round; 0 for none."""
    query = select(Point.label).where(Point.round_id == round_id, Point.wid == wid)
    numbers = (re.search(r"\d+$", label) for label in db.session.scalars(query) if label)
    return max((int(found[0]) for found in numbers if found), default=0)


def by_number(label: str) -> list[int | str]:
    """A key that sorts 3.2 before 3.10."""
    parts = re.split(r"(\d+)", label)
    return [int(part) if place % 2 else part for place, part in enumerate(parts)]


def _place(of: Point) -> tuple[bool, list[int | str], str]:
    """Comments before answers' points, by their labels; the rest by their random keys."""
    return of.origin != COMMENT, by_number(of.label), of.id
