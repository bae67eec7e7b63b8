"""Choosing merges: which groups a dimension shows, which categories a family shows in each view.

What a choice costs is forecast without linear programming: the cells too small to show, and for
every line with a single gap the one that has to go with it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from consultations.analysis.ground import Ground
from consultations.analysis.layout import Row
from consultations.analysis.merging import (
    Merged,
    Partition,
    coarsened,
    groups,
    options,
)
from consultations.analysis.plan import GROUP, CountedQuestion, TablePlan, View
from consultations.analysis.protection import first_cell
from consultations.analysis.publication import Protected, ProtectedTable
from consultations.analysis.quantities import EVERYONE
from consultations.analysis.tallies import Tallies
from consultations.codebook import POOLED, Dimension

Categories = Mapping[tuple[str, ...], Partition]

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


def chosen_groups(
    plan: TablePlan, tallies: Tallies, gapped: Collection[str] = ()
) -> dict[str, Partition]:
    """The groups of every dimension: as fine as the minimum base allows, coarser where it pays.

    The dimensions in `gapped` are shown one step coarser than that.
    """
    shown = _finest_groups(plan, tallies)
    asked = [q for q in plan.questions if Ground(plan, tallies, shown).counted(q)]
    for dimension in plan.dimensions:
        best = shown[dimension.name]
        offered = list(dict.fromkeys([best, *_coarser(dimension, plan, tallies)]))
        view, planned = View((dimension.name,)), 0
        least: Loss | None = None
        for partition in offered:
            ground = Ground(plan, tallies, shown | {dimension.name: partition})
            loss = NOTHING
            for family in families(asked):
                loss += min(_loss(ground, family, view, way) for way in ways(ground, family))
            if least is None:
                planned = sum((len(q.codes) + 1) * len(list(ground.planned(view))) for q in asked)
                least = loss
            elif least.cells - loss.cells > WORTH * planned:
                least, best = loss, partition
        step = _next(offered, best) if dimension.name in gapped else best
        shown[dimension.name] = step
    return shown


def gapped_dimensions(plan: TablePlan, protected: Protected) -> frozenset[str]:
    """The dimensions of whose cells more came out withheld than the forecast cares about."""
    found = set()
    for dimension in plan.dimensions:
        cells = [
            cell
            for table in protected.tables
            if table.by == (dimension.name,)
            for cell in table.cells
            if cell.group and POOLED not in (*cell.group, cell.category)
        ]
        if sum(cell.count is None for cell in cells) > WORTH * len(cells):
            found.add(dimension.name)
    return frozenset(found)


def crossings_in_the_way(ground: Ground, protected: Protected) -> frozenset[tuple[str, View]]:
    """The crossings, not withheld yet, of questions whose simpler tables have gaps.

    What a crossing withholds has to be withheld of its margins as well, where it tells the rest.
    """
    gapped = {t.question for t in protected.tables if len(t.by) < 2 and _has_gaps(t)}
    crossed = [view for view in ground.views if len(view.by) > 1]
    return frozenset(product(gapped, crossed)) - ground.withdrawn


def _has_gaps(table: ProtectedTable) -> bool:
    return table.status == "withheld" or table.hidden > 0


def _next(offered: Sequence[Partition], best: Partition) -> Partition:
    """The next coarser groups, as long as there are two to compare."""
    coarser = offered[offered.index(best) + 1 :]
    return next((one for one in coarser if sum(g.code != POOLED for g in one) > 1), best)


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
    inside = [[one for one in planned if _within(one, row, view)] for row in rows]
    for question in questions:
        gaps = likely_gaps(ground, question, rows, way, exclusive=view.by != (GROUP,))
        for place, (row, mine) in enumerate(zip(rows, inside, strict=True)):
            lost = [category for at, category in enumerate(way) if (place, at) in gaps]
            base = ground.count(row.base(ground.universe, question.name))
            told = base >= ground.minimum
            cells = sum(len(category.of) for category in lost) * len(mine)
            loss += Loss(cells, len(mine) if lost and told else 0)
    return loss


def _within(planned: Row, row: Row, view: View) -> bool:
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
    while exclusive:
        single = _single(gaps, len(rows), columns, sums=not question.multiple)
        if single is None:
            break
        gapped = {place for place, _ in gaps}
        gaps.add(min(single, key=lambda one: (one[0] not in gapped, counts[one[0]][one[1]], one)))
    return gaps


def _single(
    gaps: set[tuple[int, int]], rows: int, columns: int, *, sums: bool
) -> list[tuple[int, int]] | None:
    """For the first line with a single gap, the places that could go with it."""
    for at in range(columns):
        if sum((place, at) in gaps for place in range(rows)) == 1 and rows > 1:
            return [(place, at) for place in range(rows) if (place, at) not in gaps]
    for place in range(rows if sums else 0):
        if sum((place, at) in gaps for at in range(columns)) == 1 and columns > 1:
            return [(place, at) for at in range(columns) if (place, at) not in gaps]
    return None
