"""Telling in prose what small groups said: written by one, read by another, then shown."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from consultations.db import db
from consultations.errors import ConsultationsError, NotFound, Refused
from consultations.languages.queries import digest, not_reviewed
from consultations.languages.services import source_changes
from consultations.reports.models import Report, SmallGroupText
from consultations.reports.prose import checked_prose
from consultations.reports.queries import report_of
from consultations.reports.services import preview
from consultations.reports.standing import numbers_shown
from consultations.reports.too_few import SmallGroup, small_groups
from consultations.rounds.models import Round
from consultations.rounds.services import note
from consultations.texts import in_language
from consultations.words import N_

Key = tuple[str, str]
"""What a group is of, and its code."""


def protected_numbers(of: Round) -> Mapping[str, Any]:
    """Those of the report that stands, else of its preview; Refused while the round is open."""
    standing = report_of(of.id)
    return numbers_shown(standing) if standing else preview(of.consultation, of)


@lru_cache(maxsize=256)
def groups_told(report_id: str) -> tuple[SmallGroup, ...]:
    """The small groups of a published report: they never change, so it is read once."""
    return tuple(small_groups(numbers_shown(db.session.get_one(Report, report_id))))


def group_of(numbers: Mapping[str, Any], key: Key) -> SmallGroup:
    """The small group of that name; raises NotFound for any other."""
    for each in small_groups(numbers):
        if each.key == key:
            return each
    raise NotFound


def texts_of(round_id: str) -> dict[Key, SmallGroupText]:
    """Every text about a round's small groups, read or not."""
    query = select(SmallGroupText).where(SmallGroupText.round_id == round_id)
    return {(each.by, each.code): each for each in db.session.scalars(query)}


def write(
    of: Round, group: SmallGroup, text: str, *, language: str, by: int, at: datetime
) -> SmallGroupText | None:
    """Keep what a group said; a changed text has to be read again, an empty one is taken away.

    Raises ConsultationsError for a number, a quotation, and a language the consultation lacks.
    """
    if language not in of.consultation.languages:
        raise ConsultationsError(N_("The consultation is not held in that language."))
    text, known = checked_prose(text), texts_of(of.id).get(group.key)
    if known is not None and (known.language, known.text) == (language, text):
        return known
    if not text:
        _take_away(of, known, by=by, at=at)
        return None
    if known is None:
        known = SmallGroupText(round_id=of.id, by=group.by, code=group.code, texts={})
        db.session.add(known)
    elif known.language == language:
        others = [each for each in known.texts if each != language]
        source_changes(of.consultation_id, passage(known), known.text, others, by=by)
    kept = known.texts if known.language == language else {}
    known.language, known.texts = language, {**kept, language: text}
    known.written_by, known.read_by = by, None
    note(of.consultation, "small_group.write", by=by, at=at, detail=str(of.number))
    return known


def confirm(of: Round, group: SmallGroup, read: str, *, by: int, at: datetime) -> None:
    """Note that somebody other than its author has read a text: from now on it is shown.

    `read` is the digest of what was read. Raises Refused for the author, and where the text has
    been changed meanwhile.
    """
    found = texts_of(of.id).get(group.key)
    if found is None:
        raise NotFound
    if found.written_by == by:
        raise Refused(N_("You wrote this text yourself: somebody else of the team has to read it."))
    if read != digest(found.text):
        raise Refused(N_("The text was changed meanwhile. Please read it as it stands now."))
    found.read_by = by
    note(of.consultation, "small_group.read", by=by, at=at, detail=str(of.number))


def in_words(of: Round, numbers: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """What small groups said, as a report in this language tells it: only what was read.

    A translation that nobody reviewed, or whose original has changed, is not shown: the original.
    """
    return words_of(of, small_groups(numbers), language)


def words_of(of: Round, groups: Iterable[SmallGroup], language: str) -> list[dict[str, str]]:
    """The same for groups that are known to be small."""
    texts = {key: each for key, each in texts_of(of.id).items() if each.read_by is not None}
    sources = {passage(each): each.text for each in texts.values()}
    waiting = not_reviewed(of.consultation_id, sources, language) if sources else set()
    return [_told(texts[group.key], language, waiting) for group in groups if group.key in texts]


def passage(of: SmallGroupText) -> str:
    """Under which name its translations are kept."""
    return f"small_group:{of.id}:text"


def group_label(of: Round, text: SmallGroupText) -> dict[str, str]:
    """The name under which translators meet a text: that of the group, where it was declared."""
    declared = {each["code"]: each["label"] for each in of.consultation.plan.get("groups", [])}
    return dict(declared.get(text.code) or {"en": text.code})


def _told(text: SmallGroupText, language: str, waiting: set[str]) -> dict[str, str]:
    there = text.texts.get(language) and passage(text) not in waiting
    shown = language if there else text.language
    return {
        "by": text.by,
        "code": text.code,
        "language": shown,
        "text": in_language(text.texts, shown),
    }


def _take_away(of: Round, known: SmallGroupText | None, *, by: int, at: datetime) -> None:
    if known is not None:
        db.session.delete(known)
        note(of.consultation, "small_group.remove", by=by, at=at, detail=str(of.number))
