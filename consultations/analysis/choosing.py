"""Choosing merges: which groups a dimension shows, which categories a family shows in each view.

What a choice costs is forecast without linear programming: the cells too small to show, and for
every line with a single gap the one that has to go with it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product, zip_longest

from consultations.analysis.ground import Ground
from consultations.analysis.layout import Row
from consultations.analysis.merging import (
    Merged,
    Partition,
    coarsened,
    groups,
    neighbours,
    options,
    size,
)
from consultations.analysis.plan import GROUP, CountedQuestion, TablePlan, View
from consultations.analysis.protection import first_cell
from consultations.analysis.quantities import EVERYONE
from consultations.analysis.tallies import Tallies
from consultations.codebook import POOLED, Dimension

Categories = Mapping[tuple[str, ...], Partition]

GAPS = 10
"""One row in so many may have a gap before other groups are tried."""
TRIED = 2
"""Other groups of a dimension that are tried."""
STEPS = (1, 2, 3, 5)
"""Multiples of the minimum base under which groups are tried merged."""
WORTH = 0.02
"""Share of a dimension's planned cells that coarser groups must win."""


@dataclass(frozen=True, order=True)
class Loss:
    """What is forecast to be lost: planned cells, and rows of planned groups with a gap."""

    cells: int
    rows: int

    def __add__(self, other: "Loss") -> "Loss":
        return Loss(self.cells + other.cells, self.rows + other.rows)


NOTHING = Loss(0, 0)


def families(questions: Sequence[CountedQuestion]) -> list[list[CountedQuestion]]:
    """Questions by choice list, in the order of the plan."""
    found: dict[tuple[object, ...], list[CountedQuestion]] = {}
    for question in questions:
        key = (question.family, question.kind, question.codes, question.role == "position")
        found.setdefault(key, []).append(question)
    return list(found.values())


def chosen_groups(plan: TablePlan, tallies: Tallies) -> dict[str, Partition]:
    """The groups of every dimension: as fine as the minimum base allows, coarser where it pays."""
    shown = _finest_groups(plan, tallies)
    for dimension in plan.dimensions:
        best = shown[dimension.name]
        least: Loss | None = None
        for partition in dict.fromkeys([best, *_coarser(dimension, plan, tallies)]):
            loss, planned = _forecast(plan, tallies, shown | {dimension.name: partition}, dimension)
            if least is None or least.cells - loss.cells > WORTH * planned.cells:
                least, best = loss, partition
        shown[dimension.name] = best
    return shown


def groups_instead(
    plan: TablePlan, tallies: Tallies, shown: Mapping[str, Partition], gapped: Collection[str]
) -> list[dict[str, Partition]]:
    """Other groups for the dimensions in `gapped`, best first.

    The finest that are forecast to tell enough rows; where none do, those that tell most.
    """
    ranked = [
        _ranked(plan, tallies, shown, dimension)[:TRIED]
        for dimension in plan.dimensions
        if dimension.name in gapped
    ]
    return [{**shown, **dict(each for each in turn if each)} for turn in zip_longest(*ranked)]


def _ranked(
    plan: TablePlan, tallies: Tallies, shown: Mapping[str, Partition], dimension: Dimension
) -> list[tuple[str, Partition]]:
    name, rank = dimension.name, {}
    for partition in dict.fromkeys(offered(dimension, plan, tallies)):
        if partition != shown[name]:
            loss, planned = _forecast(plan, tallies, {**shown, name: partition}, dimension)
            rank[name, partition] = (
                too_many(loss.rows, planned.rows),
                -len(partition),
                loss.cells,
            )
    return sorted(rank, key=rank.__getitem__)


def too_many(gaps: int, rows: int) -> int:
    """How far the rows with a gap are over a tenth of all; 0 where they are not."""
    return max(GAPS * gaps - rows, 0)


def _forecast(
    plan: TablePlan, tallies: Tallies, shown: Mapping[str, Partition], dimension: Dimension
) -> tuple[Loss, Loss]:
    """What the tables by a dimension are forecast to lose, and what is planned."""
    ground, view = Ground(plan, tallies, shown), View((dimension.name,))
    loss, planned = NOTHING, NOTHING
    asked = [question for question in plan.questions if ground.counted(question)]
    for family in families(asked):
        loss += min(_loss(ground, family, view, way) for way in ways(ground, family))
    for question, row in product(asked, ground.planned(view)):
        planned += Loss(len(question.codes) + 1, not row.silent and _enough(ground, question, row))
    return loss, planned


def chosen_categories(
    ground: Ground, family: Sequence[CountedQuestion]
) -> dict[tuple[str, ...], Partition]:
    """For each view the way that loses least, the finest of equals; overall as planned."""
    found = ways(ground, family)
    asked = [question for question in family if ground.counted(question)]
    return {
        view.by: min(found, key=lambda way: _loss(ground, asked, view, way))
        if view.by
        else found[0]
        for view in ground.views
    }


def ways(ground: Ground, family: Sequence[CountedQuestion]) -> tuple[Partition, ...]:
    """The ways of showing the categories of a family, finest first."""
    universe = ground.universe
    totals = {
        code: sum(ground.count(universe.quantity(q.name, (code,), {})) for q in family)
        for code in family[0].codes
    }
    return options(family[0], totals)


def _finest_groups(plan: TablePlan, tallies: Tallies) -> dict[str, Partition]:
    shown = {
        name: tuple(Merged(code, (code,)) for code in codes)
        for name, codes in tallies.universe.dimensions.items()
    }
    return shown | {
        d.name: groups(d, _people(d, tallies), plan.policy.minimum_base) for d in plan.dimensions
    }


