"""What looks unusual among a round's answers, in words and in steps: for the team alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext

from consultations.clock import today
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.queries import questionnaire
from consultations.rounds.models import Consultation, Round
from consultations.rounds.plan import declared_policy
from consultations.submissions.marks import ADDRESS, ALIKE, BURST, HONEYPOT, MARKS, REPEATED, TOKEN
from consultations.submissions.patterns import Arrival, Patterns, patterns
from consultations.submissions.queries import submissions_of
from consultations.words import N_

THROUGH_THE_WEB = ("web", "offline")
WORDS = ("text", "long_text")

SAID = {
    HONEYPOT: (
        N_("A hidden field was filled in"),
        N_(
            "Programs that fill in every field of a form do this. Rarely, an add-on that completes "
            "forms does it for a person."
        ),
    ),
    ADDRESS: (
        N_("Many answers from one address"),
        N_(
            "More answers than usual came from one internet address in a day. A village, a school "
            "or an office often shares one."
        ),
    ),
    TOKEN: (
        N_("The same form, sent with other answers"),
        N_(
            "Only the first answers count, once. Whoever goes back in the browser to change "
            "something does this as well."
        ),
    ),
    BURST: (
        N_("On an unusual day"),
        N_(
            "Far more answers came that day than on the days around it. The day of a broadcast or "
            "a meeting looks the same."
        ),
    ),
    REPEATED: (
        N_("The same answers to everything on one day"),
        N_(
            "Far oftener than on the other days. People who talked before they answered look the "
            "same."
        ),
    ),
    ALIKE: (
        N_("Nearly the same words"),
        N_(
            "Many wrote nearly the same text. A campaign that hands out a text looks the same, and "
            "its members are people."
        ),
    ),
}
"""For each mark what was noticed, and what it can mean beside machines."""


def unusual(about: Consultation, of: Round) -> dict[str, Any]:
    """{step, everyone, rest, marks, days} for the page: every count in steps of the threshold.

    Days that are not over are left out, so the counts move once a day.
    """
    step = declared_policy(about.policy).threshold
    found = _found(of, today(about.time_zone), step)
    everyone = _floor(found.everyone, step)
    return {
        "step": step,
        "everyone": everyone,
        "rest": everyone - _floor(found.any_mark, step),
        "marks": [
            {
                "label": gettext(SAID[mark][0]),
                "meaning": gettext(SAID[mark][1]),
                "count": _floor(found.marked[mark], step),
                "others": everyone - _floor(found.marked[mark], step),
            }
            for mark in MARKS
        ],
        "days": [
            {"day": day, "count": _floor(count, step), "unusual": day in found.unusual_days}
            for day, count in sorted(found.days.items(), reverse=True)
        ],
    }


def _found(of: Round, day: date, step: int) -> Patterns:
    """The patterns of a round on a day, worked out once."""
    kept: dict[str, tuple[tuple[date, int], Patterns]] = current_app.extensions.setdefault(
        "patterns", {}
    )
    if of.id not in kept or kept[of.id][0] != (day, step):
        kept[of.id] = ((day, step), _patterns(of, day, step))
    return kept[of.id][1]


def _patterns(of: Round, day: date, step: int) -> Patterns:
    version = of.questionnaire_version_id
    questions = questionnaire(version).questions if version else ()
    return patterns(
        _arrivals(of, day),
        closed=[each.name for each in questions if KINDS[each.kind].counted],
        texts=[each.name for each in questions if each.kind in WORDS],
        at_least=step,
    )


def _arrivals(of: Round, day: date) -> Iterator[Arrival]:
    for each in submissions_of(of.id):
        over = each.received_on is not None and each.received_on < day
        if over and each.channel in THROUGH_THE_WEB:
            yield Arrival(each.received_on, each.marks, each.answers)


def _floor(count: int, step: int) -> int:
    return count // step * step
