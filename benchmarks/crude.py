"""The crude way of protecting tables: hide whole rows until nothing can be worked out.

Groups and answer categories are merged as ours are, or all answers in three categories. Then
every row with a count under the threshold, or with a base under the minimum, is hidden; and in
each round every row of a count that an audit bounds more closely than from zero to the threshold,
or, if that is hidden already, the smallest row left of the tables that say something about it.

Kind to this way in two things: it owes nothing to a reader who reasons on from the rule by which
it hides, nor to one who is alone in a row.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from consultations.analysis import assembly, usefulness
from consultations.analysis.audit import Target, audit
from consultations.analysis.choosing import chosen_categories, chosen_groups, families, ways
from consultations.analysis.ground import Ground, layouts
from consultations.analysis.layout import Layout, Row
from consultations.analysis.listed import counts_of
from consultations.analysis.plan import Responses, TablePlan
from consultations.analysis.protection import first_cell, protected_counts, protected_groups
from consultations.analysis.publication import Protected
from consultations.analysis.quantities import EVERYONE, Quantity
from consultations.analysis.tallies import Tallies


@dataclass
class Crude:
    """What is published so far, and the counts that can still be worked out."""

    ground: Ground
    tables: dict[str, tuple[Layout, ...]]
    withheld: set[Quantity] = field(default_factory=set)

    def published(self) -> Protected:
        """All tables as they would be published now."""
        ground = self.ground
        found = {each.id: each for of in self.tables.values() for each in of}
        planned = [
            (question, view, found.get(f"{question.name}.{view.suffix}"))
            for question in ground.plan.questions
            for view in ground.views
        ]
        shown = tuple(
            assembly.table(ground, layout, self.withheld)
            if layout
            else assembly.withheld_table(question, view)
            for question, view, layout in planned
        )
        return Protected(
            ground.plan.policy,
            assembly.coverage(ground, self.withheld),
            shown,
            usefulness.disclosure(ground, planned, shown, self.withheld),
            usefulness.usefulness(ground, planned, shown, self.withheld),
        )

    def begin(self) -> None:
        """Hide every row with something too small, and the number of people of small groups."""
        ground = self.ground
        self.withheld |= {q for q in ground.coverage if ground.count(q) < ground.threshold}
        for layout in self._layouts():
            for row in layout.rows:
                if any(first_cell(ground, layout.question, row, c) for c in layout.categories):
                    self._hide(layout, row)

    def settle(self) -> None:
        """Hide until the audit passes: what is safe stays so, as rows are only ever hidden."""
        unsafe = {str(each): each for each in self._targets()}
        while unsafe:
            names = {each.question for each in unsafe.values()} - {EVERYONE}
            report = _about(self.published().as_published(), names)
            found, _ = audit(report, unsafe.values(), joint_limit=0)
            unsafe = {each.where: unsafe[each.where] for each in found if each.where in unsafe}
            self.hide(unsafe.values())

    def hide(self, unsafe: Iterable[Target]) -> None:
        """One round: the rows of these counts, or else one more row for each of them."""
        before = len(self.withheld)
        late = [target for target in unsafe if not self._hide_own(target)]
        if len(self.withheld) > before:
            return
        done: set[tuple[str, frozenset[str]]] = set()
        for target in late:
            key = target.question, frozenset(name for name, _ in target.within)
            if key not in done:
                done.add(key)
                self._hide_another(target)

    def _hide_own(self, target: Target) -> bool:
        names, before = {name for name, _ in target.within}, len(self.withheld)
        for layout in self._layouts(target.question):
            for row in layout.rows:
                if set(row.within) == names and _holds(row, target):
                    self._hide(layout, row)
        return len(self.withheld) > before

    def _hide_another(self, target: Target) -> None:
        """The smallest row left of the nearest tables; of people, the smallest group."""
        ground, names = self.ground, {name for name, _ in target.within}
        if target.question == EVERYONE:
            left = [q for q in ground.coverage if q not in self.withheld and q.within]
            near = [q for q in left if q.dimensions == names]
            near = near or [q for q in left if q.dimensions & names] or left
            self.withheld.add(min(near, key=lambda q: (ground.count(q), str(q))))
            return
        shown = [
            (layout, row)
            for layout in self._layouts(target.question)
            for row in layout.rows
            if row.codes and self._numbers(layout, row) - self.withheld
        ]
        far = {id(row): _distance(names, set(row.within)) for _, row in shown}
        nearest = min(far.values(), default=0)
        rows = [(layout, row) for layout, row in shown if far[id(row)] == nearest]
        if rows:
            self._hide(*min(rows, key=lambda each: self._base(*each)))
            return
        for layout in self._layouts(target.question):
            self._hide(layout, layout.rows[-1])

    def _hide(self, layout: Layout, row: Row) -> None:
        self.withheld |= self._numbers(layout, row)

    def _numbers(self, layout: Layout, row: Row) -> set[Quantity]:
        """What a row says about its question: how many people are in it, others say as well."""
        universe, name = self.ground.universe, layout.question.name
        found = {row.base(universe, name), row.answered(universe, name)}
        found |= {row.cell(universe, name, category) for category in layout.categories}
        return {quantity for quantity in found if quantity.question == name}

    def _base(self, layout: Layout, row: Row) -> tuple[int, str]:
        base = row.base(self.ground.universe, layout.question.name)
        return self.ground.count(base), layout.id

    def _layouts(self, question: str | None = None) -> Iterator[Layout]:
        for name, of in self.tables.items():
            if question in (None, name):
                yield from of

    def _targets(self) -> Iterator[Target]:
        for question in self.ground.plan.questions:
            if self.ground.counted(question):
                for q, zero in protected_counts(self.ground, question):
                    yield Target(q.question, q.codes, q.within, zero)
        for q in protected_groups(self.ground):
            yield Target(EVERYONE, q.codes, q.within)


def crude(plan: TablePlan, responses: Responses, *, pooled: bool) -> Crude:
    """Protect a plan the crude way; `pooled`: all answers in as few categories as make sense."""
    tallies = Tallies(plan, counts_of(plan, responses))
    ground = Ground(plan, tallies, chosen_groups(plan, tallies))
    tables = {}
    for family in families(plan.questions):
        views = [view.by for view in ground.views]
        coarsest = dict.fromkeys(views, ways(ground, family)[-1])
        chosen = coarsest if pooled else chosen_categories(ground, family)
        for question in family:
            if ground.counted(question) and question.name not in tallies.adrift:
                tables[question.name] = layouts(ground, question, chosen)
    found = Crude(ground, tables)
    found.begin()
    found.settle()
    return found


def _about(report: Mapping[str, Any], questions: Collection[str]) -> dict[str, Any]:
    """What a report says of some questions, and of everyone."""
    silent = [each for each in report["coverage"]["non_response"] if each["question"] in questions]
    tables = [each for each in report["tables"] if each["question"] in questions]
    coverage = {**report["coverage"], "non_response": silent}
    return {**report, "coverage": coverage, "tables": tables}


def _holds(row: Row, target: Target) -> bool:
    within = dict(target.within)
    return all(within[name] <= set(of) for name, of in row.within.items())


def _distance(names: set[str], others: set[str]) -> int:
    """How near a table is to a count: the same dimensions, more, some of them, none."""
    if names == others:
        return 0
    return 1 if names < others else 2 if names & others else 3
