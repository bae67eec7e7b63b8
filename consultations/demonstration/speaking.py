"""The organisations, what they said, and the institution's replies."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from consultations.accounts.models import Account
from consultations.comments.models import HIDDEN, PUBLISHED, Endorsement, Point
from consultations.db import db
from consultations.demonstration.content import comments, moment, proposed, read
from consultations.demonstration.setting import paragraph, revisions
from consultations.drafts.models import Provision
from consultations.moderation.services import hide, publish
from consultations.participants.models import Organisation
from consultations.participants.services import organisation_named
from consultations.replies.models import AnsweredPoint, Reply
from consultations.rounds.models import Consultation, Round
from consultations.rounds.services import day_at

Organisations = Mapping[str, Organisation]
Provisions = Mapping[str, Provision]
Heard = list[tuple[Mapping[str, Any], Point]]
"""Points of organisations, each beside what is written of it in `content/`."""


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


def speak(of: Consultation, organisations: Organisations, *, by: Account) -> Heard:
    """The organisations' points on the first draft, published and each with its reply."""
    first, revised = ({each.eid: each for each in r.provisions} for r in revisions(of))
    heard = _add_points(of.rounds[0], list(comments()), organisations, first, of.rounds[0].closes)
    for written, point in heard:
        publish(point, by=by.id, at=moment("comments-1"))
        reply(of, written, [point], revised, by=by)
    return heard


def speak_again(
    of: Consultation, organisations: Organisations, *, by: Account, at: datetime
) -> None:
    """Their points on the revised draft: some published, some waiting, one hidden."""
    open_now = of.rounds[1]
    revised = {each.eid: each for each in revisions(of)[1].provisions}
    written = read("round-2")["points"]
    yesterday = day_at(of, at) - timedelta(days=1)
    for each, point in _add_points(open_now, written, organisations, revised, yesterday):
        if each["status"] == PUBLISHED:
            publish(point, by=by.id, at=moment("comments-2"))
        elif each["status"] == HIDDEN:
            hide(point, each["hidden_because"][point.language], by=by.id, at=moment("comments-2"))


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


def _add_points(
    to: Round,
    all_written: list[dict[str, Any]],
    organisations: Organisations,
    provisions: Provisions,
    last: date,
) -> Heard:
    """The points, received day by day up to the last."""
    first = to.opens
    days = max((last - first).days, 0)
    return [
        (written, _add_point(to, written, organisations, provisions, first + timedelta(days=day)))
        for place, written in enumerate(all_written)
        for day in (days * (place + 1) // len(all_written),)
    ]


def _add_point(
    to: Round,
    written: Mapping[str, Any],
    organisations: Organisations,
    provisions: Provisions,
    received_on: date,
) -> Point:
    language = next(iter(written["comment"]))
    provision = provisions[written["provision"]]
    wording = _wording(written, provision)
    reason = written.get("reason", {})
    point = Point(
        round_id=to.id,
        wid=provision.wid,
        organisation_id=organisations[written["organisation"]].id,
        language=language,
        received_on=received_on,
        paragraph=str(written.get("paragraph", "")),
        position=written["position"],
        type=written["type"],
        text=written["comment"][language],
        wording=wording.get(language, ""),
        reason=reason.get(language, ""),
        translations={
            other: {
                "text": text,
                "wording": wording.get(other, ""),
                "reason": reason.get(other, ""),
                "status": "reviewed",
            }
            for other, text in written["comment"].items()
            if other != language
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
