"""What every table of a plan stands on: counts, merged groups, and which numbers are too small."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product

from consultations.analysis.chordal import Clique, cliques
from consultations.analysis.layout import TOTAL, Layout, Row
from consultations.analysis.merging import Partition, of_group
from consultations.analysis.plan import (
    CHANNEL,
    ENTRY,
    GROUP,
    LANGUAGE,
    CountedQuestion,
    TablePlan,
    View,
    views,
)
from consultations.analysis.quantities import EVERYONE, Quantity, Universe
from consultations.analysis.tallies import Tallies
from consultations.codebook import POOLED


@dataclass(frozen=True)
class Ground:
    """A plan, its counts, and the groups that its tables show.

    shown:     dimension -> its groups, merged; channel, entry and language as they occur.
    withdrawn: tables of the plan that are withheld as a whole: (question, view).
    """

    plan: TablePlan
    tallies: Tallies
    shown: Mapping[str, Partition]
    withdrawn: frozenset[tuple[str, View]] = frozenset()
    universe: Universe = field(init=False)
    _rows: dict[View, tuple[Row, ...]] = field(init=False, repr=False, default_factory=dict)
    _planned: dict[View, tuple[Row, ...]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "universe", self.tallies.universe)

    @property
    def threshold(self) -> int:
        return self.plan.policy.threshold

    @property
    def minimum(self) -> int:
        return self.plan.policy.minimum_base

    def small(self, count: int) -> bool:
        return 0 < count < self.threshold

    def count(self, quantity: Quantity) -> int:
        return self.tallies.count(quantity)

    @cached_property
    def views(self) -> tuple[View, ...]:
        known = self.universe.dimensions
        return views(
            self.plan, channels=len(known.get(CHANNEL, ())), entries=len(known.get(ENTRY, ()))
        )

    @cached_property
    def told(self) -> tuple[View, ...]:
        """The views that some question has a table of."""
        names = [question.name for question in self.plan.questions if self.counted(question)]
        return tuple(
            view for view in self.views if any((name, view) not in self.withdrawn for name in names)
        )

    @cached_property
    def cliques(self) -> list[Clique]:
        """The cliques of the dimensions that tables break answers down by."""
        names = {name for name in self.universe.dimensions if name != LANGUAGE}
        crossed = [view.by for view in self.views if len(view.by) > 1]
        return cliques(names, [*crossed, *(group.of for group in self.plan.groups)])

    @cached_property
    def coverage(self) -> tuple[Quantity, ...]:
        """The counts of people that the report shows whatever the question."""
        rows = [
            self.row((part.code,), {name: part.of})
            for name, parts in self.shown.items()
            for part in parts
        ]
        rows += [row for view in self.told for row in self.rows(view)]
        found = (self.universe.counted(EVERYONE, (), row.region) for row in rows)
        return tuple(dict.fromkeys(found))

    @cached_property
    def absent(self) -> tuple[Quantity, ...]:
        """Crossed groups in which nobody is: tables leave them out, so readers know."""
        found = []
        for view in self.told:
            if len(view.by) > 1:
                for parts in product(*(self.shown[name] for name in view.by)):
                    within = {n: part.of for n, part in zip(view.by, parts, strict=True)}
                    nobody = self.universe.quantity(EVERYONE, (), within)
                    if not self.count(nobody):
                        found.append(nobody)
        return tuple(found)

    @cached_property
    def collapsed(self) -> Universe:
        """The universe in which codes that every table shows together are one."""
        dimensions = {name: tuple(p.code for p in parts) for name, parts in self.shown.items()}
        return replace(self.universe, dimensions=dimensions)

    def collapse(self, quantity: Quantity) -> Quantity:
        """A quantity made of whole groups, in the collapsed universe."""
        within = {
            name: [part.code for part in self.shown[name] if set(part.of) <= codes]
            for name, codes in quantity.within
        }
        return self.collapsed.quantity(quantity.question, quantity.codes, within)

    def whole(self, quantity: Quantity) -> Quantity:
        """The smallest quantity made of whole groups that holds another.

        Nobody can tell who of a group is in a part of it: as much as the whole could be there,
        and, if it is a part, nobody.
        """
        within = {
            name: [c for part in self.shown[name] if set(part.of) & codes for c in part.of]
            for name, codes in quantity.within
        }
        return self.universe.quantity(quantity.question, quantity.codes, within)

    @cached_property
    def profiles(self) -> tuple[Quantity, ...]:
        """Everyone by all dimensions that tables use at once."""
        names = sorted({name for clique in self.cliques for name in clique})
        return tuple(
            self.universe.quantity(
                EVERYONE, (), {n: part.of for n, part in zip(names, parts, strict=True)}
            )
            for parts in product(*(self.shown[name] for name in names))
        )

    def counted(self, question: CountedQuestion) -> bool:
        """Whether enough people were asked a question for it to have tables."""
        base = TOTAL.base(self.universe, question.name)
        return self.count(base) >= max(self.minimum, self.threshold)

    def row(
        self, codes: tuple[str, ...], within: Mapping[str, tuple[str, ...]], silent: bool = False
    ) -> Row:
        return Row(codes, within, self.universe.region(within), silent)

    def rows(self, view: View) -> tuple[Row, ...]:
        """The groups of a view that occur, the total last."""
        if view not in self._rows:
            found = self._groups() if view.by == (GROUP,) else self._parts(view)
            self._rows[view] = (*(row for row in found if self._occurs(row)), TOTAL)
        return self._rows[view]

    def planned(self, view: View) -> tuple[Row, ...]:
        """The groups of a view as planned, before any merging, those that occur."""
        if view not in self._planned:
            if view.by == (GROUP,):
                found = [self.row((group.code,), group.of) for group in self.plan.groups]
            else:
                every = product(*(self.universe.dimensions[name] for name in view.by))
                found = [
                    self.row(
                        codes,
                        {name: (code,) for name, code in zip(view.by, codes, strict=True)},
                        POOLED in codes,
                    )
                    for codes in every
                    if view.by
                ]
            self._planned[view] = tuple(row for row in found if self._occurs(row))
        return self._planned[view]

    def _parts(self, view: View) -> list[Row]:
        return [
            self.row(
                tuple(part.code for part in parts),
                {name: part.of for name, part in zip(view.by, parts, strict=True)},
                any(part.code == POOLED for part in parts),
            )
            for parts in product(*(self.shown[name] for name in view.by))
            if view.by
        ]

    def _groups(self) -> list[Row]:
        found = []
        for group in self.plan.groups:
            within = of_group(group, self.shown, self._one)
            found.append(self.row((group.code,), group.of if within is None else within))
        return found

    def _one(self, name: str, code: str) -> int:
        return self.count(self.universe.quantity(EVERYONE, (), {name: (code,)}))

    def _occurs(self, row: Row) -> bool:
        return self.count(self.universe.counted(EVERYONE, (), row.region)) > 0


def sensitive(ground: Ground, question: CountedQuestion, view: View) -> bool:
    """Whether zeros of a question in a view are protected."""
    by = {name for group in ground.plan.groups for name in group.of}
    names = by if view.by == (GROUP,) else set(view.by)
    return question.sensitive or any(d.sensitive for d in ground.plan.dimensions if d.name in names)


def layouts(
    ground: Ground, question: CountedQuestion, categories: Mapping[tuple[str, ...], Partition]
) -> tuple[Layout, ...]:
    """The tables of a question that are not withheld as a whole; its `categories` by view."""
    return tuple(
        Layout(question, view, categories[view.by], ground.rows(view))
        for view in ground.views
        if (question.name, view) not in ground.withdrawn
    )
