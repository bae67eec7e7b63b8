"""How little and how much hidden numbers can be, given what is told."""

from collections.abc import Mapping, Sequence

import numpy as np

from consultations.analysis.lattice import Lattice
from consultations.analysis.linear import SLACK, LinearSystem, Mask, Places, Vector
from consultations.analysis.quantities import Quantity
from consultations.analysis.witnesses import Witnesses


class Bounds:
    """What a system of statements leaves open; every solution met answers for all rows."""

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
        self.witnesses = Witnesses(size)

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
            self.extreme(new[0], 1)

    def _remember(self, solution: Vector | None) -> None:
        if solution is not None:
            self.witnesses.add(np.asarray(self.system.rows @ solution))

    def _seen(self, rows: int | Places, sense: int, goal: float) -> Mask:
        extreme = self.witnesses.least if sense > 0 else self.witnesses.most
        return np.asarray(sense * (extreme[rows] - goal) <= SLACK)
