"""Points with their replies, as the templates take them."""

from collections.abc import Sequence
from typing import Any

from consultations.comments.models import Point
from consultations.drafts.models import Provision
from consultations.drafts.queries import provision_known_as, revision
from consultations.drafts.rendering import difference
from consultations.i18n import page_language, pick
from consultations.participants.models import Organisation
from consultations.participants.queries import organisations
from consultations.replies.models import Reply
from consultations.replies.queries import replies_to
from consultations.rounds.models import Consultation


def points_shown(points: Sequence[Point], of: Consultation) -> list[dict[str, Any]]:
    """Points in the reader's language, the original beside it, each with its reply."""
    replies = replies_to([each.id for each in points])
    names = organisations({each.organisation_id for each in points if each.organisation_id})
    current = {each.id: each.revision_id for each in of.rounds}
    return [
        _point(each, names, replies.get(each.id), of, current.get(each.round_id)) for each in points
    ]


def reply_shown(reply: Reply, of: Consultation) -> dict[str, Any]:
    """A reply: disposition, reason, who gave it and when, the text that came of it."""
    resulting, language = pick(reply.resulting_text, page_language())
    return {
        "disposition": reply.disposition,
        "text": reply.text,
        "by": of.organizer,
        "dated": reply.dated,
        "same_for": 1,
        "resulting": [{"text": resulting, "bracket": False, "change": ""}] if resulting else None,
        "resulting_language": language,
    }


def _point(
    point: Point,
    names: dict[str, Organisation],
    reply: Reply | None,
    of: Consultation,
    revision_id: str | None,
) -> dict[str, Any]:
    provision = provision_known_as(revision(revision_id), point.wid) if revision_id else None
    author = names.get(point.organisation_id or "")
    return {
        "id": point.id,
        "author": {"name": author.name, "language": point.language} if author else None,
        "same_for": 1,
        "provision": provision,
        "paragraph": point.paragraph,
        "position": point.position,
        "type": point.type,
        "group": None,
        "language": point.language,
        "text": _in_every_language(point, "text"),
        "reason": _in_every_language(point, "reason") or None,
        "read_as": point.read_as or None,
        "proposed": _proposed(point, provision),
        "proposed_language": point.language,
        "endorsements": len(point.endorsements),
        "reply": reply_shown(reply, of) if reply else None,
    }


def _in_every_language(point: Point, part: str) -> dict[str, str]:
    texts = {tag: each[part] for tag, each in point.translations.items() if each.get(part)}
    original = getattr(point, part)
    return {point.language: original, **texts} if original else texts


def _proposed(point: Point, provision: Provision | None) -> Any:
    if not point.wording:
        return None
    current = provision.text.get(point.language, "") if provision else ""
    return difference(current, point.wording)
