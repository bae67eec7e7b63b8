"""What protection leaves of a plan, measured."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from math import log
from operator import add

from consultations.analysis.ground import Ground
from consultations.analysis.layout import Layout, Row
from consultations.analysis.merging import FEWEST
from consultations.analysis.plan import GROUP, CountedQuestion, View
from consultations.analysis.publication import Disclosure, ProtectedTable, Usefulness
from consultations.analysis.quantities import Quantity
from consultations.codebook import POOLED

Withheld = Collection[Quantity]
Planned = tuple[CountedQuestion, View, Layout | None]
"""A planned table, and how it is laid out unless it is withheld as a whole."""


@dataclass(frozen=True)
class PlannedRow:
    """A planned group of a table with how its planned cells come out: alone, merged or a gap.

    told: the shown categories of the row, of which `gaps` are withheld.
    """

    group: tuple[str, ...]
    base: int
    cells: Mapping[str, str]
    told: int
    gaps: int


def planned_rows(ground: Ground, layout: Layout, withheld: Withheld) -> Iterator[PlannedRow]:
    """The rows of the plan, without totals and without groups of non-response."""
    universe, question = ground.universe, layout.question
    rows = [row for row in layout.rows if row.codes]
    for planned in ground.planned(layout.view):
        if planned.silent or POOLED in planned.codes:
            continue
        row = _containing(layout.view, planned, rows)
        if row is None:
            continue
        alone = all(set(of) == set(planned.within[name]) for name, of in row.within.items())
        cells: dict[str, str] = {}
        gaps = 0
        for category in layout.categories:
            hidden = row.cell(universe, question.name, category) in withheld
            gaps += hidden
            state = "alone" if alone and not category.merged else "merged"
            cells |= dict.fromkeys(category.of, "gap" if hidden else state)
        base = ground.count(planned.base(universe, question.name))
        yield PlannedRow(planned.codes, base, cells, len(layout.categories) - gaps, gaps)


@dataclass(frozen=True)
class Kept:
    """What reaches the reader: rows without a gap, of `rows`, and cells, of tables by one
    dimension or by declared groups; and cells of any table.
    """

    whole: int = 0
    rows: int = 0
    cells: int = 0
    every: int = 0

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(*map(add, astuple(self), astuple(other)))

    @property
    def simple(self) -> tuple[int, int]:
        """What tables by one dimension or by declared groups tell: rows before cells."""
        return self.whole, self.cells


def lost_rows(ground: Ground, question: CountedQuestion, view: View) -> Iterator[PlannedRow]:
    """The rows of the plan of a table that is withheld as a whole."""
    codes = (*question.codes, POOLED)
    for row in ground.planned(view):
        if not (row.silent or POOLED in row.codes):
            base = ground.count(row.base(ground.universe, question.name))
            yield PlannedRow(row.codes, base, dict.fromkeys(codes, "gap"), 0, len(codes))


def disclosure(
    ground: Ground, plan: Sequence[Planned], tables: Sequence[ProtectedTable], withheld: Withheld
) -> Disclosure:
    """How many tables and cells of the plan came out how."""
    status = Counter(table.status for table in tables)
    planned = reached = 0
    for question, view, layout in _left(plan, tables):
        planned += sum(len(row.cells) for row in lost_rows(ground, question, view))
        if layout is not None:
            for row in planned_rows(ground, layout, withheld):
                reached += sum(1 for state in row.cells.values() if state != "gap")
    return Disclosure(
        tables=len(tables),
        as_planned=status["published"],
        merged=status["merged"],
        with_suppressed_cells=sum(1 for table in tables if table.hidden),
        withheld=status["withheld"],
        cells_planned=planned,
        cells_reached=reached,
        cells_hidden=planned - reached,
    )


def usefulness(
    ground: Ground, plan: Sequence[Planned], tables: Sequence[ProtectedTable], withheld: Withheld
) -> Usefulness:
    """The measures over the tables by one dimension."""
    one = [each for each in _left(plan, tables) if _by_dimension(ground, each[1])]
    states: Counter[str] = Counter()
    gaps: Counter[str] = Counter(base=0, other=0)
    whole: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for question, view, layout in one:
        for row in (
            planned_rows(ground, layout, withheld)
            if layout is not None
            else lost_rows(ground, question, view)
        ):
            states.update(row.cells.values())
            cause = "base" if row.base < ground.minimum else "other"
            gaps[cause] += sum(1 for state in row.cells.values() if state == "gap")
            if row.base >= ground.minimum:
                whole[view.by + row.group].append(_whole(question, row))
    told = [one for rows in whole.values() for one in rows]
    return Usefulness(
        cells_planned=states.total(),
        cells_alone=states["alone"],
        cells_merged=states["merged"],
        rows=len(told),
        whole=sum(told),
        worst_group=min((sum(rows) / len(rows) for rows in whole.values()), default=None),
        gaps=dict(gaps),
        information=_information(ground, one, withheld),
    )


def kept(
    ground: Ground, plan: Sequence[Planned], tables: Sequence[ProtectedTable], withheld: Withheld
) -> dict[tuple[str, View], Kept]:
    """What reaches the reader, table by table."""
    found = {}
    for question, view, layout in _left(plan, tables):
        rows = [
            *(
                planned_rows(ground, layout, withheld)
                if layout is not None
                else lost_rows(ground, question, view)
            )
        ]
        cells = sum(state != "gap" for row in rows for state in row.cells.values())
        enough = [row for row in rows if row.base >= ground.minimum]
        whole = sum(_whole(question, row) for row in enough)
        one = _by_dimension(ground, view) or view.by == (GROUP,)
        found[question.name, view] = (
            Kept(whole, len(enough), cells, cells) if one else Kept(every=cells)
        )
    return found


def _whole(question: CountedQuestion, row: PlannedRow) -> bool:
    return not row.gaps and row.told >= min(FEWEST, len(question.choices))


def _left(plan: Sequence[Planned], tables: Sequence[ProtectedTable]) -> list[Planned]:
    """The plan without the layouts of tables that are withheld as a whole."""
    gone = {table.id for table in tables if table.status == "withheld"}
    return [
        (question, view, layout if layout is not None and layout.id not in gone else None)
        for question, view, layout in plan
    ]


def _by_dimension(ground: Ground, view: View) -> bool:
    return len(view.by) == 1 and view.by[0] in {d.name for d in ground.plan.dimensions}


def _containing(view: View, planned: Row, rows: Sequence[Row]) -> Row | None:
    if view.by == (GROUP,):
        return next((row for row in rows if row.codes == planned.codes), None)
    for row in rows:
        if all(set(of) <= set(row.within[name]) for name, of in planned.within.items()):
            return row
    return None


def _information(ground: Ground, plan: Sequence[Planned], withheld: Withheld) -> float | None:
    """Share of the mutual information kept, in hundredths; a row with a gap keeps none."""
    universe, kept, every = ground.universe, 0.0, 0.0
    for question, view, layout in plan:
        if question.multiple:
            continue
        name, codes = question.name, [(code,) for code in question.codes]
        every += mutual(_counts(ground, name, [row.within for row in ground.planned(view)], codes))
        if layout is None:
            continue
        rows = [
            row.within
            for row in layout.rows
            if row.codes
            and not any(
                row.cell(universe, name, category) in withheld for category in layout.categories
            )
        ]
        shown = [c.of for c in layout.categories if c.code != POOLED]
        kept += mutual(_counts(ground, name, rows, shown))
    return round(min(kept / every, 1.0), 2) if every > 0 else None


def _counts(
    ground: Ground,
    question: str,
    rows: Sequence[Mapping[str, tuple[str, ...]]],
    categories: Sequence[Sequence[str]],
) -> list[list[int]]:
    return [
        [ground.count(ground.universe.quantity(question, of, within)) for of in categories]
        for within in rows
    ]


def mutual(counts: Sequence[Sequence[int]]) -> float:
    """People times the mutual information of a contingency table (nats)."""
    total = sum(map(sum, counts))
    down = [sum(column) for column in zip(*counts, strict=True)]
    return sum(
        cell * log(cell * total / (sum(row) * below))
        for row in counts
        for cell, below in zip(row, down, strict=True)
        if cell
    )
