"""What of the published comments is translated: each from the language its author wrote in."""

from collections.abc import Callable, Iterable

from sqlalchemy import select

from consultations.comments.models import COMMENT, PUBLISHED, Point
from consultations.comments.shown import versions
from consultations.db import db
from consultations.languages import registry
from consultations.languages.registry import Passage, Translated
from consultations.rounds.models import Round
from consultations.words import N_

PARTS = {
    "text": N_("comment"),
    "wording": N_("proposed wording"),
    "reason": N_("reason"),
}


def passages(of: Translated) -> Iterable[Passage]:
    """Every published comment, its proposed wording and its reason."""
    query = (
        select(Point)
        .join(Round, Point.round_id == Round.id)
        .where(Round.consultation_id == of.id, Point.origin == COMMENT, Point.status == PUBLISHED)
        .order_by(Round.number.desc(), Point.wid, Point.label)
    )
    for point in db.session.scalars(query):
        for attribute, part in PARTS.items():
            yield Passage(
                name=f"point:{point.id}:{attribute}",
                where={of.source_language: point.label},
                part=part,
                source=point.language,
                texts=versions(point, attribute),
                keep=_keeper(point, attribute),
                norm=attribute == "wording",
            )


def _keeper(point: Point, attribute: str) -> Callable[[str, str], None]:
    def keep(language: str, text: str) -> None:
        earlier = point.translations.get(language, {})
        translated = {name: words for name, words in earlier.items() if name != "status"}
        translated[attribute] = text
        point.translations = {**point.translations, language: translated}

    return keep


registry.register("comments", passages)