def _coarser(dimension: Dimension, plan: TablePlan, tallies: Tallies) -> Iterator[Partition]:
    """Coarser groups, the finest first.

    Non-response goes to the largest group where it is under the minimum base in some question.
    """
    people, minimum = _people(dimension, tallies), plan.policy.minimum_base
    silent_apart = _silent_base(dimension, plan, tallies) >= minimum
    for step in STEPS:
        finer = groups(dimension, people, step * minimum)
        yield finer
        if not silent_apart:
            yield _with_silent(finer, people)
    if dimension.parents:
        coarsest = coarsened(dimension, people, minimum)
        yield coarsest if silent_apart else _with_silent(coarsest, people)


def offered(dimension: Dimension, plan: TablePlan, tallies: Tallies) -> Iterator[Partition]:
    """Every coarser way of sensible merges, declared parents before other neighbours on a scale."""
    yield from _coarser(dimension, plan, tallies)
    people = _people(dimension, tallies)
    partition = groups(dimension, people, plan.policy.minimum_base)
    while len(partition) > 2:
        smallest = min(size(part, people) for part in partition)
        partition = _with_silent(groups(dimension, people, smallest + 1), people)
        yield partition
    if dimension.ordered:
        yield from (_with_silent(partition, people) for partition in neighbours(people))


def _silent_base(dimension: Dimension, plan: TablePlan, tallies: Tallies) -> int:
    """The fewest people of those who did not say that a counted question was asked of."""
    universe, within = tallies.universe, {dimension.name: (POOLED,)}
    if POOLED not in universe.dimensions[dimension.name]:
        return 0
    ground = Ground(plan, tallies, {})
    return min(
        (
            tallies.count(universe.quantity(question.name, universe.asked(question.name), within))
            for question in plan.questions
            if ground.counted(question)
        ),
        default=0,
    )


def _with_silent(partition: Partition, people: Mapping[str, int]) -> Partition:
    rest = [part for part in partition if part.code != POOLED]
    if len(rest) == len(partition) or len(rest) < 2:
        return partition
    largest = max(rest, key=lambda part: (sum(people[c] for c in part.of), -rest.index(part)))
    return tuple(
        Merged(part.code, (*part.of, POOLED)) if part is largest else part for part in rest
    )


def _people(dimension: Dimension, tallies: Tallies) -> dict[str, int]:
    universe = tallies.universe
    return {
        code: tallies.count(universe.quantity(EVERYONE, (), {dimension.name: (code,)}))
        for code in universe.dimensions[dimension.name]
    }


def _loss(ground: Ground, questions: Iterable[CountedQuestion], view: View, way: Partition) -> Loss:
    loss = NOTHING
    rows = [row for row in ground.rows(view) if row.codes]
    planned = [row for row in ground.planned(view) if not row.silent and POOLED not in row.codes]
    inside = [[one for one in planned if holds(row, one, view)] for row in rows]
    for question in questions:
        gaps = likely_gaps(ground, question, rows, way, exclusive=view.by != (GROUP,))
        for place, mine in enumerate(inside):
            lost = [category for at, category in enumerate(way) if (place, at) in gaps]
            cells = sum(len(category.of) for category in lost) * len(mine)
            loss += Loss(cells, sum(_enough(ground, question, one) for one in mine if lost))
    return loss


def _enough(ground: Ground, question: CountedQuestion, row: Row) -> bool:
    return ground.count(row.base(ground.universe, question.name)) >= ground.minimum


def holds(row: Row, planned: Row, view: View) -> bool:
    """Whether a shown row holds a planned one."""
    if view.by == (GROUP,):
        return planned.codes == row.codes
    return all(set(of) <= set(row.within[name]) for name, of in planned.within.items())


def likely_gaps(
    ground: Ground,
    question: CountedQuestion,
    rows: Sequence[Row],
    way: Partition,
    *,
    exclusive: bool,
) -> set[tuple[int, int]]:
    """The (row, category) places that a table is likely to withhold, without linear programming.

    exclusive: whether nobody is in two rows, so that a single gap of a column can be worked out.
    """
    universe, columns = ground.universe, len(way)
    counts = [
        [ground.count(row.cell(universe, question.name, category)) for category in way]
        for row in rows
    ]
    gaps = {
        (place, at)
        for place, row in enumerate(rows)
        for at, category in enumerate(way)
        if first_cell(ground, question, row, category)
    }
    lines = [[(place, at) for place in range(len(rows))] for at in range(columns)]
    if not question.multiple:
        lines += [[(place, at) for at in range(columns)] for place in range(len(rows))]
    while exclusive and (more := _telling(lines, gaps, counts, ground.threshold)):
        told = {place for place, row in enumerate(rows) if not row.silent} - {p for p, _ in gaps}
        gaps.add(min(more, key=lambda one: (one[0] in told, counts[one[0]][one[1]], one)))
    return gaps


def _telling(
    lines: Sequence[Sequence[tuple[int, int]]],
    gaps: Collection[tuple[int, int]],
    counts: Sequence[Sequence[int]],
    threshold: int,
) -> list[tuple[int, int]]:
    """For the first line that tells too much of its gaps, the places that could go with them."""
    for line in lines:
        rest = [one for one in line if one not in gaps]
        hidden = [counts[place][at] for place, at in line if (place, at) in gaps]
        if rest and hidden and (len(hidden) == 1 or sum(hidden) < threshold):
            return rest
    return []
