"""What of the replies is translated."""

from collections.abc import Iterable

from sqlalchemy import select

from consultations.comments.models import Point
from consultations.db import db
from consultations.languages import registry
from consultations.languages.registry import Passage, Translated
from consultations.replies.models import AnsweredPoint, Reply
from consultations.replies.queries import replies_in
from consultations.rounds.translatables import keeper
from consultations.words import N_

PARTS = {"text": N_("reply"), "resulting_text": N_("the words that came of it")}


def passages(of: Translated) -> Iterable[Passage]:
    """Every reply, and the words that came of it."""
    labels = _labels(of.id)
    for reply in replies_in(of.id):
        for attribute, part in PARTS.items():
            yield Passage(
                name=f"reply:{reply.id}:{attribute}",
                where={of.source_language: labels.get(reply.id, "")},
                part=part,
                source=of.source_language,
                texts=getattr(reply, attribute),
                keep=keeper(reply, attribute),
                norm=attribute == "resulting_text",
            )


def _labels(consultation_id: str) -> dict[str, str]:
    """Reply -> the number of a point it answers, or its provision."""
    query = (
        select(AnsweredPoint.reply_id, Point.label, Point.wid)
        .join(Point, AnsweredPoint.point_id == Point.id)
        .join(Reply, AnsweredPoint.reply_id == Reply.id)
        .where(Reply.consultation_id == consultation_id)
        .order_by(Point.label.desc())
    )
    return {reply_id: label or wid for reply_id, label, wid in db.session.execute(query)}


registry.register("replies", passages)
