"""Counts as an engine gives them: how many people for each combination of numbers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consultations.analysis.coding import Column, Key, columns
from consultations.analysis.plan import CHANNEL, ENTRY, LANGUAGE, TablePlan

Numbers = NDArray[np.int64]

CELLS = 16_384
"""Cells up to which several sets of keys are counted together and added up afterwards."""


@dataclass(frozen=True)
class Table:
    """How many people there are for each combination of numbers that occurs.

    numbers: a row of numbers for every key.
    weights: the weights of these people, added up, where they were asked for.
    """

    keys: tuple[Key, ...]
    numbers: tuple[Numbers, ...]
    people: Numbers
    weights: NDArray[np.float64] | None = None

    def crossed(self, axes: Sequence["Axis"]) -> Numbers:
        """The people by some of the keys, an axis for each."""
        return np.rint(self._added(axes, self.people)).astype(np.int64)

    def weighted(self, axes: Sequence["Axis"]) -> NDArray[np.float64]:
        """The same with every person's weight."""
        assert self.weights is not None, "weights were not asked for"
        return self._added(axes, self.weights)

    def _added(self, axes: Sequence["Axis"], numbers: NDArray[Any]) -> NDArray[np.float64]:
        flat = np.zeros(len(numbers), dtype=np.int64)
        for axis in axes:
            flat = flat * axis.size + axis.places[self.of(axis.key)]
        shape = tuple(axis.size for axis in axes)
        return (
            np.bincount(flat, weights=numbers, minlength=prod(shape))
            .astype(np.float64)
            .reshape(shape)
        )

    def of(self, key: Key) -> Numbers:
        """The numbers of a key, row by row."""
        return self.numbers[self.keys.index(key)]


@dataclass(frozen=True)
class Axis:
    """A key as an axis of a table: at which place each of its numbers is counted."""

    key: Key
    places: Numbers
    size: int


Ask = Callable[[Sequence[frozenset[Key]]], Iterable[Table]]
"""Count by sets of keys; every set is inside the keys of some table that comes back."""


@dataclass
class Counts:
    """Counts of a plan's answers, asked of an engine as they are needed.

    dimensions: name -> what its numbers stand for, from 0.
    """

    n: int
    dimensions: Mapping[str, Sequence[str]]
    ask: Ask
    tables: list[Table] = field(default_factory=list)

    def prepare(self, sets: Sequence[frozenset[Key]]) -> None:
        """Count by many sets of keys at once."""
        if self.n:
            self.tables += self.ask(sets)

    def table(self, keys: Iterable[Key]) -> Table:
        """A table in which some keys are."""
        wanted = frozenset(keys)
        fitting = [each for each in self.tables if wanted <= frozenset(each.keys)]
        if fitting:
            return min(fitting, key=lambda each: len(each.people))
        if not self.n:
            nothing = np.zeros(0, dtype=np.int64)
            return Table((*wanted,), (nothing,) * len(wanted), nothing)
        self.prepare([wanted])
        return self.table(wanted)


def wanted(plan: TablePlan, dimensions: Iterable[str]) -> list[frozenset[Key]]:
    """The sets of keys that the tables of a plan are read off."""
    known = set(dimensions)
    together = [*plan.crossings, *(tuple(group.of) for group in plan.groups)]
    together += [(each.name,) for each in plan.dimensions]
    together += [(name,) for name in (CHANNEL, ENTRY) if name in known]
    by = _largest(frozenset(names) & known for names in together) or [frozenset()]
    answers = [column for question in plan.questions for column in columns(question)]
    found: list[frozenset[Key]] = [frozenset({one, *names}) for one in answers for names in by]
    found += [] if answers else [frozenset[Key](names) for names in by]
    found += [frozenset({LANGUAGE})] if LANGUAGE in known else []
    return [each for each in found if each] + routes(plan)


def routes(plan: TablePlan) -> list[frozenset[Key]]:
    """The sets of keys that tell whether routed questions were asked as their routes say."""
    by_name = {each.name: each for each in plan.questions}
    return [
        frozenset([columns(each)[0], *columns(by_name[each.route.question])])
        for each in plan.questions
        if each.route and each.route.question in by_name
    ]


def packed(sets: Iterable[frozenset[Key]], size: Callable[[Key], int]) -> list[frozenset[Key]]:
    """Fewer and larger sets in which all of these are, none of them over `CELLS` cells by that.

    First the dimensions are put together, then the answers that are counted by the same.
    """
    by_answers: dict[frozenset[Key], list[frozenset[Key]]] = {}
    for each in _largest(sets):
        answers = frozenset[Key](key for key in each if isinstance(key, Column))
        by_answers.setdefault(answers, []).append(each - answers)
    by_dimensions: dict[frozenset[Key], list[frozenset[Key]]] = {}
    for own, names in by_answers.items():
        for together in _merged(names, size, CELLS // 32):
            by_dimensions.setdefault(together, []).append(own)
    return [
        together | answers
        for together, several in by_dimensions.items()
        for answers in _merged(several, size, CELLS // _cells(together, size))
    ]


def _merged(
    sets: Iterable[frozenset[Key]], size: Callable[[Key], int], most: int
) -> list[frozenset[Key]]:
    """Sets put together, the largest first, wherever that grows the least and stays small."""
    found: list[frozenset[Key]] = []
    for each in sorted(sets, key=lambda keys: -_cells(keys, size)):
        grown = [(_cells(each | other, size), place) for place, other in enumerate(found)]
        cells, place = min(grown, default=(most + 1, 0))
        if cells <= most:
            found[place] |= each
        else:
            found.append(each)
    return found


def _cells(keys: Iterable[Key], size: Callable[[Key], int]) -> int:
    return prod(size(key) for key in keys)


def _largest(sets: Iterable[frozenset[Key]]) -> list[frozenset[Key]]:
    """The sets that are inside no other."""
    once = list(dict.fromkeys(sets))
    return [each for each in once if not any(each < other for other in once)]
