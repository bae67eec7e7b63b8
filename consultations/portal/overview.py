"""A consultation's own page: where things stand, who was heard, what changed because of people."""

from typing import Any

from consultations.drafts.models import Provision
from consultations.drafts.queries import provision_at, provision_known_as, revision
from consultations.drafts.rendering import difference
from consultations.errors import NotFound
from consultations.i18n import page_language, reading_language
from consultations.portal.home import days_left, report_address
from consultations.replies.queries import progress_of
from consultations.reports.models import Report
from consultations.reports.page import heard_shown
from consultations.reports.queries import report_of, reports_of
from consultations.reports.standing import numbers_shown
from consultations.reports.told import Told
from consultations.rounds.models import Consultation, Round
from consultations.rounds.plan import declared_policy
from consultations.rounds.queries import open_round
from consultations.submissions.form import answer_form
from consultations.texts import pick


def overview(about: Consultation) -> dict[str, Any]:
    """Everything the consultation's page shows beside its own texts."""
    published = reports_of(about.id)
    return {
        "open_round": open_round_shown(about),
        "threshold": declared_policy(about.policy).threshold,
        "rounds": [_round(about, each) for each in about.rounds],
        "latest_report_url": report_address(about, published[0]) if published else None,
        "heard_so_far": _heard(published[0]) if published else None,
        "changes": [change for each in about.rounds for change in _changes(each)],
    }


def _heard(report: Report) -> dict[str, Any]:
    return {"groups": heard_shown(Told(numbers_shown(report), page_language()))}


def open_round_shown(about: Consultation) -> dict[str, Any] | None:
    """Until when the open round takes answers, and how long answering takes."""
    of = open_round(about)
    if of is None:
        return None
    return {
        "closes": of.closes,
        "days_left": None if of.held_open else days_left(about, of.closes),
        "minutes": answer_form(about, of).minutes if of.questionnaire_version_id else None,
    }


def _round(about: Consultation, of: Round) -> dict[str, Any]:
    report = report_of(of.id)
    heard = numbers_shown(report)["coverage"] if report else None
    points, replied = progress_of(of.id)
    return {
        "title": of.title,
        "stage": of.stage,
        "opens": of.opens,
        "closes": of.closes,
        "individuals": heard["individuals"] if heard else None,
        "organisations": (heard["organisations"] or None) if heard else None,
        "points": points or None,
        "replied": replied if points else None,
        "report_url": report_address(about, report) if report else None,
    }


def _changes(of: Round) -> list[dict[str, Any]]:
    """What was done with the input of a round, with the words that changed."""
    return [_change(of, each) for each in of.outcome]


def _change(of: Round, entry: dict[str, Any]) -> dict[str, Any]:
    before, language = pick(entry["before"], reading_language())
    after = pick(entry["after"], language)[0]
    return {
        "provision": _provision(of, entry["provision"]),
        "disposition": entry.get("disposition"),
        "language": language,
        "runs": difference(before, after),
        "asked_by": entry.get("asked_by"),
        "why": entry.get("why"),
        "not_taken_up": entry.get("not_taken_up"),
    }


def _provision(of: Round, name: str) -> Provision | None:
    if of.revision_id is None:
        return None
    current = revision(of.revision_id)
    known = provision_known_as(current, name)
    try:
        return known or provision_at(current, name)
    except NotFound:
        return None
