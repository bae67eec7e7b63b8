"""What withheld numbers can be to a reader who reasons on, and whether that is demanded of them.

Every population met that says the same as what is shown is kept as a witness for all demands.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from consultations.analysis.linear import SLACK, LinearSystem, Mask, Places, Vector
from consultations.analysis.witnesses import Witnesses

BATCHES = 40
"""Joint solves before demands are taken one by one."""


@dataclass(frozen=True)
class Demand:
    """What must remain possible of a row: to be zero, to reach the threshold, or a width."""

    row: int
    zero: bool = True
    reach: bool = True


@dataclass(frozen=True)
class _Lacking:
    """Rows that something is demanded of, and whether it was not seen below, not seen above."""

    rows: Places
    low: Mask
    high: Mask

    @property
    def unmet(self) -> Mask:
        return np.asarray(self.low | self.high)


@dataclass
class Knowledge:
    """What a reader can know of the rows of a linear system, some of which are withheld.

    truth:     the value of every row: a number of people, as the threshold is.
    printable: rows that tables show unless withheld; the others are only demanded of.
    hidden:    printable rows withheld so far.
    demands:   what must remain possible, beside what must of every withheld row.
    proven:    rows whose demands are known to be met.
    inside:    whether everyone in one row is in another row as well.
    floors:    hidden rows a reader takes to reach the threshold (see `read_on`).
    witnesses: every solution met that holds with what is known now.
    """

    system: LinearSystem
    truth: Vector
    threshold: int
    printable: Mask
    hidden: Mask
    demands: Sequence[Demand]
    proven: frozenset[int] = frozenset()
    inside: Callable[[int, int], bool] = lambda one, other: False
    floors: Mask = field(init=False)
    witnesses: Witnesses = field(init=False)
    _vain: set[Demand] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.floors = np.zeros(len(self.truth), dtype=bool)
        self.witnesses = Witnesses(len(self.truth))
        self.witnesses.add(self.truth)

    def hide(self, rows: Iterable[int]) -> bool:
        """Withhold rows; whether any of them was shown before."""
        new = [row for row in rows if self.printable[row] and not self.hidden[row]]
        if new:
            self.hidden[new] = True
            self._vain.clear()
        return bool(new)

    def show(self, rows: Sequence[int]) -> Callable[[], None]:
        """Show withheld rows again; what is returned takes that back."""
        before = self.hidden.copy(), self.floors.copy(), self.witnesses
        self.hidden[rows] = self.floors[rows] = False
        moved = np.abs(self.witnesses.values[:, rows] - self.truth[rows]).max(axis=1)
        self.witnesses = self.witnesses.where(moved <= SLACK)

        def back() -> None:
            self.hidden, self.floors, self.witnesses = before
            self._vain.clear()

        return back

    def proves(self) -> set[int]:
        """The rows whose demands are met, for one who reasons on as well."""
        unmet = {demand.row for demand in self.unmet(self.all_demands())}
        self.read_on()
        unmet |= {demand.row for demand in self.unmet(self.small())}
        unmet |= {demand.row for _, demand in self.told()}
        asked = {demand.row for demand in self.all_demands()}
        return asked - unmet

    def moving_with(self, row: int) -> list[Demand]:
        """The demand, if any, of the row that moved most as this one did in all witnesses.

        Whether it is met without the other is what most likely keeps that withheld.
        """
        demands = [demand for demand in self.all_demands() if demand.row != row]
        rows = [demand.row for demand in demands]
        moves = self.witnesses.values - self.truth
        sizes = np.linalg.norm(moves, axis=0) + SLACK
        alike = np.abs(moves[:, row] @ moves[:, rows]) / sizes[rows]
        return [demands[int(alike.round(6).argmax())]] if demands else []

    def holds(self, first: Iterable[Demand]) -> bool:
        """Whether all demands are met, for one who reasons on as well; some are looked at first.

        What could not be zero before cannot be zero now, as more is known.
        """
        if any(self.lacks(demand) for demand in first):
            return False
        if any(self.lacks(demand) for demand in self.search(self.all_demands(), briefly=True)):
            return False
        self.read_on()
        if any(self.lacks(demand) for demand in self.search(self.small(), briefly=True)):
            return False
        return not self.told(first=True)

    def failing(self) -> list[Demand]:
        """The demands that are not met, by what was read on until now."""
        unmet = [*self.unmet(self.all_demands()), *self.unmet(self.small())]
        return unmet + [demand for _, demand in self.told()]

    def read_on(self) -> bool:
        """Take hidden rows that cannot be zero to reach the threshold, as a reader would.

        A hidden number that is bounded away from zero is no protected one. Whether anything
        changed.
        """
        changed = False
        large = self.hidden & ~self.floors & (self.truth >= self.threshold)
        for row in self._above_zero(np.flatnonzero(large)):
            if self.witnesses.least[row] > SLACK and self._extreme(int(row), 1) > SLACK:
                self.floors[row] = changed = True
        if changed:
            low = self.witnesses.values[:, self.floors].min(axis=1)
            self.witnesses = self.witnesses.where(low >= self.threshold - SLACK)
            self.read_on()
        return changed

    def _above_zero(self, rows: Places) -> Places:
        """Those of some rows that are zero in no witness, when many were sought at once."""
        left = np.array([row for row in rows if row not in self.proven], dtype=np.int64)
        while True:
            before, left = left, left[self.witnesses.least[left] > SLACK]
            if len(left) < 3 or len(left) == len(before):
                return left
            weights = np.zeros(len(self.truth))
            weights[left] = 1 / len(left)
            self._extreme(weights, 1)

    def all_demands(self) -> list[Demand]:
        """Those given, and one for every withheld row; without those proven."""
        own = [Demand(int(row)) for row in np.flatnonzero(self.hidden)]
        return [one for one in (*self.demands, *own) if one.row not in self.proven]

    def small(self) -> list[Demand]:
        """One for every withheld row under the threshold; without those proven."""
        rows = np.flatnonzero(self.hidden & (self.truth < self.threshold))
        return [Demand(int(row)) for row in rows if int(row) not in self.proven]

    def met(self, demand: Demand) -> bool:
        """Whether witnesses show already that a demand is met."""
        return not self._lacking([demand]).unmet[0]

    def _lacking(self, demands: Sequence[Demand]) -> _Lacking:
        """What was not seen yet of some demands."""
        rows = np.array([demand.row for demand in demands], dtype=np.int64)
        least, most = self.witnesses.least[rows], self.witnesses.most[rows]
        narrow = most - least < self.threshold - SLACK
        wide = self.truth[rows] >= self.threshold
        low = np.array([demand.zero for demand in demands], dtype=bool) & (least > SLACK)
        high = np.array([demand.reach for demand in demands], dtype=bool)
        high &= most < self.threshold - SLACK
        return _Lacking(rows, np.where(wide, narrow, low), np.where(wide, narrow, high))

    def wide(self, demand: Demand) -> bool:
        """Whether a width is demanded, as the row itself reaches the threshold."""
        return bool(self.truth[demand.row] >= self.threshold)

    def _singles(self) -> Places:
        """Withheld rows of one person, who knows of it."""
        return np.flatnonzero(self.hidden & (self.truth == 1)).astype(np.int64)

    def told(self, *, first: bool = False) -> list[tuple[int, Demand]]:
        """Small rows that the one person of another row could work out, with that row."""
        singles = self._singles()
        small = [
            demand
            for demand in (*self.demands, *self.small())
            if demand.row not in self.proven and not self.wide(demand)
        ]
        found: list[tuple[int, Demand]] = []
        for demand in self._closed_to_some(list(dict.fromkeys(small)), singles):
            left = singles[~self.open_to(demand, singles)]
            for single in self._told_of(demand, left):
                found.append((single, demand))
                if first:
                    return found
        return found

    def _told_of(self, demand: Demand, singles: Places) -> Iterator[int]:
        """Those of some persons to whom a demand is not met: all asked at once, then by halves."""
        if not len(singles):
            return
        self.suppose(demand, singles)
        left = singles[~self.open_to(demand, singles)]
        if len(left) == len(singles) == 1:
            yield int(left[0])
        elif len(left):
            half = (len(left) + 1) // 2
            yield from self._told_of(demand, left[:half])
            yield from self._told_of(demand, left[half:])

    def _closed_to_some(self, demands: Sequence[Demand], singles: Places) -> list[Demand]:
        """Those of some demands that are not met for each of these persons, by what was seen."""
        if not len(singles):
            return []
        values = self.witnesses.values
        rows = [demand.row for demand in demands]
        there = (values[:, singles] >= 1 - SLACK).astype(np.float32)
        high = (values[:, rows] >= self.threshold - SLACK).astype(np.float32).T @ there > 0
        low = (values[:, rows] <= SLACK).astype(np.float32).T @ there > 0
        reach = np.array([not demand.reach for demand in demands], dtype=bool)[:, None]
        zero = np.array([not demand.zero for demand in demands], dtype=bool)[:, None]
        closed = ~((high | reach) & (low | zero)).all(axis=1)
        return [demand for demand, some in zip(demands, closed, strict=True) if some]

    def open_to(self, demand: Demand, singles: Places) -> Mask:
        """For whom of these persons a demand is met, by what was seen so far."""
        values = self.witnesses.values[:, demand.row]
        high = self._there(values >= self.threshold - SLACK, singles) | (not demand.reach)
        low = self._there(values <= SLACK, singles) | (not demand.zero)
        if not low.all():
            low |= np.array([self.inside(int(single), demand.row) for single in singles])
        return np.asarray((high & low) | (singles == demand.row))

    def _there(self, rows: Mask, singles: Places) -> Mask:
        """Which of these persons is there in any of some witnesses."""
        seen = self.witnesses.values[np.ix_(np.flatnonzero(rows), singles)]
        return np.asarray((seen >= 1 - SLACK).any(axis=0))

    def suppose(self, demand: Demand, singles: Places | Sequence[int]) -> None:
        """Look at the extremes of a row as these persons could together."""
        lower, upper = self.bounds()
        lower[singles] = np.maximum(lower[singles], 1.0)
        there = (self.witnesses.values[:, singles] >= 1 - SLACK).all(axis=1)
        values = self.witnesses.values[there, demand.row]
        low = len(values) and values.min() <= SLACK
        high = len(values) and values.max() >= self.threshold - SLACK
        for sense, seen in ((1, low or not demand.zero), (-1, high or not demand.reach)):
            if not seen:
                _, solution = self.system.extreme(demand.row, sense, lower, upper, supposing=True)
                if solution is not None:
                    self.remember(solution)

    def unmet(self, demands: Sequence[Demand]) -> list[Demand]:
        """Those of some demands that are not met, after all that was looked for."""
        return [demand for demand in self.search(demands) if self.lacks(demand)]

    def lacks(self, demand: Demand) -> bool:
        """Whether a demand is not met, after all that it lacks was looked for."""
        return not self.met(demand) and not self._try(demand)

    def search(self, demands: Sequence[Demand], *, briefly: bool = False) -> list[Demand]:
        """Look for witnesses of many demands at once; those that are still unmet."""
        ways = 4 if len(self._singles()) and not briefly else 2
        idle, unmet = 0, list(demands)
        for turn in range(BATCHES):
            lacking = self._lacking(unmet)
            before = len(unmet)
            unmet = [each for each, no in zip(unmet, lacking.unmet, strict=True) if no]
            idle = 0 if len(unmet) < before or not turn else idle + 1
            if len(unmet) < 3 or idle == ways:
                break
            low = turn % 2 == 0
            rows = lacking.rows[lacking.low if low else lacking.high]
            self._look_at_all(rows, 1 if low else -1, turn % 4 < 2)
        return unmet

    def _try(self, demand: Demand) -> bool:
        """Look for the witnesses a demand lacks; first for one who is alone in some other row."""
        if demand in self._vain:
            return False
        wide = self.wide(demand)
        if self._lacking([demand]).low[0]:
            self._look(demand.row, 1, 0.0)
        if wide or not self._lacking([demand]).low[0]:
            self._look(demand.row, -1, np.inf if wide else self.threshold)
        if not self.met(demand):
            self._vain.add(demand)
        return self.met(demand)

    def _look_at_all(self, rows: Places, sense: int, supposing: bool) -> None:
        """One extreme of many rows together; supposing that other single persons are there.

        None of them goes further than it has to, so that all have their share of what is open.
        """
        if not len(rows):
            return
        weights = np.zeros(len(self.truth))
        weights[rows] = 1 / len(rows)
        lower, upper = self.bounds()
        if sense > 0:
            lower[rows] = np.maximum(lower[rows], self.truth[rows] - self.threshold)
        else:
            wide = self.truth[rows] * (self.truth[rows] >= self.threshold)
            upper[rows] = np.minimum(upper[rows], wide + self.threshold)
        if supposing:
            singles = np.setdiff1d(self._singles(), rows)
            lower[singles] = np.maximum(lower[singles], 1.0)
        _, solution = self.system.extreme(weights, sense, lower, upper, supposing=True)
        if solution is not None:
            self.remember(solution)

    def _look(self, row: int, sense: int, goal: float) -> None:
        lower, upper = self.bounds()
        singles = self._others(row)
        if len(singles):
            lower[singles] = np.maximum(lower[singles], 1.0)
            value, solution = self.system.extreme(row, sense, lower, upper, supposing=True)
            if solution is not None:
                self.remember(solution)
            if sense * (value - goal) <= SLACK:
                return
        self._extreme(row, sense)

    def _others(self, row: int) -> Places:
        """The rows of one person that have nothing to do with a row."""
        singles = self._singles()
        apart = [not (self.inside(int(one), row) or self.inside(row, int(one))) for one in singles]
        kept: Places = singles[np.array(apart, dtype=bool)]
        return kept

    def _extreme(self, row: int | Vector, sense: int) -> float:
        value, solution = self.system.extreme(row, sense, *self.bounds())
        if solution is not None:
            self.remember(solution)
        return value

    def remember(self, solution: Vector) -> None:
        """Keep a solution (the value of every unknown) as a witness."""
        self.witnesses.add(np.asarray(self.system.rows @ solution))

    def bounds(self) -> tuple[Vector, Vector]:
        """How little and how much every row is, by what is told of that row itself."""
        shown = self.printable & ~self.hidden
        lower = np.where(shown, self.truth, np.where(self.floors, self.threshold, -np.inf))
        return lower, np.where(shown, self.truth, np.inf)
