"""The organisations, what they said, and the institution's replies."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consultations.accounts.models import Account
from consultations.comments.models import HIDDEN, PUBLISHED, WAITING, Endorsement, Point
from consultations.db import db
from consultations.demonstration.content import comments, proposed, read
from consultations.demonstration.setting import paragraph, revisions
from consultations.drafts.models import Provision
from consultations.moderation.models import Decision
from consultations.participants.models import Organisation
from consultations.participants.services import organisation_named
from consultations.replies.models import AnsweredPoint, Reply
from consultations.rounds.models import Consultation, Round

Organisations = Mapping[str, Organisation]
Provisions = Mapping[str, Provision]


def add_organisations() -> dict[str, Organisation]:
    """The forty organisations, each under its name in its own language, by their slugs."""
    written = read("organisations")
    added = {}
    for each in written["organisations"]:
        organisation = organisation_named(each["name"][each["language"]])
        organisation.names = each["name"]
        organisation.country = written["states"][each["state"]]
        organisation.kind = each["type"]
        added[each["slug"]] = organisation
    return added


def speak(of: Consultation, organisations: Organisations, *, by: Account, at: datetime) -> None:
    """All points of organisations: those of round 1 with replies, those of round 2 as they wait."""
    first, revised = ({each.eid: each for each in r.provisions} for r in revisions(of))
    answered, open_now = of.rounds
    for written in comments():
        point = _add_point(answered, written, organisations, first[written["provision"]])
        _decide(point, written, by=by, at=at)
        reply(of, written, [point], revised, by=by)
    for written in read("round-2")["points"]:
        point = _add_point(open_now, written, organisations, revised[written["provision"]])
        _decide(point, written, by=by, at=at)


def reply(
    of: Consultation,
    written: Mapping[str, Any],
    points: list[Point],
    revised: Provisions,
    *,
    by: Account,
) -> None:
    """One disposition and reply to all these points, with the words that came of them."""
    result = written.get("result") or {}
    came_of_it = revised[result["provision"]] if result else None
    db.session.add(
        Reply(
            consultation_id=of.id,
            account_id=by.id,
            disposition=written["disposition"],
            text=written["reply"],
            resulting_wid=came_of_it.wid if came_of_it else None,
            resulting_text=paragraph(came_of_it, result["paragraph"]) if came_of_it else {},
            dated=read("calendar")["replies-1"],
            answered=[AnsweredPoint(point_id=each.id) for each in points],
        )
    )


def _add_point(
    to: Round, written: Mapping[str, Any], organisations: Organisations, provision: Provision
) -> Point:
    language = next(iter(written["comment"]))
    wording = _wording(written, provision)
    others = [each for each in written["comment"] if each != language]
    point = Point(
        round_id=to.id,
        wid=provision.wid,
        status=written.get("status", PUBLISHED),
        label=written["id"],
        organisation_id=organisations[written["organisation"]].id,
        language=language,
        received_on=to.opens,
        paragraph=str(written.get("paragraph", "")),
        position=written["position"],
        type=written["type"],
        text=written["comment"][language],
        wording=wording.get(language, ""),
        reason=written.get("reason", {}).get(language, ""),
        translations={
            other: {
                "text": written["comment"][other],
                "wording": wording.get(other, ""),
                "reason": written.get("reason", {}).get(other, ""),
                "status": "reviewed",
            }
            for other in others
        },
        endorsements=[
            Endorsement(organisation_id=organisations[slug].id)
            for slug in written.get("joined_by", ())
        ],
    )
    db.session.add(point)
    db.session.flush()
    return point


def _wording(written: Mapping[str, Any], provision: Provision) -> dict[str, str]:
    """The proposed text of the whole paragraph, per language."""
    changes = written.get("wording", {})
    if not changes:
        return {}
    current = paragraph(provision, written["paragraph"])
    return {language: proposed(current[language], each) for language, each in changes.items()}


def _decide(point: Point, written: Mapping[str, Any], *, by: Account, at: datetime) -> None:
    if point.status == WAITING:
        return
    because = written["hidden_because"][point.language] if point.status == HIDDEN else ""
    db.session.add(
        Decision(point_id=point.id, account_id=by.id, at=at, action=point.status, reason=because)
    )
