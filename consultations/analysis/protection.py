"""From a laid out question to what of it may be shown: targets, first gaps, and their partners."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from math import log

import numpy as np

from consultations.analysis.disclosure import Pattern
from consultations.analysis.ground import Ground, sensitive
from consultations.analysis.knowledge import Demand, Knowledge
from consultations.analysis.lattice import Lattice
from consultations.analysis.layout import Layout, Row
from consultations.analysis.linear import Mask, Vector
from consultations.analysis.merging import Merged
from consultations.analysis.plan import CHANNEL, ENTRY, GROUP, LANGUAGE, CountedQuestion, View
from consultations.analysis.quantities import EVERYONE, Quantity
from consultations.codebook import POOLED

ZERO_BASES = 5
"""Bases under this many thresholds: where everyone chose the same, the rest is protected."""


def protected_counts(ground: Ground, question: CountedQuestion) -> Iterator[tuple[Quantity, bool]]:
    """The counts that nobody may work out, and whether zero must stay possible for them."""
    universe, name = ground.universe, question.name
    codes = [*question.codes, *([POOLED] if question.sensitive else [])]
    for view in ground.views:
        for row in [*ground.planned(view), *ground.rows(view)]:
            for code in codes:
                quantity = universe.counted(name, (code,), row.region)
                if ground.small(ground.count(quantity)):
                    yield quantity, True
            if ground.plan.policy.sensitive_zero_rule and sensitive(ground, question, view):
                yield from ((other, False) for other in _outside(ground, question, row))


def protected_groups(ground: Ground) -> Iterator[Quantity]:
    """The planned groups, channels and languages of fewer people than the threshold."""
    views = [*ground.views, *(View((name,)) for name in (CHANNEL, ENTRY, LANGUAGE))]
    for view in views:
        if all(name == GROUP or name in ground.universe.dimensions for name in view.by):
            for row in ground.planned(view):
                quantity = ground.universe.counted(EVERYONE, (), row.region)
                if ground.small(ground.count(quantity)):
                    yield quantity


def _outside(ground: Ground, question: CountedQuestion, row: Row) -> Iterator[Quantity]:
    """Where one choice holds everyone of a small base: those outside that choice, who are none."""
    universe, name = ground.universe, question.name
    base = ground.count(row.base(universe, name))
    if not 0 < base < ZERO_BASES * ground.threshold:
        return
    for code in question.codes:
        if ground.count(universe.counted(name, (code,), row.region)) == base:
            others = ("~" + code, POOLED) if question.multiple else (universe.asked(name) - {code})
            yield universe.counted(name, others, row.region)


def first_gaps(ground: Ground, layout: Layout) -> Iterator[Quantity]:
    """What a table withholds before complementary suppression."""
    universe, question = ground.universe, layout.question
    for row in layout.rows:
        base = row.base(universe, question.name)
        people = ground.count(base)
        if people < ground.threshold:
            yield base
            yield row.answered(universe, question.name)
        for category in layout.categories:
            if first_cell(ground, question, row, category):
                yield row.cell(universe, question.name, category)


def first_cell(ground: Ground, question: CountedQuestion, row: Row, category: Merged) -> bool:
    """Whether a cell is withheld before complementary suppression."""
    universe = ground.universe
    people = ground.count(row.base(universe, question.name))
    number = ground.count(row.cell(universe, question.name, category))
    if category.code == POOLED:
        return _silence(ground, question, row, people, number)
    return ground.small(number) or (
        people < ground.minimum and not _given_away(ground, question, row, category.of)
    )


def _silence(ground: Ground, question: CountedQuestion, row: Row, people: int, number: int) -> bool:
    """Whether non-response of a row is withheld from the start.

    It is no answer: where so few did not answer that a gap could be worked out, it is shown.
    """
    if question.sensitive and ground.small(number):
        return True
    if people < ground.threshold:
        return number > 0
    if people >= ground.minimum:
        return False
    return _least(ground, question, row, (POOLED,)) >= 2 * ground.threshold


def _given_away(ground: Ground, question: CountedQuestion, row: Row, codes: Sequence[str]) -> bool:
    """Whether a margin that is shown says that nobody is in a cell."""
    universe, name = ground.universe, question.name
    for within in _above(row):
        margin = universe.quantity(name, codes, within)
        if ground.count(margin) == 0:
            above = ground.row(row.codes, within)
            enough = ground.count(above.base(universe, name)) >= ground.minimum
            if enough or (within and _given_away(ground, question, above, codes)):
                return True
    return False


def _least(ground: Ground, question: CountedQuestion, row: Row, codes: Sequence[str]) -> int:
    """The smallest of the margins above a cell."""
    universe = ground.universe
    margins = [universe.quantity(question.name, codes, within) for within in _above(row)]
    return min(ground.count(margin) for margin in margins)


def _above(row: Row) -> list[dict[str, tuple[str, ...]]]:
    """The margins above a row: each of its dimensions left out."""
    return [
        {name: of for name, of in row.within.items() if name != left_out} for left_out in row.within
    ] or [{}]


TRIED = 30
"""Gaps of a case that are tried whether they are needed, the most useful numbers first."""


class Case:
    """One question (or the population alone, or several together) with what is shown of it."""

    def __init__(
        self,
        ground: Ground,
        lattice: Lattice,
        tables: Sequence[Layout],
        questions: Sequence[CountedQuestion],
        known: Iterable[Quantity] = (),
    ) -> None:
        self.ground, self.tables = ground, tables
        self.settled: Pattern | None = None
        self._places: dict[Quantity, int] = {}
        self._prices: list[float] = []
        self._rows: list[int] = []
        self._partners: dict[int, set[int]] = {}
        self._number = count()
        languages = not questions
        for quantity in ground.coverage:
            if languages or LANGUAGE not in quantity.dimensions:
                self._print(quantity, self._price(quantity, "base", None), next(self._number))
        for quantity in (*ground.absent, *known):
            self._print(quantity, np.inf, next(self._number))
        for layout in tables:
            self._lay(layout)
        printed = len(self._places)
        demands = list(self._demands(questions, languages))
        self.quantities = list(self._places)
        self.truth = np.array([ground.count(q) for q in self.quantities], dtype=np.float64)
        self.printable = np.arange(len(self.quantities)) < printed
        self.demands = demands
        self.lattice = lattice
        self.system = lattice.system([ground.collapse(q) for q in self.quantities])
        self._nobody = [ground.collapse(quantity) for quantity in ground.absent]
        self._known_inside: dict[tuple[int, int], bool] = {}
        self._padded()

    def pattern(
        self,
        withheld: Iterable[Quantity],
        proven: Iterable[Quantity] = (),
        floors: Iterable[Quantity] = (),
    ) -> Pattern:
        """The pattern of gaps to start from; what is proven safe already is not asked again."""
        known = Knowledge(
            self.system,
            self.truth,
            self.ground.threshold,
            self.printable,
            np.zeros(len(self.quantities), dtype=bool),
            self.demands,
            frozenset(self.places(proven)),
            self._inside,
        )
        pattern = Pattern(known, lambda row: self._partners.get(row, ()), self._dear)
        pattern.hide(self.places(withheld))
        known.floors[[self._places[q] for q in floors]] = True
        return pattern

    def places(self, quantities: Iterable[Quantity]) -> list[int]:
        """The rows of those quantities that have one."""
        return [self._places[q] for q in quantities if q in self._places]

    def proven(self, pattern: Pattern) -> tuple[set[Quantity], set[Quantity]]:
        """Whose demands are met, for one who reasons on as well; and what cannot be zero."""
        met = {self.quantities[row] for row in pattern.known.proves()}
        return met, {self.quantities[row] for row in np.flatnonzero(pattern.known.floors)}

    def hidden(self, pattern: Pattern) -> set[Quantity]:
        return {self.quantities[row] for row in np.flatnonzero(pattern.hidden)}

    def first(self) -> set[Quantity]:
        """The gaps every table starts with; small groups for the population."""
        found = {q for q in self.ground.coverage if self.ground.count(q) < self.ground.threshold}
        return found.union(*(first_gaps(self.ground, layout) for layout in self.tables))

    def dearest_first(self, pattern: Pattern, kept: set[Quantity]) -> list[int]:
        """Gaps that might not be needed, the most useful number first."""
        rows = [int(r) for r in np.flatnonzero(pattern.hidden) if self.quantities[r] not in kept]
        return sorted(rows, key=lambda row: (-self._price_of[row], row))[:TRIED]

    def _print(self, quantity: Quantity, price: float, row: int) -> int:
        place = self._places.get(quantity)
        if place is None:
            place = self._places[quantity] = len(self._places)
            self._prices.append(price)
            self._rows.append(row)
        elif price > self._prices[place]:
            self._prices[place], self._rows[place] = price, row
        return place

    def _lay(self, layout: Layout) -> None:
        row_now, number = None, -1
        ties: dict[str, int] = {}
        for row, kind, quantity in layout.numbers(self.ground.universe):
            if row is not row_now:
                row_now, number, ties = row, next(self._number), {}
            price = self._price(quantity, kind, layout.view, row)
            ties[kind] = self._print(quantity, price, number)
            if kind == "silent":
                one, other = ties["answered"], ties["silent"]
                self._partners.setdefault(other, set()).add(one)

    def _price(
        self, quantity: Quantity, kind: str, view: View | None, row: Row | None = None
    ) -> float:
        people = self.ground.count(quantity)
        weight = _weight(quantity, kind, view) * (1 + log(1 + people))
        return weight * (0.3 if row is not None and row.silent else 1.0)

    def _demands(self, questions: Sequence[CountedQuestion], languages: bool) -> Iterator[Demand]:
        wanted: dict[Quantity, bool] = {}
        for quantity in protected_groups(self.ground):
            if languages or LANGUAGE not in quantity.dimensions:
                wanted[quantity] = True
        for question in questions:
            for quantity, zero in protected_counts(self.ground, question):
                wanted[quantity] = wanted.get(quantity, False) or zero
        whole: dict[Quantity, bool] = {}
        for quantity, zero in wanted.items():
            inside = self.ground.whole(quantity)
            whole[inside] = whole.get(inside, False) or (zero and inside == quantity)
        for quantity, zero in whole.items():
            if self.ground.count(quantity) >= self.ground.threshold:
                continue
            yield Demand(self._places.setdefault(quantity, len(self._places)), zero=zero)

    def _padded(self) -> None:
        size = len(self.quantities)
        self._price_of: Vector = np.zeros(size)
        self._price_of[: len(self._prices)] = self._prices
        everyone = self._places.get(self.ground.universe.quantity(EVERYONE, (), {}))
        if everyone is not None:
            self._price_of[everyone] = np.inf
        self._row_of = np.full(size, next(self._number))
        self._row_of[: len(self._rows)] = self._rows

    def _inside(self, one: int, other: int) -> bool:
        """Whether the person in one row is known to be in another as well."""
        found = self._known_inside.get((one, other))
        if found is None:
            here, there = self.quantities[one], self.quantities[other]
            found = here.inside(there) or self.lattice.holds(
                self.ground.collapse(here), self.ground.collapse(there), self._nobody
            )
            self._known_inside[one, other] = found
        return found

    def _dear(self, hidden: Mask) -> Vector:
        """Prices, lower in rows that have a gap already."""
        gapped = np.zeros(int(self._row_of.max()) + 1, dtype=bool)
        gapped[self._row_of[hidden & self.printable]] = True
        return np.asarray(self._price_of * np.where(gapped[self._row_of], 0.4, 1.0))


def _weight(quantity: Quantity, kind: str, view: View | None) -> float:
    if kind == "base":
        return 10.0 if len(quantity.dimensions) > 1 else 400.0
    if view is None or not view.by:
        return 2000.0
    if len(view.by) > 1:
        return 1.5
    return 6.0 if view.by[0] in (CHANNEL, ENTRY) else 30.0
