"""What a round can expect: how long answering takes, how many people each provision meets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from consultations.analysis.declared import table_plan
from consultations.analysis.participation import reference_share
from consultations.analysis.plan import GROUP, TablePlan
from consultations.codebook import Texts
from consultations.questionnaires.duration import LONG
from consultations.questionnaires.expected import Expected, chances, expected
from consultations.questionnaires.queries import last_version, logic, questionnaire
from consultations.rounds.models import Round
from consultations.submissions.form import AnswerForm
from consultations.words import N_

if TYPE_CHECKING:
    from consultations.analysis.forecasting import Outlook

GROUP_QUESTIONS = 5
"""Questions about the person, at most; the six of a battery count as one."""

PARTICIPANTS = 1_000
"""As many are expected where the organizer does not say."""

MOST_PARTICIPANTS = 10_000_000


@dataclass(frozen=True)
class Caution:
    """Something to think over before a round opens; `message` is translated with `values`."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values


def cautions(of: Round) -> Iterator[Caution]:
    """What makes people give up, as far as the questionnaire tells."""
    form = _form(of)
    if form is None:
        return
    if form.minutes > LONG:
        yield Caution(
            N_(
                "Answering takes about %(minutes)s minutes on a phone. Over %(limit)s minutes twice"
                " as many people give up: ask each person about fewer articles, or ask less."
            ),
            {"minutes": form.minutes, "limit": LONG},
        )
    count = len(form.questionnaire.feeding)
    if count > GROUP_QUESTIONS:
        yield Caution(
            N_(
                "%(count)s questions are about the person. More than %(limit)s make people give"
                " up or lie: leave out the dimensions you can do without."
            ),
            {"count": count, "limit": GROUP_QUESTIONS},
        )


def cells_forecast(of: Round, participants: int) -> list[dict[str, Any]]:
    """What the report would show of its tables: {labels, rows} by dimension, groups, crossing.

    A row is {label (None for a crossing as a whole), alone, merged, gap}: what per cent of the
    planned cells is likely to be shown as planned, merged, or not at all.
    """
    from consultations.analysis.forecasting import outlook  # heavy: docs/decisions/0013

    form = _form(of)
    if form is None:
        return []
    plan = table_plan(of.consultation, form.questionnaire)
    labels = {each.name: each.label for each in plan.dimensions}
    parts: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for each in outlook(plan, participants, _asked(form)):
        shares = zip(("alone", "merged", "gap"), whole_percents(each), strict=True)
        parts.setdefault(each.by, []).append({"label": _label(plan, each), **dict(shares)})
    return [
        {"labels": [labels[name] for name in by if name in labels], "rows": rows}
        for by, rows in parts.items()
    ]


def whole_percents(each: "Outlook") -> tuple[int, int, int]:
    """Shown as planned, merged, not shown: in whole per cent that add up to a hundred."""
    alone, gap = round(100 * each.alone), round(100 * each.gap)
    return alone, 100 - alone - gap, gap


def _label(plan: TablePlan, each: "Outlook") -> Texts | None:
    if not each.codes:
        return None
    if each.by == (GROUP,):
        return next(group.label for group in plan.groups if group.code == each.codes[0])
    dimension = next(one for one in plan.dimensions if one.name == each.by[0])
    return next(one.label for one in dimension.categories if one.code == each.codes[0])


def _asked(form: AnswerForm) -> dict[str, float]:
    """Question -> how likely a participant is asked it, as provisions are drawn."""
    drawn = {each.provision: each for each in chances(form.questionnaire, **form.amounts)}
    return {
        each.name: drawn[each.about].position
        if each.role == "position"
        else drawn[each.about].in_depth
        for each in form.questionnaire.questions
        if each.about in drawn
    }


def forecast(of: Round, participants: int) -> dict[str, Any] | None:
    """How long answering takes, and how many people of each group are asked about what.

    Provisions with the same chance stand together in `parts`: {provisions, groups}, a group being
    {label (None for everyone), positions, in_depth} with what is `Expected`.
    """
    form = _form(of)
    if form is None:
        return None
    plan = table_plan(of.consultation, form.questionnaire)
    shares = [(None, 1.0), *_shares(plan)]

    def people(chance: float, share: float) -> Expected:
        return expected(chance, share, participants, minimum_base=plan.policy.minimum_base)

    parts = [
        {
            "provisions": [form.provisions[eid] for eid in eids if eid in form.provisions],
            "groups": [
                {
                    "label": label,
                    "positions": people(position, share) if position else None,
                    "in_depth": people(in_depth, share) if in_depth else None,
                }
                for label, share in shares
            ],
        }
        for (position, in_depth), eids in _alike(form).items()
    ]
    return {
        "minutes": form.minutes,
        "participants": participants,
        "minimum_base": plan.policy.minimum_base,
        "parts": parts,
    }


def _form(of: Round) -> AnswerForm | None:
    """The form that a round asks, or would ask if it opened now."""
    version = of.questionnaire_version_id
    if version is None:
        latest = last_version(of.consultation.id)
        version = latest.id if latest else None
    if version is None:
        return None
    return AnswerForm(of.consultation, of, questionnaire(version), logic(version))


def _alike(form: AnswerForm) -> Mapping[tuple[float, float], list[str]]:
    """Chance for a position and in depth -> the provisions that have both."""
    alike: dict[tuple[float, float], list[str]] = {}
    for each in chances(form.questionnaire, **form.amounts):
        alike.setdefault((each.position, each.in_depth), []).append(each.provision)
    return alike


def _shares(plan: TablePlan) -> Iterator[tuple[Texts, float]]:
    """Groups, or where none are declared categories, whose share of the population is known."""
    dimensions = {each.name: each for each in plan.dimensions}
    groups = [(each.label, reference_share(each, dimensions)) for each in plan.groups] or [
        (category.label, dimension.reference.shares.get(category.code))
        for dimension in plan.dimensions
        if dimension.reference
        for category in dimension.categories
    ]
    return ((label, share) for label, share in groups if share)
