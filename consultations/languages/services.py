"""Keeping translations, and noticing when what they were made from changes."""

from collections.abc import Iterable

from sqlalchemy import select

from consultations.db import db
from consultations.errors import ConsultationsError, NotFound
from consultations.languages.models import REVIEWED, TRANSLATED, TranslationStatus
from consultations.languages.queries import digest
from consultations.languages.registry import Passage, Translated, passages
from consultations.words import N_

LONGEST = 100_000
"""Characters of a passage."""


def passage_named(of: Translated, name: str) -> Passage:
    """A passage of a consultation; raises NotFound."""
    for each in passages(of):
        if each.name == name:
            return each
    raise NotFound


def save_translation(
    of: Translated, name: str, language: str, text: str, *, reviewed: bool, by: int | None
) -> None:
    """Keep a passage's text in a language, as translated or as reviewed.

    An empty text takes the translation out. Raises ConsultationsError for a language that is the
    passage's own or not the consultation's, and for what is too long or not text.
    """
    passage = passage_named(of, name)
    if language not in of.languages or language == passage.source:
        raise ConsultationsError(N_("This passage is not translated into that language."))
    text = text.replace("\r\n", "\n").strip()
    if "\0" in text or len(text) > LONGEST:
        raise ConsultationsError(N_("The text is too long, or holds signs that are not text."))
    passage.keep(language, text)
    row = _row(of.id, name, language)
    row.status = REVIEWED if reviewed else TRANSLATED
    row.source_digest = digest(passage.source_text)
    row.account_id = by
    db.session.flush()


def source_changes(
    consultation_id: str, name: str, before: str, languages: Iterable[str], *, by: int | None
) -> None:
    """Remember what existing translations were made from, before their source changes."""
    for language in languages:
        row = _row(consultation_id, name, language)
        row.source_digest = row.source_digest or digest(before)
        row.status = row.status or REVIEWED
        row.account_id = row.account_id or by
    db.session.flush()


def _row(consultation_id: str, name: str, language: str) -> TranslationStatus:
    query = select(TranslationStatus).where(
        TranslationStatus.consultation_id == consultation_id,
        TranslationStatus.passage == name,
        TranslationStatus.language == language,
    )
    row = db.session.scalar(query)
    if row is None:
        row = TranslationStatus(consultation_id=consultation_id, passage=name, language=language)
        db.session.add(row)
    return row
