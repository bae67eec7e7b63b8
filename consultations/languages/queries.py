"""Where translations stand."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from consultations.db import db
from consultations.languages.models import REVIEWED, TranslationStatus
from consultations.languages.registry import Passage, Translated, passages

MISSING, OUT_OF_DATE = "missing", "out_of_date"


@dataclass(frozen=True)
class Standing:
    """A passage, a language, and how its translation stands."""

    passage: Passage
    language: str
    status: str

    @property
    def to_do(self) -> bool:
        """Whether a translator has to look at it."""
        return self.status != REVIEWED


def digest(text: str) -> str:
    """What a translation was made from: the SHA-256 of the source."""
    return hashlib.sha256(text.encode()).hexdigest()


def statuses(consultation_id: str) -> dict[tuple[str, str], TranslationStatus]:
    """(passage, language) -> its row, for those that have one."""
    query = select(TranslationStatus).where(TranslationStatus.consultation_id == consultation_id)
    return {(each.passage, each.language): each for each in db.session.scalars(query)}


def standings(of: Translated, language: str) -> list[Standing]:
    """How every passage stands in a language it was not written in."""
    rows = statuses(of.id)
    return [
        Standing(each, language, _status(each, language, rows.get((each.name, language))))
        for each in passages(of)
        if each.source != language
    ]


def to_do(of: Translated) -> dict[str, int]:
    """Language -> how many passages a translator has to look at."""
    rows, found = statuses(of.id), passages(of)
    return {
        language: sum(
            _status(each, language, rows.get((each.name, language))) != REVIEWED
            for each in found
            if each.source != language
        )
        for language in of.languages
    }


def not_reviewed(consultation_id: str, sources: Mapping[str, str], language: str) -> set[str]:
    """Which of these passages (name -> source text) are not reviewed in a language.

    A page that shows one of them says so: an unreviewed translation is never shown as final.
    """
    rows = statuses(consultation_id)
    return {
        name
        for name, source in sources.items()
        if (row := rows.get((name, language)))
        and (row.status != REVIEWED or row.source_digest != digest(source))
    }


def _status(passage: Passage, language: str, row: TranslationStatus | None) -> str:
    if not passage.texts.get(language):
        return MISSING
    if row is None:
        return REVIEWED
    return OUT_OF_DATE if row.source_digest != digest(passage.source_text) else row.status
