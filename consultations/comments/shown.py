"""Points as pages show them, in the reader's language, without their replies."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from consultations.comments.models import Point
from consultations.comments.wording import proposed, surroundings
from consultations.db import db
from consultations.drafts.models import Provision
from consultations.drafts.queries import revision
from consultations.drafts.rendering import Run
from consultations.i18n import reading_language
from consultations.languages.models import REVIEWED
from consultations.languages.queries import not_reviewed
from consultations.participants.models import Organisation
from consultations.participants.queries import organisations
from consultations.rounds.models import Round
from consultations.texts import pick


def comments_shown(points: Sequence[Point]) -> list[dict[str, Any]]:
    """The points as templates expect them; `reply` is left to the floor above."""
    speakers = organisations({each.organisation_id for each in points if each.organisation_id})
    provisions = cache(_provisions)
    unsure = _unreviewed(points)
    return [
        {
            **_shown(each, speakers.get(each.organisation_id or ""), provisions(each.round_id)),
            "unreviewed": each.id in unsure,
        }
        for each in points
    ]


def author(organisation: Organisation) -> dict[str, str | None]:
    """An organisation's name for the reader, and its language where that is known."""
    if not organisation.names:
        return {"name": organisation.name, "language": None}
    name, language = pick(organisation.names, reading_language())
    return {"name": name, "language": language}


def provision_of(point: Point, provisions: Mapping[str, Provision]) -> Provision | dict[str, Any]:
    """The provision a point is about, as it stood in the point's round."""
    unknown = {"eid": point.wid, "wid": point.wid, "number": {"en": point.wid}, "heading": None}
    return provisions.get(point.wid) or unknown


def versions(point: Point, part: str) -> dict[str, str]:
    """One part of a point (text, wording, reason) in its original language and others."""
    translated = {tag: each.get(part, "") for tag, each in point.translations.items()}
    found = {**translated, point.language: getattr(point, part)}
    return {tag: words for tag, words in found.items() if words}


def _provisions(round_id: str) -> dict[str, Provision]:
    of = db.session.get_one(Round, round_id)
    if of.revision_id is None:
        return {}
    return {each.wid: each for each in revision(of.revision_id).provisions}


def _shown(
    point: Point, organisation: Organisation | None, provisions: Mapping[str, Provision]
) -> dict[str, Any]:
    runs, language = _proposed(point, provisions.get(point.wid))
    return {
        "id": point.id,
        "label": point.label or None,
        "author": author(organisation) if organisation else None,
        "same_for": 1,
        "provision": provision_of(point, provisions),
        "paragraph": point.paragraph,
        "position": point.position,
        "type": point.type,
        "status": point.status,
        "group": None,
        "language": point.language,
        "text": versions(point, "text"),
        "reason": versions(point, "reason") or None,
        "read_as": point.read_as or None,
        "proposed": runs,
        "proposed_language": language,
        "endorsements": len(point.endorsements),
        "reply": None,
    }


def _unreviewed(points: Sequence[Point]) -> set[str]:
    """Those that the reader gets in a translation that nobody reviewed yet."""
    translated = {
        each.id: (each, language)
        for each in points
        for language in (pick(versions(each, "text"), reading_language())[1],)
        if language != each.language
    }
    drafted = {
        key
        for key, (each, language) in translated.items()
        if each.translations.get(language, {}).get("status", REVIEWED) != REVIEWED
    }
    sources = {f"point:{key}:text": each.text for key, (each, _) in translated.items()}
    rounds = {each.round_id for each, _ in translated.values()}
    for consultation_id in {db.session.get_one(Round, key).consultation_id for key in rounds}:
        found = not_reviewed(consultation_id, sources, reading_language())
        drafted |= {name.split(":")[1] for name in found}
    return drafted


def _proposed(
    point: Point, provision: Provision | None
) -> tuple[tuple[Run, ...] | None, str | None]:
    """The proposed wording against the text of the same language; the original where it lacks."""
    wordings = versions(point, "wording")
    comparable = _in(wordings, provision.text if provision else {})
    if not wordings:
        return None, None
    words, language = pick(comparable or wordings, reading_language())
    current = provision.text.get(language, "") if provision else ""
    return surroundings(proposed(current, point.paragraph, words)), language


def _in(texts: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    return {tag: words for tag, words in texts.items() if tag in languages}
