"""The home page: which consultations are open, and what came of past ones."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for

from consultations.clock import today
from consultations.i18n import page_language
from consultations.reports.models import Report
from consultations.reports.queries import reports_of
from consultations.reports.sentences import title
from consultations.reports.standing import numbers_shown
from consultations.reports.told import Told
from consultations.rounds.models import Consultation
from consultations.rounds.queries import open_round
from consultations.submissions.form import answer_form


def listed(found: Iterable[Consultation]) -> dict[str, list[dict[str, Any]]]:
    """{open, past}: every consultation as the home page shows it."""
    shown = [(open_round(each) is not None, _shown(each)) for each in found]
    return {
        "open": [each for is_open, each in shown if is_open],
        "past": [each for is_open, each in shown if not is_open],
    }


def days_left(about: Consultation, closes: date) -> int:
    """How many days are left after today, where the consultation's midnight counts."""
    return max(0, (closes - today(about.time_zone)).days)


def report_address(about: Consultation, found: Report) -> str:
    """The address of the report that stands of a round."""
    return url_for("reports.report", slug=about.slug, report_id=found.numbers["round"])


def _past(about: Consultation, last: date | None) -> date | None:
    """The last day, once it is over: a round closed early does not name a day to come."""
    return last if last and last < today(about.time_zone) else None


def _shown(about: Consultation) -> dict[str, Any]:
    of = open_round(about)
    last = max((each.closes for each in about.rounds), default=None)
    published = reports_of(about.id)
    report = published[0] if published else None
    return {
        "slug": about.slug,
        "title": about.title,
        "summary": about.summary,
        "organizer": about.organizer,
        "closes": of.closes if of else _past(about, last),
        "days_left": days_left(about, of.closes) if of and not of.held_open else None,
        "minutes": answer_form(about, of).minutes if of and of.questionnaire_version_id else None,
        "report_url": report_address(about, report) if report else None,
        "finding": title(Told(numbers_shown(report), page_language())) if report else None,
    }
