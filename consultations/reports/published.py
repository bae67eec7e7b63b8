"""What is published beside the tables: positions of organisations, wordings, dispositions."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from consultations.comments.models import COMMENT, PUBLISHED, Point
from consultations.comments.queries import points_of
from consultations.drafts.models import Provision
from consultations.drafts.queries import revision
from consultations.participants.queries import organisations
from consultations.replies.models import Reply
from consultations.replies.queries import replies_to, themes_of
from consultations.reports.numbers import provision_words
from consultations.rounds.models import Round


def positions_of_organisations(of: Round) -> tuple[dict[str, dict[str, int]], int]:
    """How many named organisations published which position on which provision (by eId).

    An organisation counts once on a provision, with the position of its first point there.
    Returns these counts and how many organisations spoke at all.
    """
    current = {each.wid: each.eid for each in _provisions(of)}
    taken: dict[tuple[str, str], str] = {}
    for point in _published(of):
        if point.organisation_id and point.wid in current:
            taken.setdefault((point.wid, point.organisation_id), point.position)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for (wid, _), position in sorted(taken.items()):
        counts[current[wid]][position] += 1
    speakers = {point.organisation_id for point in _published(of) if point.organisation_id}
    return {eid: dict(each) for eid, each in counts.items()}, len(speakers)


def published_on_provisions(of: Round) -> list[dict[str, Any]]:
    """For every provision: its themes, proposed wordings, and dispositions of published points.

    Themes come without a number of people: how many citizens said something is not published.
    """
    points = _published(of)
    replies = replies_to([each.id for each in points])
    names = organisations({each.organisation_id for each in points if each.organisation_id})
    themes = themes_of(of)
    return [
        {
            **provision_words(provision),
            "positions": [],
            "themes": themes.get(provision.wid, []),
            "proposed_wordings": [
                {
                    "point": each.label,
                    "organisation": names[each.organisation_id].name,
                    "position": each.position,
                    "language": each.language,
                    "wording": each.wording,
                }
                for each in points
                if each.wid == provision.wid and each.wording and each.organisation_id
            ],
            "dispositions": _dispositions(
                replies.get(each.id) for each in points if each.wid == provision.wid
            ),
        }
        for provision in _provisions(of)
    ]


def _provisions(of: Round) -> list[Provision]:
    return revision(of.revision_id).provisions if of.revision_id else []


def _published(of: Round) -> list[Point]:
    found = [each for each in points_of(of.id) if each.status == PUBLISHED]
    return sorted((each for each in found if each.origin == COMMENT), key=lambda each: each.label)


def _dispositions(replies: Iterable[Reply | None]) -> list[dict[str, Any]]:
    counts = Counter(each.disposition for each in replies if each is not None)
    return [{"code": code, "count": count} for code, count in sorted(counts.items())]
