"""What a plan's answers add up to: tables by question and set of dimensions, read off counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consultations.analysis.coding import KINDS, Column, columns
from consultations.analysis.counts import Axis, Counts, Numbers, Table, wanted
from consultations.analysis.plan import CountedQuestion, TablePlan
from consultations.analysis.quantities import (
    ANSWERED,
    EVERYONE,
    OUTSIDE,
    Quantity,
    Region,
    Route,
    Universe,
)
from consultations.codebook import NON_RESPONSE, POOLED


class Tallies:
    """Counts of the answers to a plan; knows nothing of what may be published."""

    def __init__(self, plan: TablePlan, counts: Counts) -> None:
        self.plan, self._counts = plan, counts
        self.n = counts.n
        self._tables: dict[tuple[str, tuple[str, ...]], Numbers] = {}
        self._columns = {each.name: columns(each) for each in plan.questions}
        counts.prepare(wanted(plan, counts.dimensions))
        self._dimensions = {name: self._occurring(name) for name in _order(plan, counts)}
        self._axes = {name: self._axis(name) for name in self._dimensions}
        self._by_answer: dict[tuple[str, Region], Mapping[str, int]] = {}
        self.kinds: dict[str, dict[str, int]] = {}
        self._questions = {each.name: self._parts(each) for each in plan.questions}

    @cached_property
    def universe(self) -> Universe:
        multiple = {q.name: q.codes for q in self.plan.questions if q.multiple}
        places = {q.name: q.asked for q in self.plan.questions if q.place > 1}
        return Universe(self._dimensions, self._questions, multiple, self._routes(), places)

    @cached_property
    def adrift(self) -> frozenset[str]:
        """Routed questions that nothing ties to the answers that route to them.

        Those that follow from one of them are adrift with it.
        """
        routes = self.universe.routes
        loose = {q.name for q in self.plan.questions if q.routed and q.name not in routes}
        while more := {n for n, route in routes.items() if route.question in loose} - loose:
            loose |= more
        return frozenset(loose)

    def _routes(self) -> dict[str, Route]:
        found = {}
        for question in self.plan.questions:
            route = question.route
            if route is not None and route.question in self._questions:
                table = self._counts.table(
                    [self._columns[question.name][0], *self._columns[route.question]]
                )
                asked, routed = self._asked(table, question.name), self._routed(table, route)
                if not (asked & ~routed).any():
                    exact = bool((asked == routed).all())
                    found[question.name] = Route(route.question, route.codes, exact)
        return found

    def _asked(self, table: Table, question: str) -> NDArray[np.bool_]:
        inside = [code not in OUTSIDE for code in self._questions[question]]
        return self._in_parts(table, question, inside)

    def _routed(self, table: Table, route: Route) -> NDArray[np.bool_]:
        own = [code in route.codes for code in self._questions[route.question]]
        chosen = [
            _bits(column, code)[table.of(column)] == 1
            for column in self._columns[route.question]
            for code in column.codes
            if column.multiple and code in route.codes
        ]
        parts = self._in_parts(table, route.question, own)
        return np.asarray(np.logical_or.reduce([parts, *chosen]), dtype=np.bool_)

    def _in_parts(self, table: Table, question: str, parts: list[bool]) -> NDArray[np.bool_]:
        axis = self._axis_of_parts(question)
        return np.array(parts, dtype=bool)[axis.places[table.of(axis.key)]]

    def count(self, quantity: Quantity) -> int:
        """The number of people in a quantity."""
        by_answer = self.by_answer(quantity.question, quantity.within)
        wanted = quantity.codes if quantity.question != EVERYONE else (EVERYONE,)
        return sum(by_answer[code] for code in wanted)

    def by_answer(self, question: str, region: Region) -> Mapping[str, int]:
        """The people of a group by their answer to a question (or to none)."""
        found = self._by_answer.get((question, region))
        if found is None:
            wanted, known = dict(region), self._dimensions
            names = tuple(sorted(wanted))
            table = self._table(question, names)
            for axis, name in enumerate(names, start=1):
                places = [known[name].index(code) for code in wanted[name]]
                table = table.take(places, axis)
            numbers = table.reshape(len(table), -1).sum(axis=1).tolist()
            codes = (EVERYONE,) if question == EVERYONE else self.universe.codes(question)
            found = self._by_answer[question, region] = dict(zip(codes, numbers, strict=True))
        return found

    def _occurring(self, name: str) -> tuple[str, ...]:
        """The codes of a dimension that occur: those declared in their order, then the others."""
        codes = self._counts.dimensions[name]
        found = {codes[number] for number in np.unique(self._counts.table([name]).of(name))}
        declared = [c.code for d in self.plan.dimensions if d.name == name for c in d.categories]
        rank = {code: place for place, code in enumerate((*declared, POOLED))}
        return tuple(sorted(found, key=lambda code: (rank.get(code, len(rank)), code)))

    def _axis(self, name: str) -> Axis:
        known = self._dimensions[name]
        place = {code: place for place, code in enumerate(known)}
        places = [place.get(code, 0) for code in self._counts.dimensions[name]]
        return Axis(name, np.array(places, dtype=np.int64), len(known))

    def _parts(self, question: CountedQuestion) -> tuple[str, ...]:
        """The codes that partition everyone, and on the way the kinds of non-response."""
        column = self._columns[question.name][0]
        everyone = Axis(column, np.arange(column.size), column.size)
        people = self._counts.table([column]).crossed([everyone])
        silent = {kind: int(people[column.silent(kind)]) for kind in NON_RESPONSE}
        self.kinds[question.name] = {kind: silent[kind] for kind in KINDS if silent[kind]}
        inside = (ANSWERED,) if question.multiple else question.codes
        pooled = (POOLED,) if self.kinds[question.name] else ()
        return (*inside, *pooled, *(kind for kind in OUTSIDE if silent[kind]))

    def _axis_of_parts(self, question: str) -> Axis:
        column, parts = self._columns[question][0], self._questions[question]
        answers = [ANSWERED] * column.answers if column.multiple else list(column.codes)
        silent = [kind if kind in OUTSIDE else POOLED for kind in NON_RESPONSE]
        place = {code: place for place, code in enumerate(parts)}
        places = [place.get(code, 0) for code in (*answers, *silent)]
        return Axis(column, np.array(places, dtype=np.int64), len(parts))

    def _table(self, question: str, names: tuple[str, ...]) -> Numbers:
        key = (question, names)
        if key not in self._tables:
            self._tables[key] = self._crossed(question, names, Table.crossed)
        return self._tables[key]

    def weighted(self, question: str, names: tuple[str, ...]) -> NDArray[np.float64]:
        """The weights of everyone by answer (`universe.codes`) and by dimensions."""
        return self._crossed(question, names, Table.weighted)

    def _crossed(
        self,
        question: str,
        names: tuple[str, ...],
        added: Callable[[Table, Sequence[Axis]], NDArray[Any]],
    ) -> NDArray[Any]:
        by = [self._axes[name] for name in names]
        if question == EVERYONE:
            return added(self._counts.table(names), by)[np.newaxis]
        axis = self._axis_of_parts(question)
        parts = added(self._counts.table([axis.key, *names]), [axis, *by])
        yes = [
            added(
                self._counts.table([column, *names]), [Axis(column, _bits(column, code), 2), *by]
            )[1]
            for column in self._columns[question]
            for code in column.codes
            if column.multiple
        ]
        return np.stack([*parts, *yes, *(parts[0] - one for one in yes)])


def _order(plan: TablePlan, counts: Counts) -> Iterable[str]:
    declared = [each.name for each in plan.dimensions]
    return [*declared, *(name for name in counts.dimensions if name not in declared)]


def _bits(column: Column, code: str) -> Numbers:
    """For every number of a multiple question's column whether it has a choice in it: 1, else 0."""
    bit = 1 << column.codes.index(code)
    return np.array(
        [number < column.answers and bool(number & bit) for number in range(column.size)],
        dtype=np.int64,
    )
