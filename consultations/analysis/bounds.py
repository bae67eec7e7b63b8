"""How little and how much hidden numbers can be, given what is told."""

from collections.abc import Mapping, Sequence

import numpy as np

from consultations.analysis.lattice import Lattice
from consultations.analysis.linear import SLACK, LinearSystem, Mask, Places, Vector
from consultations.analysis.quantities import Quantity
from consultations.analysis.witnesses import Witnesses

WHOLE_LIMIT = 2_000
"""Unknowns up to which whole numbers are looked for."""

SEARCHES = 20
"""Searches for whole numbers in a system: a count, so that every machine finds the same."""


class Bounds:
    """What a system of statements leaves open; every solution met answers for all rows.

    whole: those of the solutions that are populations of whole people.
    """

    def __init__(
        self, lattice: Lattice, told: Mapping[Quantity, int], asked: Sequence[Quantity]
    ) -> None:
        self.quantities = [*told, *(q for q in dict.fromkeys(asked) if q not in told)]
        self.system: LinearSystem = lattice.system(self.quantities)
        size, known = len(self.quantities), len(told)
        self.lower: Vector = np.full(size, -np.inf)
        self.upper: Vector = np.full(size, np.inf)
        self.lower[:known] = self.upper[:known] = list(told.values())
        self.place = {quantity: place for place, quantity in enumerate(self.quantities)}
        self.witnesses, self.whole = Witnesses(size), Witnesses(size)

    def possible(self) -> bool:
        """Whether what is told does not contradict itself."""
        return not np.isnan(self.extreme(0, 1))

    def extreme(self, row: int, sense: int) -> float:
        """The least or greatest value of a row under what is told."""
        value, solution = self.system.extreme(row, sense, self.lower, self.upper)
        self._remember(solution)
        return value

    def interval(self, quantity: Quantity) -> tuple[float, float]:
        """The exact bounds of a quantity."""
        row = self.place[quantity]
        if self.lower[row] == self.upper[row]:
            return float(self.lower[row]), float(self.upper[row])
        return self.extreme(row, 1), self.extreme(row, -1)

    def reaches(self, row: int, sense: int, goal: float) -> bool:
        """Whether a row can be as little (sense 1) or as much (sense -1) as a goal."""
        if self._seen(row, sense, goal):
            return True
        return bool(sense * (self.extreme(row, sense) - goal) <= SLACK)

    def unshown(self, low: Places, high: Places, goal: float) -> int:
        """For how many rows no population of whole people was found.

        It must say all that is told, and a row be zero in it (low), or reach a goal (high). What
        holds in one solution at once is looked for at once, where most does first.
        """
        values, searches = self.witnesses.values, 0
        while self.system.size <= WHOLE_LIMIT and searches < SEARCHES:
            low, high = low[self._left(low, 1, 0.0)], high[self._left(high, -1, goal)]
            zero, reach = values[:, low] <= SLACK, values[:, high] >= goal - SLACK
            many = zero.sum(axis=1) + reach.sum(axis=1)
            if not many.any():
                break
            best = int(many.argmax())
            self._look_whole(low[zero[best]], high[reach[best]], goal)
            values, searches = np.delete(values, best, axis=0), searches + 1
        return int(self._left(low, 1, 0.0).sum() + self._left(high, -1, goal).sum())

    def _look_whole(self, low: Places, high: Places, goal: float) -> None:
        lower, upper = self.lower.copy(), self.upper.copy()
        upper[low], lower[high] = np.minimum(upper[low], 0), np.maximum(lower[high], goal)
        self._remember_whole(self.system.search_whole(lower, upper))

    def _left(self, rows: Places, sense: int, goal: float) -> Mask:
        seen = self.whole.least if sense > 0 else self.whole.most
        return np.asarray(sense * (seen[rows] - goal) > 0)

    def _remember_whole(self, solution: Vector | None) -> None:
        if solution is not None:
            self.whole.add(np.asarray(self.system.rows @ solution))

    def seek(self, rows: Sequence[int], sense: int, goal: float) -> None:
        """Look for solutions in which many rows reach a goal at once, as long as more do.

        None of them goes further than it has to, so that all have their share of what is open.
        """
        left = np.array(rows if len(self.witnesses) else [], dtype=np.int64)
        before = len(left) + 1
        while 3 <= len(left) < before:
            before = len(left)
            weights = np.zeros(len(self.quantities))
            weights[left] = 1 / len(left)
            lower, upper = self.lower, self.upper.copy()
            if sense < 0:
                first = self.witnesses.values[0, left]
                upper[left] = np.minimum(upper[left], np.maximum(goal, first))
            _, solution = self.system.extreme(weights, sense, lower, upper, supposing=True)
            self._remember(solution)
            left = left[~self._seen(left, sense, goal)]

    def width(self, row: int, enough: float) -> float:
        """The width of a row's interval, exact where it is under `enough`."""
        if self.witnesses.width[row] >= enough:
            return float(self.witnesses.width[row])
        return self.extreme(row, -1) - self.extreme(row, 1)

    def narrowest(self, rows: Sequence[int]) -> float:
        """The width of the narrowest interval of some rows."""
        found = np.inf
        for row in sorted(rows, key=lambda row: float(self.witnesses.width[row])):
            found = min(found, self.width(row, found))
        return found

    def raise_floors(self, rows: Sequence[int], threshold: int) -> None:
        """Take rows that cannot be zero to reach the threshold, until nothing changes."""
        while True:
            rows = [row for row in rows if self.lower[row] < threshold]
            self.seek(rows, 1, 0.0)
            new = [row for row in rows if not self.reaches(row, 1, 0.0)]
            if not new:
                return
            self.lower[new] = threshold
            kept = (self.witnesses.values[:, new] >= threshold - SLACK).all(axis=1)
            self.witnesses = self.witnesses.where(np.asarray(kept))
            above = (self.whole.values[:, new] >= threshold).all(axis=1)
            self.whole = self.whole.where(np.asarray(above))
            self.extreme(new[0], 1)

    def _remember(self, solution: Vector | None) -> None:
        if solution is not None:
            self.witnesses.add(np.asarray(self.system.rows @ solution))
            self._remember_whole(self.system.whole(solution, self.lower, self.upper))

    def _seen(self, rows: int | Places, sense: int, goal: float) -> Mask:
        extreme = self.witnesses.least if sense > 0 else self.witnesses.most
        return np.asarray(sense * (extreme[rows] - goal) <= SLACK)
