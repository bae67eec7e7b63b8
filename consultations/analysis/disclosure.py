"""Which numbers to withhold, so that no protected one can be worked out from the rest.

Primary suppression is given; complementary suppression is found by linear programming: for each
demand that is not met, the cheapest change of shown numbers that would meet it (elastic rows,
after Kelly, Golden and Assad 1992; Fischetti and Salazar 2001). What had to change is withheld.
Every solution met is kept as a witness for all demands.
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
class Pattern:
    """Rows of a linear system, their true values, and which of them are withheld.

    printable: rows that tables show unless withheld; the others are only demanded of.
    hidden:    printable rows withheld so far.
    partners:  row -> rows that are withheld with it.
    price:     what withholding a printable row costs, given what is hidden already.
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
    partners: Callable[[int], Iterable[int]]
    price: Callable[[Mask], Vector]
    proven: frozenset[int] = frozenset()
    inside: Callable[[int, int], bool] = lambda one, other: False
    floors: Mask = field(init=False)
    witnesses: Witnesses = field(init=False)
    failed: list[Demand] = field(init=False, default_factory=list)
    causes: dict[int, Demand] = field(init=False, default_factory=dict)
    _vain: set[Demand] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.floors = np.zeros(len(self.truth), dtype=bool)
        self.witnesses = Witnesses(len(self.truth))
        self.witnesses.add(self.truth)

    def hide(self, rows: Iterable[int]) -> bool:
        """Withhold rows and their partners; whether any of them was shown before."""
        wanted = {other for row in rows for other in (row, *self.partners(row))}
        new = [row for row in wanted if self.printable[row] and not self.hidden[row]]
        if new:
            self.hidden[new] = True
            self._vain.clear()
        return bool(new)

    def settle(self) -> None:
        """Withhold until every demand is met, for one who reasons on as well.

        Where one is found that withholding cannot meet, it is all that has `failed`.
        """
        before = None
        while before != (before := (int(self.hidden.sum()), int(self.floors.sum()))):
            self._mend(self._demands)
            self.read_on()
            self._mend(self._small)
            while self._repair_known():
                pass
            if self.failed:
                return
        self.failed = [*self._unmet(self._demands()), *self._unmet(self._small())]
        self.failed += [demand for _, demand in self._known_too_well()]

    def _mend(self, demands: Callable[[], Sequence[Demand]]) -> None:
        while not self.failed and self._repair(self._search(demands())):
            pass

    def met(self) -> bool:
        """Whether every demand is met by what is withheld now."""
        if self._unmet(self._demands()):
            return False
        self.read_on()
        return not self._unmet(self._small())

    def proves(self) -> set[int]:
        """The rows whose demands are met, for one who reasons on as well."""
        unmet = {demand.row for demand in self._unmet(self._demands())}
        self.read_on()
        unmet |= {demand.row for demand in self._unmet(self._small())}
        unmet |= {demand.row for _, demand in self._known_too_well()}
        asked = {demand.row for demand in self._demands()}
        return asked - unmet

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

    def restore(self, candidates: Iterable[int]) -> None:
        """Show again what turns out not to be needed, in the order given."""
        for row in candidates:
            if not self.hidden[row]:
                continue
            unit = [other for other in (row, *self.partners(row)) if self.hidden[other]]
            before = self.hidden.copy(), self.floors.copy(), self.witnesses
            self.hidden[unit] = self.floors[unit] = False
            moved = np.abs(self.witnesses.values[:, unit] - self.truth[unit]).max(axis=1)
            self.witnesses = self.witnesses.where(moved <= SLACK)
            if not self._holds(self.causes.get(row)):
                self.hidden, self.floors, self.witnesses = before
                self._vain.clear()

    def _holds(self, cause: Demand | None) -> bool:
        """Whether all demands are met; first the one for which something was withheld.

        What could not be zero before cannot be zero now, as more is known.
        """
        if cause is not None and self._first_unmet(cause):
            return False
        if any(self._first_unmet(demand) for demand in self._search(self._demands(), briefly=True)):
            return False
        self.read_on()
        if any(self._first_unmet(demand) for demand in self._search(self._small(), briefly=True)):
            return False
        return not self._known_too_well(first=True)

    def _first_unmet(self, demand: Demand) -> bool:
        return not self._met_now(demand) and not self._try(demand)

    def _demands(self) -> list[Demand]:
        own = [Demand(int(row)) for row in np.flatnonzero(self.hidden)]
        return [one for one in (*self.demands, *own) if one.row not in self.proven]

    def _small(self) -> list[Demand]:
        rows = np.flatnonzero(self.hidden & (self.truth < self.threshold))
        return [Demand(int(row)) for row in rows if int(row) not in self.proven]

    def _met_now(self, demand: Demand) -> bool:
        return not self._lacking([demand]).unmet[0]

    def _lacking(self, demands: Sequence[Demand]) -> "_Lacking":
        """What was not seen yet of some demands."""
        rows = np.array([demand.row for demand in demands], dtype=np.int64)
        least, most = self.witnesses.least[rows], self.witnesses.most[rows]
        narrow = most - least < self.threshold - SLACK
        wide = self.truth[rows] >= self.threshold
        low = np.array([demand.zero for demand in demands], dtype=bool) & (least > SLACK)
        high = np.array([demand.reach for demand in demands], dtype=bool)
        high &= most < self.threshold - SLACK
        return _Lacking(rows, np.where(wide, narrow, low), np.where(wide, narrow, high))

    def _wide(self, demand: Demand) -> bool:
        return bool(self.truth[demand.row] >= self.threshold)

    def _singles(self) -> Places:
        """Withheld rows of one person, who knows of it."""
        return np.flatnonzero(self.hidden & (self.truth == 1)).astype(np.int64)

    def _known_too_well(self, *, first: bool = False) -> list[tuple[int, Demand]]:
        """Small rows that the one person of another row could work out, with that row."""
        singles = self._singles()
        small = [
            demand
            for demand in (*self.demands, *self._small())
            if demand.row not in self.proven and not self._wide(demand)
        ]
        found: list[tuple[int, Demand]] = []
        for demand in dict.fromkeys(small) if len(singles) else ():
            left = singles[~self._open_to(demand, singles)]
            for single in self._told(demand, left):
                found.append((single, demand))
                if first:
                    return found
        return found

    def _told(self, demand: Demand, singles: Places) -> Iterator[int]:
        """Those of some persons to whom a demand is not met: all asked at once, then by halves."""
        if not len(singles):
            return
        self._suppose(demand, singles)
        left = singles[~self._open_to(demand, singles)]
        if len(left) == len(singles) == 1:
            yield int(left[0])
        elif len(left):
            half = (len(left) + 1) // 2
            yield from self._told(demand, left[:half])
            yield from self._told(demand, left[half:])

    def _open_to(self, demand: Demand, singles: Places) -> Mask:
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

    def _suppose(self, demand: Demand, singles: Places | Sequence[int]) -> None:
        """Look at the extremes of a row as these persons could together."""
        lower, upper = self._known()
        lower[singles] = np.maximum(lower[singles], 1.0)
        there = (self.witnesses.values[:, singles] >= 1 - SLACK).all(axis=1)
        values = self.witnesses.values[there, demand.row]
        low = len(values) and values.min() <= SLACK
        high = len(values) and values.max() >= self.threshold - SLACK
        for sense, seen in ((1, low or not demand.zero), (-1, high or not demand.reach)):
            if not seen:
                _, solution = self.system.extreme(demand.row, sense, lower, upper, supposing=True)
                if solution is not None:
                    self._remember(solution)

    def _repair_known(self) -> bool:
        """Withhold what protects small rows from the one person of another."""
        changed = False
        for single, demand in self._known_too_well():
            while not self._open_to(demand, np.array([single])).all():
                self._suppose(demand, [single])
                if self._open_to(demand, np.array([single])).all():
                    break
                if not self._cheapest(demand, single):
                    break
                changed = True
            if self.failed:
                return False
        return changed

    def _unmet(self, demands: Sequence[Demand]) -> list[Demand]:
        unmet = self._search(demands)
        return [demand for demand in unmet if not self._met_now(demand) and not self._try(demand)]

    def _search(self, demands: Sequence[Demand], *, briefly: bool = False) -> list[Demand]:
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
        wide = self._wide(demand)
        if self._lacking([demand]).low[0]:
            self._look(demand.row, 1, 0.0)
        if wide or not self._lacking([demand]).low[0]:
            self._look(demand.row, -1, np.inf if wide else self.threshold)
        if not self._met_now(demand):
            self._vain.add(demand)
        return self._met_now(demand)

    def _look_at_all(self, rows: Places, sense: int, supposing: bool) -> None:
        """One extreme of many rows together; supposing that other single persons are there.

        None of them goes further than it has to, so that all have their share of what is open.
        """
        if not len(rows):
            return
        weights = np.zeros(len(self.truth))
        weights[rows] = 1 / len(rows)
        lower, upper = self._known()
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
            self._remember(solution)

    def _look(self, row: int, sense: int, goal: float) -> None:
        lower, upper = self._known()
        singles = self._others(row)
        if len(singles):
            lower[singles] = np.maximum(lower[singles], 1.0)
            value, solution = self.system.extreme(row, sense, lower, upper, supposing=True)
            if solution is not None:
                self._remember(solution)
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
        value, solution = self.system.extreme(row, sense, *self._known())
        if solution is not None:
            self._remember(solution)
        return value

    def _remember(self, solution: Vector) -> None:
        self.witnesses.add(np.asarray(self.system.rows @ solution))

    def _known(self) -> tuple[Vector, Vector]:
        shown = self.printable & ~self.hidden
        lower = np.where(shown, self.truth, np.where(self.floors, self.threshold, -np.inf))
        return lower, np.where(shown, self.truth, np.inf)

    def _repair(self, unmet: Sequence[Demand]) -> bool:
        """Withhold what unmet demands need; whether anything was withheld."""
        changed = False
        for place, demand in enumerate(unmet):
            while not self._met_now(demand) and not self._try(demand):
                if not self._cheapest(demand):
                    break
                changed = True
                self._search(unmet[place:], briefly=True)
            if self.failed:
                return False
        return changed

    def _cheapest(self, demand: Demand, single: int | None = None) -> bool:
        """Withhold what it costs least to withhold; `single`: for one who is alone in that row."""
        if self.printable[demand.row] and not self.hidden[demand.row]:
            return self.hide([demand.row])
        best: tuple[float, Vector, Vector] | None = None
        price = np.where(self.printable & ~self.hidden, self.price(self.hidden), np.inf)
        for low, high in self._aims(demand, single):
            lower, upper = self._known()
            if single is not None:
                lower[single] = max(lower[single], 1.0)
            lower[demand.row] = max(lower[demand.row], low)
            upper[demand.row] = min(upper[demand.row], high)
            found = self.system.cheapest(lower, upper, price)
            if found is None:
                continue
            moves, solution = found
            cost = float(price[moves > SLACK].sum())
            if best is None or cost < best[0] - SLACK:
                best = cost, moves, solution
        if best is None:
            self.failed.append(demand)
            return False
        _, moves, solution = best
        self._remember(solution)
        needed = [int(row) for row in np.flatnonzero(moves > SLACK)]
        self.causes |= dict.fromkeys(needed, demand)
        return self.hide(needed)

    def _aims(self, demand: Demand, single: int | None = None) -> list[tuple[float, float]]:
        """Ranges of the row, one of which must become possible."""
        witnesses = self.witnesses.values
        if single is not None:
            witnesses = witnesses[witnesses[:, single] >= 1 - SLACK]
        values = witnesses[:, demand.row]
        if self._wide(demand):
            lowest, highest = values.max() - self.threshold, values.min() + self.threshold
            return [(highest, np.inf), *([(-np.inf, lowest)] if lowest >= 0 else [])]
        own = single is not None and self.inside(single, demand.row)
        if demand.zero and not own and values.min() > SLACK:
            return [(-np.inf, 0.0)]
        return [(float(self.threshold), np.inf)]
