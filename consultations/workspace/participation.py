"""Who is still missing, in words: participation so far against the population."""

from typing import Any

from flask_babel import gettext, ngettext

from consultations.analysis.participation import (
    Participation,
    Taking,
    participation_for_the_team,
)
from consultations.figures import number
from consultations.i18n import page_language, shell_language
from consultations.rounds.models import Consultation, Round
from consultations.rounds.plan import declared_dimensions
from consultations.texts import in_language

ABOUT = 2.0
"""Points of difference that count as about as many."""


def participation(about: Consultation, of: Round) -> dict[str, Any] | None:
    """{groups, base, prospects} for the dashboard; None while too few have answered."""
    found = participation_for_the_team(about, of)
    if not found.individuals:
        return None
    return {
        "groups": [_shown(each, found.individuals) for each in found.groups],
        "base": _base(about, found.individuals, found.step),
        "prospects": _prospects(found),
    }


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


def _shown(group: Taking, individuals: int) -> dict[str, Any]:
    share = 100 * group.count / individuals if group.count else None
    reference = None if group.reference_share is None else 100 * group.reference_share
    return {
        "label": in_language(group.label, page_language()),
        "share": share,
        "reference_share": reference,
        "said": _compared(share, reference),
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
        f"\u2068{each.reference.source}\u2069"
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
