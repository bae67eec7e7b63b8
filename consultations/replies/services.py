"""Answering points: a disposition with its reason, to one point or to all that say the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select

from consultations.comments.models import Point
from consultations.db import db
from consultations.errors import ConsultationsError
from consultations.languages.services import source_changes
from consultations.replies.models import DISPOSITIONS, AnsweredPoint, Reply
from consultations.replies.queries import points_answered_by, replies_to
from consultations.rounds.models import Consultation
from consultations.rounds.services import day_at, note
from consultations.words import N_


def answer(
    consultation: Consultation,
    points: Sequence[Point],
    *,
    disposition: str,
    text: Mapping[str, str],
    resulting_wid: str | None = None,
    resulting_text: Mapping[str, str] | None = None,
    by: int | None,
    at: datetime,
) -> Reply:
    """Answer points together; what they were answered before is replaced.

    Where exactly these points have a reply already, it is changed, and its translations, now out
    of date, wait for a translator. Raises ConsultationsError for an unknown disposition.
    """
    if disposition not in DISPOSITIONS:
        raise ConsultationsError(N_("Choose what becomes of the point."))
    reply = _reply_to_exactly(points) or Reply(consultation_id=consultation.id, text={})
    if reply.id:
        _mark_translations(consultation, reply, text, by=by)
    reply.account_id = by
    reply.disposition = disposition
    reply.text = {**reply.text, **text}
    reply.resulting_text = _resulting(reply.resulting_text or {}, resulting_text or {})
    reply.resulting_wid = resulting_wid if reply.resulting_text else None
    reply.dated = day_at(consultation, at)
    db.session.add(reply)
    db.session.flush()
    _attach(reply, points)
    note(consultation, "point.reply", by=by, at=at, detail=str(len(points)))
    return reply


def _reply_to_exactly(points: Sequence[Point]) -> Reply | None:
    keys = {each.id for each in points}
    found = {each.id: each for each in replies_to(keys).values()}
    if len(found) != 1:
        return None
    reply = next(iter(found.values()))
    return reply if points_answered_by(reply.id) == keys else None


def _mark_translations(
    consultation: Consultation, reply: Reply, text: Mapping[str, str], *, by: int | None
) -> None:
    for language, words in text.items():
        before = reply.text.get(language, "")
        if before and before != words:
            source_changes(
                consultation.id,
                f"reply:{reply.id}:text",
                before,
                [each for each in reply.text if each != language],
                by=by,
            )


def _resulting(before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The resulting words, without other languages where they changed."""
    if all(before.get(language) == words for language, words in given.items()):
        return dict(before) if any(given.values()) else {}
    return {language: words for language, words in given.items() if words}


def _attach(reply: Reply, points: Sequence[Point]) -> None:
    keys = [each.id for each in points]
    earlier = {each.id for each in replies_to(keys).values()} - {reply.id}
    db.session.execute(delete(AnsweredPoint).where(AnsweredPoint.point_id.in_(keys)))
    db.session.add_all(AnsweredPoint(point_id=key, reply_id=reply.id) for key in keys)
    db.session.flush()
    for key in earlier - set(db.session.scalars(select(AnsweredPoint.reply_id).distinct())):
        db.session.delete(db.session.get_one(Reply, key))
    db.session.flush()
