"""The one exception to protected counts: who has taken part so far, for the team alone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from consultations.analysis.queries import responses
from consultations.analysis.services import table_plan
from consultations.codebook import Dimension, Group, Texts
from consultations.questionnaires.queries import questionnaire
from consultations.rounds.models import Consultation, Round


@dataclass(frozen=True)
class Taking:
    """A group that takes part: its label, how many so far, its share of the population."""

    label: Texts
    count: int
    reference_share: float | None


@dataclass(frozen=True)
class Participation:
    """How many individuals have answered so far, in all and by group.

    Every count is rounded down to a multiple of the threshold, so that looking twice tells of
    nobody who came in between. `groups` are the declared ones over categories, `categories` all
    that answers are broken down by; from `minimum_base` people on one is shown by itself.
    """

    individuals: int
    step: int
    groups: tuple[Taking, ...]
    categories: tuple[Taking, ...] = ()
    minimum_base: int = 0


def participation_for_the_team(consultation: Consultation, of: Round) -> Participation:
    """Participation in a round so far: inside the workspace only, never in a page for others."""
    if of.questionnaire_version_id is None:
        return Participation(0, 1, ())
    asked = questionnaire(of.questionnaire_version_id)
    plan = table_plan(consultation, asked)
    people, _ = responses(of.id, asked, (), plan.dimensions)
    step = plan.policy.threshold
    groups = [*_over_categories(plan.groups, plan.dimensions, people.dimension, people.n)]
    categories = [*_of_dimensions(plan.dimensions, people.dimension)]
    return Participation(
        people.n // step * step,
        step,
        tuple(_rounded(each, step) for each in groups or categories),
        tuple(_rounded(each, step) for each in categories),
        plan.policy.minimum_base,
    )


def _rounded(taking: Taking, step: int) -> Taking:
    return replace(taking, count=taking.count // step * step)


def _over_categories(
    groups: tuple[Group, ...],
    dimensions: tuple[Dimension, ...],
    codes: Mapping[str, Sequence[str]],
    people: int,
) -> Iterator[Taking]:
    by_name = {each.name: each for each in dimensions}
    for group in groups:
        count = sum(
            all(codes[name][person] in chosen for name, chosen in group.of.items())
            for person in range(people)
        )
        yield Taking(group.label, count, reference_share(group, by_name))


def reference_share(group: Group, dimensions: Mapping[str, Dimension]) -> float | None:
    """The share of a group over one dimension; of several nobody knows how they overlap."""
    if len(group.of) != 1:
        return None
    name, chosen = next(iter(group.of.items()))
    reference = dimensions[name].reference
    shares = [reference.shares.get(code) for code in chosen] if reference else [None]
    known = [each for each in shares if each is not None]
    return sum(known) if len(known) == len(shares) else None


def _of_dimensions(
    dimensions: tuple[Dimension, ...], codes: Mapping[str, Sequence[str]]
) -> Iterator[Taking]:
    for dimension in dimensions:
        counts = Counter(codes[dimension.name])
        for category in dimension.categories:
            share = dimension.reference.shares.get(category.code) if dimension.reference else None
            yield Taking(category.label, counts[category.code], share)
