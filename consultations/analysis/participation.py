"""The one exception to protected counts: who has taken part so far, for the team alone.

Answers are counted once a day and when a round closes; what is kept is read at any size in the
same time. Nothing here says what anybody answered about the draft.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consultations.analysis.declared import table_plan
from consultations.analysis.models import ParticipationKept
from consultations.analysis.plan import CHANNEL, ENTRY, LANGUAGE
from consultations.analysis.queries import pending, token_of
from consultations.clock import today
from consultations.codebook import Dimension, Group, Texts
from consultations.db import db
from consultations.questionnaires.queries import questionnaire
from consultations.rounds.models import OPEN, Consultation, Round
from consultations.rounds.plan import declared_policy
from consultations.rounds.services import after_closing, day_at, every_day
from consultations.submissions.models import INDIVIDUAL, ORGANISATION, Submission

Counts = Mapping[str, int]

NOBODY: dict[str, Any] = {"individuals": 0, "organisations": 0, "channels": {}, "languages": {},
                          "entries": {}, "dimensions": {}, "groups": {}, "days": []}  # fmt: skip
"""What is kept while fewer than a step have answered."""


@dataclass(frozen=True)
class Taking:
    """A group that takes part: its code and label, how many so far, its share of the population."""

    code: str
    label: Texts
    count: int
    reference_share: float | None


@dataclass(frozen=True)
class Participation:
    """How many have answered so far, in all and by group.

    Every count is rounded down to a multiple of the threshold (`step`), so that looking twice
    tells of nobody who came in between. `groups` are the declared ones over categories, else
    those of the dimensions; `categories` all that answers are broken down by, by dimension; from
    `minimum_base` people on one is shown by itself. `days` are (day, individuals by its end).
    """

    counted_on: date | None
    individuals: int
    step: int
    groups: tuple[Taking, ...] = ()
    dimensions: tuple[tuple[Dimension, tuple[Taking, ...]], ...] = ()
    minimum_base: int = 0
    organisations: int = 0
    channels: Counts = field(default_factory=dict)
    languages: Counts = field(default_factory=dict)
    entries: Counts = field(default_factory=dict)
    days: tuple[tuple[date, int], ...] = ()

    @property
    def categories(self) -> tuple[Taking, ...]:
        """Those of all dimensions."""
        return tuple(each for _, several in self.dimensions for each in several)


def participation_for_the_team(consultation: Consultation, of: Round) -> Participation:
    """Participation in a round so far: inside the workspace only, never in a page for others."""
    kept = db.session.get(ParticipationKept, of.id)
    if kept is None or of.questionnaire_version_id is None:
        return Participation(None, 0, declared_policy(consultation.policy).threshold)
    plan = table_plan(consultation, questionnaire(of.questionnaire_version_id))
    counts, groups = kept.counts, kept.counts["groups"]
    by_name = {each.name: each for each in plan.dimensions}
    over_categories = tuple(
        Taking(each.code, each.label, groups.get(each.code, 0), reference_share(each, by_name))
        for each in plan.groups
    )
    dimensions = tuple(
        (each, tuple(_categories(each, counts["dimensions"].get(each.name, {}))))
        for each in plan.dimensions
    )
    return Participation(
        counted_on=kept.counted_on,
        individuals=counts["individuals"],
        step=plan.policy.threshold,
        groups=over_categories or tuple(one for _, several in dimensions for one in several),
        dimensions=dimensions,
        minimum_base=plan.policy.minimum_base,
        organisations=counts["organisations"],
        channels=counts["channels"],
        languages=counts["languages"],
        entries=counts["entries"],
        days=tuple((date.fromisoformat(day), count) for day, count in counts["days"]),
    )


def keep_participation(of: Round, on: date, again: bool = False) -> None:
    """Count who has taken part in a round, unless that was done on this day and not `again`."""
    kept = db.session.get(ParticipationKept, of.id)
    if of.questionnaire_version_id is None or (kept and kept.counted_on >= on and not again):
        return
    few = sum(pending(of.id)) < declared_policy(of.consultation.policy).threshold
    counts = NOBODY if few and token_of(of.id) is None else _counted(of)
    db.session.merge(ParticipationKept(round_id=of.id, counted_on=on, counts=counts))
    db.session.flush()


def _keep_all(of: Round) -> None:
    keep_participation(of, today(of.consultation.time_zone), again=True)


def to_be_counted(*, at: datetime) -> bool:
    """Whether there is an open round in which nobody was counted yet on this day."""
    kept = dict(
        iter(db.session.execute(select(ParticipationKept.round_id, ParticipationKept.counted_on)))
    )
    query = select(Round).where(Round.stage == OPEN, Round.questionnaire_version_id.is_not(None))
    return any(
        kept.get(each.id, date.min) < day_at(each.consultation, at)
        for each in db.session.scalars(query.options(joinedload(Round.consultation)))
    )


every_day(keep_participation)
after_closing(_keep_all)


def _counted(of: Round) -> dict[str, Any]:
    assert of.questionnaire_version_id is not None
    asked = questionnaire(of.questionnaire_version_id)
    plan = table_plan(of.consultation, asked)
    step = plan.policy.threshold
    from consultations.analysis.snapshots.files import GROUPS
    from consultations.analysis.snapshots.following import (  # heavy: docs/decisions/0013
        follow,
        snapshot_of,
    )

    snapshot = snapshot_of(of, asked, plan)
    with snapshot.alone():
        state = follow(snapshot, of, least=step)

    def whole(count: int) -> int:
        return count // step * step

    def steps(name: str) -> dict[str, int]:
        counts = state.people_by(INDIVIDUAL, name)
        return {code: whole(count) for code, count in sorted(counts.items())}

    return {
        "individuals": whole(state.people(INDIVIDUAL)),
        "organisations": whole(state.people(ORGANISATION)),
        "channels": steps(snapshot.beside[CHANNEL]),
        "languages": steps(snapshot.beside[LANGUAGE]),
        "entries": steps(snapshot.beside[ENTRY]),
        "dimensions": {each.name: steps(each.name) for each in plan.dimensions},
        "groups": steps(GROUPS),
        "days": [[day, whole(count)] for day, count in _cumulated(of)],
    }


def _cumulated(of: Round) -> Iterator[tuple[str, int]]:
    """(day, individuals by its end), from the first day known; those of no day count from it."""
    found = _by_day(of, INDIVIDUAL)
    before = sum(count for day, count in found if day is None)
    dated = sorted((day, count) for day, count in found if day is not None)
    sums = accumulate((count for _, count in dated), initial=before)
    next(sums)
    return ((day.isoformat(), count) for (day, _), count in zip(dated, sums, strict=True))


def _by_day(of: Round, kind: str) -> Sequence[tuple[date | None, int]]:
    query = (
        select(Submission.received_on, func.count())
        .where(Submission.round_id == of.id, Submission.kind == kind)
        .group_by(Submission.received_on)
    )
    return [(day, count) for day, count in db.session.execute(query)]


def reference_share(group: Group, dimensions: Mapping[str, Dimension]) -> float | None:
    """The share of a group over one dimension; of several nobody knows how they overlap."""
    if len(group.of) != 1:
        return None
    name, chosen = next(iter(group.of.items()))
    reference = dimensions[name].reference
    shares = [reference.shares.get(code) for code in chosen] if reference else [None]
    known = [each for each in shares if each is not None]
    return sum(known) if len(known) == len(shares) else None


def _categories(dimension: Dimension, counts: Counts) -> Iterator[Taking]:
    shares = dimension.reference.shares if dimension.reference else {}
    for each in dimension.categories:
        yield Taking(each.code, each.label, counts.get(each.code, 0), shares.get(each.code))
