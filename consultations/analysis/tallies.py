"""Counting: contingency tables of numpy, one per question and set of dimensions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from consultations.analysis.plan import (
    CHANNEL,
    ENTRY,
    LANGUAGE,
    CountedQuestion,
    Responses,
    TablePlan,
)
from consultations.analysis.quantities import (
    ANSWERED,
    EVERYONE,
    OUTSIDE,
    Quantity,
    Route,
    Universe,
)
from consultations.codebook import DONT_KNOW, NOT_CODABLE, POOLED, PREFER_NOT, SKIPPED

KINDS = (DONT_KNOW, PREFER_NOT, SKIPPED, NOT_CODABLE)
"""The kinds of non-response that `-` pools."""

Numbers = NDArray[np.int64]


class Tallies:
    """Counts of the answers to a plan; knows nothing of what may be published."""

    def __init__(self, plan: TablePlan, responses: Responses) -> None:
        self.plan = plan
        self.n = responses.n
        self._coded: dict[str, Numbers] = {}
        self._answers: dict[str, Numbers] = {}
        self._chosen: dict[tuple[str, str], NDArray[np.bool_]] = {}
        self._tables: dict[tuple[str, tuple[str, ...]], Numbers] = {}
        self._counts: dict[Quantity, int] = {}
        self.kinds: dict[str, dict[str, int]] = {}
        self._dimensions = {
            name: self._dimension(name, values, declared)
            for name, values, declared in _dimensions(plan, responses)
        }
        self._questions = {
            question.name: self._question(question, responses.answers[question.name])
            for question in plan.questions
        }

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
                asked, routed = self._asked(question.name), self._routed(route)
                if not (asked & ~routed).any():
                    exact = bool((asked == routed).all())
                    found[question.name] = Route(route.question, route.codes, exact)
        return found

    def _asked(self, question: str) -> NDArray[np.bool_]:
        inside = [code not in OUTSIDE for code in self._questions[question]]
        return np.array(inside, dtype=bool)[self._answers[question]]

    def _routed(self, route: Route) -> NDArray[np.bool_]:
        chosen = [self._chosen[key] for code in route.codes
                  if (key := (route.question, code)) in self._chosen]  # fmt: skip
        codes = [code in route.codes for code in self._questions[route.question]]
        found = np.array(codes, dtype=bool)[self._answers[route.question]]
        return np.asarray(np.logical_or.reduce([found, *chosen]), dtype=np.bool_)

    def count(self, quantity: Quantity) -> int:
        """The number of people in a quantity."""
        if quantity not in self._counts:
            self._counts[quantity] = self._sum(quantity)
        return self._counts[quantity]

    def _sum(self, quantity: Quantity) -> int:
        names = tuple(sorted(quantity.dimensions))
        table = self._table(quantity.question, names)
        wanted = dict(quantity.within)
        index = [
            [self._dimensions[name].index(code) for code in sorted(wanted[name])] for name in names
        ]
        if quantity.question == EVERYONE:
            rows = [0]
        else:
            codes = self.universe.codes(quantity.question)
            rows = [codes.index(code) for code in sorted(quantity.codes)]
        return int(table[np.ix_(rows, *index)].sum())

    def _dimension(
        self, name: str, values: Sequence[str], declared: tuple[str, ...]
    ) -> tuple[str, ...]:
        seen, coded = _encoded(values)
        found = [str(code) for code in seen]
        rank = {code: place for place, code in enumerate((*declared, POOLED))}
        order = sorted(found, key=lambda code: (rank.get(code, len(declared)), code))
        self._coded[name] = np.array([order.index(code) for code in found] or [0])[coded]
        return tuple(order)

    def _question(self, question: CountedQuestion, answers: Sequence[object]) -> tuple[str, ...]:
        found, coded = _encoded(answers)
        read = [_read(question, answer) for answer in found]
        times = np.bincount(coded, minlength=len(found))
        self.kinds[question.name] = _kinds(read, times)
        parts = [part for part, _, _ in read]
        inside = (ANSWERED,) if question.multiple else question.codes
        codes = (*inside, *(code for code in (POOLED, *OUTSIDE) if code in parts))
        place = np.array([codes.index(part) for part in parts] or [0])
        self._answers[question.name] = place[coded]
        if question.multiple:
            for code in question.codes:
                member = np.array([code in chosen for _, chosen, _ in read] or [False])
                self._chosen[question.name, code] = member[coded]
        return codes

    def _table(self, question: str, names: tuple[str, ...]) -> Numbers:
        key = (question, names)
        if key not in self._tables:
            self._tables[key] = self._crossed(question, names)
        return self._tables[key]

    def _crossed(self, question: str, names: tuple[str, ...]) -> Numbers:
        shape = tuple(len(self._dimensions[name]) for name in names)
        flat = np.zeros(self.n, dtype=np.int64)
        for name, size in zip(names, shape, strict=True):
            flat = flat * size + self._coded[name]
        cells = int(np.prod(shape, dtype=np.int64))
        if question == EVERYONE:
            return np.bincount(flat, minlength=cells).reshape(1, *shape)
        parts = self._questions[question]
        both = self._answers[question] * cells + flat
        table = np.bincount(both, minlength=len(parts) * cells).reshape(len(parts), *shape)
        choices = self.universe.choices.get(question, ())
        yes = [
            np.bincount(flat[self._chosen[question, code]], minlength=cells).reshape(shape)
            for code in choices
        ]
        return np.stack([*table, *yes, *(table[0] - one for one in yes)])


def _dimensions(
    plan: TablePlan, responses: Responses
) -> list[tuple[str, Sequence[str], tuple[str, ...]]]:
    declared = [
        (d.name, responses.dimension[d.name], tuple(c.code for c in d.categories))
        for d in plan.dimensions
    ]
    taken = {name for name, _, _ in declared}
    beside = {CHANNEL: responses.channel, LANGUAGE: responses.language, ENTRY: responses.entry}
    return declared + [
        (name, values, ()) for name, values in beside.items() if len(values) and name not in taken
    ]


def _encoded(values: Sequence[object]) -> tuple[list[object], Numbers]:
    place: dict[object, int] = {}
    coded = [place.setdefault(value, len(place)) for value in values]
    return list(place), np.array(coded, dtype=np.int64)


def _read(question: CountedQuestion, answer: object) -> tuple[str, frozenset[str], str | None]:
    """The part of the partition an answer is in, what it chose, and its kind of non-response."""
    given = frozenset(answer if isinstance(answer, tuple) else (str(answer),))
    chosen = given & frozenset(question.codes)
    if chosen:
        return (ANSWERED if question.multiple else min(chosen)), chosen, None
    for code in OUTSIDE:
        if code in given:
            return code, frozenset(), None
    kind = next((code for code in KINDS if code in given), SKIPPED if not given else NOT_CODABLE)
    return POOLED, frozenset(), kind


def _kinds(
    read: Sequence[tuple[str, frozenset[str], str | None]], times: Mapping[int, int] | Numbers
) -> dict[str, int]:
    found: Counter[str] = Counter()
    for place, (_, _, kind) in enumerate(read):
        if kind is not None:
            found[kind] += int(times[place])
    return {kind: found[kind] for kind in KINDS if found[kind]}
