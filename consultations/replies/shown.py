"""Points with their replies as pages show them, to everyone or to the team."""

from collections.abc import Sequence
from typing import Any

from consultations.comments.models import Point
from consultations.comments.shown import comments_shown
from consultations.comments.wording import replaced, stood_before, surroundings
from consultations.drafts.models import Revision
from consultations.drafts.queries import provision_known_as, revisions_of
from consultations.drafts.rendering import Run, difference, plain
from consultations.i18n import page_language
from consultations.languages.queries import not_reviewed
from consultations.replies.models import Reply
from consultations.replies.queries import answered_together, replies_to
from consultations.rounds.models import Consultation
from consultations.texts import pick
from consultations.themes.queries import themes_on


def points_shown(
    points: Sequence[Point], about: Consultation, *, team: bool = False
) -> list[dict[str, Any]]:
    """The points with their themes and replies.

    For everyone, points answered together are counted only as far as they are published.
    """
    keys = [each.id for each in points]
    replies, themes = replies_to(keys), themes_on(keys)
    counts = answered_together({each.id for each in replies.values()}, published=not team)
    drafts = revisions_of(about.id)
    shown = comments_shown(points)
    for each in shown:
        carried = themes.get(each["id"], [])
        each["themes"] = [theme.label for theme in carried] or None
        each["read_as"] = each["read_as"] or next((t.read_as for t in carried if t.read_as), None)
        reply = replies.get(each["id"])
        each["reply"] = _shown(reply, about, drafts, counts.get(reply.id, 1)) if reply else None
    _mark_unreviewed(
        about,
        [
            (replies[key], each["reply"])
            for key, each in zip(keys, shown, strict=True)
            if key in replies
        ],
    )
    return shown


def reply_shown(reply: Reply, about: Consultation) -> dict[str, Any]:
    """One reply, for everyone."""
    counts = answered_together([reply.id], published=True)
    shown = _shown(reply, about, revisions_of(about.id), counts.get(reply.id, 1))
    _mark_unreviewed(about, [(reply, shown)])
    return shown


def _mark_unreviewed(about: Consultation, replies: Sequence[tuple[Reply, dict[str, Any]]]) -> None:
    """Say of each reply whether the reader gets it in a translation nobody reviewed yet."""
    language = page_language()
    sources = {
        f"reply:{reply.id}:text": reply.text.get(about.source_language, "")
        for reply, _ in replies
        if language in reply.text and language != about.source_language
    }
    found = not_reviewed(about.id, sources, language)
    for reply, shown in replies:
        shown["unreviewed"] = f"reply:{reply.id}:text" in found


def _shown(
    reply: Reply, about: Consultation, drafts: Sequence[Revision], same_for: int
) -> dict[str, Any]:
    runs, language = _resulting(reply, drafts)
    return {
        "disposition": reply.disposition,
        "text": reply.text,
        "by": about.organizer,
        "dated": reply.dated,
        "same_for": same_for,
        "resulting": runs,
        "resulting_language": language,
    }


def _resulting(
    reply: Reply, drafts: Sequence[Revision]
) -> tuple[tuple[Run, ...] | None, str | None]:
    """The words that came of it, against the revision before them."""
    if not reply.resulting_text or not reply.resulting_wid:
        return None, None
    words, language = pick(reply.resulting_text, page_language())
    before = after = ""
    for draft in drafts:
        provision = provision_known_as(draft, reply.resulting_wid)
        text = provision.text.get(language, "") if provision else ""
        if plain(words) in plain(text):
            after = text
            break
        before = text or before
    earlier = stood_before(before, after, plain(words))
    if earlier is None:
        return surroundings(replaced(before, words)), language
    return surroundings(difference(earlier, words)), language
