"""Who has taken part and who is still missing, in words and bars, for the team."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from flask_babel import gettext, ngettext

from consultations import figures
from consultations.analysis.participation import (
    Participation,
    Taking,
    participation_for_the_team,
)
from consultations.figures import number
from consultations.i18n import page_language, shell_language
from consultations.portal.models import OutreachVisit
from consultations.portal.queries import tags_of
from consultations.reports.labels import CHANNELS, ENTRIES
from consultations.rounds.models import Consultation, Round
from consultations.rounds.plan import declared_dimensions
from consultations.texts import in_language
from consultations.web.templating import language_name

ABOUT = 2.0
"""Points of difference that count as about as many."""

MOST_DAYS = 31
"""Days told one by one; a longer time is told by weeks."""


@dataclass(frozen=True)
class Period:
    """A day or a week: its last day, individuals by its end, how many more than before it.

    share: the growth in per cent of the largest.
    """

    day: date
    by_then: int
    more: int
    share: float


def participation(about: Consultation, of: Round) -> dict[str, Any] | None:
    """{step, groups, base, prospects} for the dashboard; None while too few have answered."""
    found = participation_for_the_team(about, of)
    if not found.individuals:
        return None
    return {
        "step": found.step,
        "groups": [_shown(each, found, of) for each in found.groups],
        "base": _base(about, found.individuals, found.step),
        "prospects": _prospects(found),
    }


def participation_page(about: Consultation, of: Round) -> dict[str, Any]:
    """All that the page about participation shows; `individuals` is 0 while too few answered."""
    found = participation_for_the_team(about, of)
    partners = tags_of(about)
    return {
        "counted_on": found.counted_on,
        "step": found.step,
        "individuals": found.individuals,
        "organisations": found.organisations,
        "periods": periods(found.days),
        "weekly": len(found.days) > MOST_DAYS,
        "groups": [
            {**_shown(each, found, of), "partners": list(_reaching(each, partners))}
            for each in found.groups
        ],
        "dimensions": [
            {"label": each.label, "rows": [_shown(one, found, of) for one in several]}
            for each, several in found.dimensions
        ],
        "ways": [
            _counted(title, counts, words, found)
            for title, counts, words in (
                (gettext("Channel"), found.channels, CHANNELS),
                (gettext("Language"), found.languages, {}),
                (gettext("Way in"), found.entries, ENTRIES),
            )
            if words is not ENTRIES or len(counts) > 1
        ],
        "base": _base(about, found.individuals, found.step) if found.individuals else None,
        "prospects": _prospects(found) if found.individuals else None,
    }


def periods(days: Sequence[tuple[date, int]]) -> list[Period]:
    """Days with answers, the last first; weeks where there are many days."""
    last = dict(days)
    if len(days) > MOST_DAYS:
        last = {day: count for day, count in days if _ends_week(day, days)}
    found, before = [], 0
    most = max((b - a for a, b in zip([0, *last.values()], last.values(), strict=False)), default=0)
    for day, by_then in last.items():
        more = by_then - before
        found.append(Period(day, by_then, more, 100 * more / most if most else 0.0))
        before = by_then
    return found[::-1]


def _ends_week(day: date, days: Sequence[tuple[date, int]]) -> bool:
    """Whether it is the last of the days in its week."""
    week = day.isocalendar()[:2]
    return day == max(other for other, _ in days if other.isocalendar()[:2] == week)


def _reaching(group: Taking, partners: Sequence[OutreachVisit]) -> Iterator[dict[str, str]]:
    return (
        {"name": each.partner, "tag": each.tag} for each in partners if group.code in each.reaches
    )


def _counted(
    title: str, counts: Mapping[str, int], words: Mapping[str, str], found: Participation
) -> dict[str, Any]:
    """A breakdown that has no reference: {title, rows}, the largest first."""
    rows = [
        {
            "label": gettext(words[code]) if code in words else language_name(code),
            "count": count,
            "share": 100 * count / found.individuals if count else None,
        }
        for code, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    ]
    return {"title": title, "rows": rows}


def _prospects(found: Participation) -> str:
    """What the report could show by group if the round ended now."""
    small = [each for each in found.categories if each.count < found.minimum_base]
    total = len(found.categories)
    if not small:
        return str(gettext("All %(total)s groups are large enough to be shown.", total=total))
    return str(
        gettext(
            "Of %(total)s groups, %(enough)s are large enough to be shown by now. Merged or hidden "
            "would be: %(names)s.",
            total=total,
            enough=total - len(small),
            names=gettext(", ").join(in_language(each.label, page_language()) for each in small),
        )
    )


def wanted(group: Taking, target: int | None, minimum: int) -> int:
    """How many of a group the team wants: its part of the target, and enough to be shown."""
    part = ceil(target * group.reference_share) if target and group.reference_share else 0
    return max(part, minimum)


def _shown(group: Taking, found: Participation, of: Round) -> dict[str, Any]:
    share = 100 * group.count / found.individuals if group.count else None
    reference = None if group.reference_share is None else 100 * group.reference_share
    aim = wanted(group, of.target, found.minimum_base)
    return {
        "label": in_language(group.label, page_language()),
        "count": group.count,
        "share": share,
        "reference_share": reference,
        "said": _compared(share, reference),
        "wanted": aim,
        "missing": max(aim - group.count, 0),
    }


def _compared(share: float | None, reference: float | None) -> str:
    if reference is None:
        return ""
    short = round(reference - (share or 0))
    if abs(short) <= ABOUT:
        return str(gettext("about as many"))
    if short > 0:
        return str(ngettext("%(num)s point short", "%(num)s points short", short))
    return str(ngettext("%(num)s point more", "%(num)s points more", -short))


def _base(about: Consultation, individuals: int, step: int) -> Any:
    count = number(individuals, shell_language(page_language()).replace("-", "_"))
    sources = {
        figures.kept_together(each.reference.source)
        for each in declared_dimensions(about.plan)
        if each.reference and each.reference.source
    }
    if not sources:
        return gettext("Of %(count)s people so far, in steps of %(step)s.", count=count, step=step)
    return gettext(
        "Of %(count)s people so far, in steps of %(step)s; the mark is the share in the "
        "population (%(sources)s).",
        count=count,
        step=step,
        sources="; ".join(sorted(sources)),
    )
