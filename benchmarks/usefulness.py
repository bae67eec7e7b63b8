"""What protection leaves of a plan, beside what the crude way leaves; and what both leak."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from benchmarks import surveys
from benchmarks.crude import crude
from benchmarks.most_rows import most_rows
from benchmarks.surveys import POLICIES, Survey
from consultations.analysis.listed import counts_of
from consultations.analysis.plan import CountedQuestion
from consultations.analysis.protect import protect
from consultations.analysis.publication import Protected, ProtectedTable
from consultations.analysis.tallies import Tallies
from consultations.codebook import POOLED, Policy
from tests.attack.attacker import attack
from tests.attack.populations import protected

OURS, CRUDE, COARSE = "ours", "crude", "crude, three categories"
WAYS = (OURS, CRUDE, COARSE)
SEEDS = 2
LATTICE = 20_000
"""Unknowns up to which the attacker takes a question over all dimensions at once."""
HEADER = (
    "| survey | people | k, base | crossings | way | rows without a gap | worst group "
    "| cells told | alone | information | all cells | gaps: base, primary, complementary, table "
    "| leaks | if one reasons on | s |"
)


@dataclass(frozen=True)
class Measured:
    """One way on one survey.

    gaps:    planned one-dimension cells that are withheld, by cause.
    leaks:   protected counts that the attacker bounds more closely than from zero to the threshold;
             on: numbers that one works out who reasons on from the rule. None: not attacked.
    """

    survey: Survey
    way: str
    protected: Protected
    gaps: Mapping[str, int]
    leaks: int | None
    on: int | None
    seconds: float

    @property
    def rows(self) -> float:
        """The share of rows told without a gap."""
        return self.protected.usefulness.rows_without_gap or 0.0

    def line(self) -> str:
        """The row of the table."""
        plan, useful, all_cells = self.survey.plan, self.protected.usefulness, self.protected
        causes = ("base", "primary", "complementary", "table")
        cells = [
            self.survey.name,
            f"{self.survey.responses.n:,}",
            f"{plan.policy.threshold}, {plan.policy.minimum_base}",
            str(len(plan.crossings)),
            self.way,
            f"{useful.whole} of {useful.rows} ({self.rows:.0%})",
            f"{useful.worst_group or 0:.0%}",
            f"{useful.reached or 0:.0%}",
            f"{useful.cells_alone / useful.cells_planned:.0%}",
            "" if useful.information is None else f"{useful.information:.2f}",
            f"{all_cells.disclosure.cells_reached / all_cells.disclosure.cells_planned:.0%}",
            ", ".join(str(self.gaps.get(cause, 0)) for cause in causes),
            "" if self.leaks is None else str(self.leaks),
            "" if self.on is None else str(self.on),
            f"{self.seconds:.1f}",
        ]
        return f"| {' | '.join(cells)} |"


def measure(survey: Survey, way: str, *, attacked: bool = True) -> Measured:
    """Protect a survey in one of `WAYS`, and attack what would be published of it."""
    begun = perf_counter()
    if way == OURS:
        result = protect(survey.plan, survey.responses)
    else:
        result = crude(survey.plan, survey.responses, pooled=way == COARSE).published()
    seconds = perf_counter() - begun
    leaks = on = None
    if attacked:
        leaks, on = _leaks(survey, result)
    return Measured(survey, way, result, gaps(survey, result), leaks, on, seconds)


def _leaks(survey: Survey, result: Protected) -> tuple[int, int]:
    secret = protected(surveys.as_people(survey))
    found = attack(result.as_published(), secret, limit=LATTICE, integer=False)
    on = sum(breach.kind in ("hidden", "reader") for breach in found)
    return len(found) - on, on


def gaps(survey: Survey, result: Protected) -> Counter[str]:
    """The planned cells by one dimension that are withheld, by cause.

    The organizer's alone: told of a published report, it would say of small tables which of two
    gaps is the small one (docs/decisions/0020).
    """
    tallies = Tallies(survey.plan, counts_of(survey.plan, survey.responses))
    by = {(table.question, table.by): table for table in result.tables}
    found: Counter[str] = Counter()
    for question, dimension in product(survey.plan.questions, survey.plan.dimensions):
        known = tallies.universe.dimensions[dimension.name]
        codes = [each.code for each in dimension.categories if each.code in known]
        table = by[question.name, (dimension.name,)]
        for code in codes:
            found.update(_causes(tallies, survey.plan.policy, question, table, code))
    return found


def _causes(
    tallies: Tallies, policy: Policy, question: CountedQuestion, table: ProtectedTable, code: str
) -> Iterator[str]:
    """Why the cells of a planned group are withheld, those that are."""
    (name,), universe = table.by, tallies.universe

    def people(codes: Iterable[str], within: Iterable[str]) -> int:
        return tallies.count(universe.quantity(question.name, codes, {name: within}))

    small = people(universe.asked(question.name), (code,)) < policy.minimum_base
    group = next((g for g in table.groups if code in g.of.get(name, g.codes)), None)
    shown = {c.code: c.of or (c.code,) for c in table.categories}
    told = {c.category: c.count for c in table.cells if group and c.group == group.codes}
    for choice in (*question.codes, POOLED):
        category = next((c for c, of in shown.items() if choice in of), None)
        if category is not None and told.get(category) is not None:
            continue
        if small:
            yield "base"
        elif category is None or group is None:
            yield "table"
        else:
            count = people(shown[category], group.of.get(name, group.codes))
            yield "primary" if 0 < count < policy.threshold else "complementary"


def drawn(sizes: Sequence[int], crossings: Sequence[int], seeds: int) -> Iterator[Survey]:
    """The surveys drawn at random: by size, number of crossings, policy and seed."""
    for n, many, policy, seed in product(sizes, crossings, POLICIES, range(1, seeds + 1)):
        yield surveys.drawn(n, crossings=many, policy=policy, seed=seed)


@click.command()
@click.option("--bundle", "bundles", multiple=True, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--votes",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A table of votes as Polis gives it.",
)
@click.option("--demonstration", is_flag=True)
@click.option("--size", "sizes", multiple=True, type=int, help="People drawn at random.")
@click.option("--crossings", multiple=True, type=int, default=(2, 4), show_default=True)
@click.option("--seeds", default=SEEDS, show_default=True)
@click.option("--attack/--no-attack", "attacked", default=True, show_default=True)
@click.option("--bound", is_flag=True, help="Only say how many rows could be told at most.")
def main(**options: Any) -> None:
    """Measure ours and the crude way on surveys, and print the table."""
    found = [surveys.of_bundle(path) for path in options["bundles"]]
    found += [
        surveys.of_votes(path, policy) for path, policy in product(options["votes"], POLICIES)
    ]
    found += [surveys.of_demonstration()] if options["demonstration"] else []
    found += drawn(options["sizes"], options["crossings"], options["seeds"])
    if options["bound"]:
        for each in found:
            click.echo(f"{each.name}, {each.plan.policy.threshold}: {most_rows(each)}")
        return
    click.echo(f"{HEADER}\n{'|---' * HEADER.count(' | ')}|---|")
    for survey, way in product(found, WAYS):
        click.echo(measure(survey, way, attacked=options["attacked"]).line())


if __name__ == "__main__":
    main()
