"""Which numbers to withhold, so that no protected one can be worked out from the rest.

Primary suppression is given; complementary suppression is found by linear programming: for each
demand that is not met, the cheapest change of shown numbers that would meet it (elastic rows,
after Kelly, Golden and Assad 1992; Fischetti and Salazar 2001). What had to change is withheld.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from consultations.analysis.knowledge import Demand, Knowledge
from consultations.analysis.linear import SLACK, Mask, Vector

TRIABLE = 500
"""Rows that may all be withheld at once, to be shown again one by one."""


@dataclass
class Pattern:
    """Which rows are withheld, and what that leaves a reader to know.

    partners: row -> rows that are withheld with it.
    price:    what withholding a printable row costs, given what is hidden already.
    failed:   demands that no withholding meets.
    """

    known: Knowledge
    partners: Callable[[int], Iterable[int]]
    price: Callable[[Mask], Vector]
    failed: list[Demand] = field(init=False, default_factory=list)

    @property
    def hidden(self) -> Mask:
        """The rows withheld so far."""
        return self.known.hidden

    def hide(self, rows: Iterable[int]) -> bool:
        """Withhold rows and their partners; whether any of them was shown before."""
        return self.known.hide({other for row in rows for other in (row, *self.partners(row))})

    def settle(self) -> None:
        """Withhold until every demand is met, for one who reasons on as well.

        Where the cheapest first leads nowhere, everything that may be is withheld, and what turns
        out not to be needed is shown again. Where that does not do either, what is found that
        withholding cannot meet is all that has `failed`.
        """
        hidden, floors = self.hidden.copy(), self.known.floors.copy()
        self._cheapest_first()
        if self.failed:
            price = self.price(hidden)
            others = np.flatnonzero(self.known.printable & ~hidden & np.isfinite(price))
            if len(others) <= TRIABLE:
                self.known.floors = floors
                self._dearest_last([int(row) for row in others])

    def _dearest_last(self, others: list[int]) -> None:
        """Withhold all that may be, and show again what cannot or need not be withheld."""
        self.failed = []
        self.hide(others)
        while True:
            self.known.read_on()
            failing = self.known.failing()
            vain = {demand.row for demand in failing}.intersection(others)
            if not vain:
                break
            self.known.show(sorted(vain))
        price = self.price(np.zeros_like(self.hidden))
        if not failing:
            self.restore(sorted(others, key=lambda row: (-price[row], row)))
        self._cheapest_first()

    def _cheapest_first(self) -> None:
        before = None
        while before != (before := (int(self.hidden.sum()), int(self.known.floors.sum()))):
            self._mend(self.known.all_demands)
            self.known.read_on()
            self._mend(self.known.small)
            while self._repair_known():
                pass
            if self.failed:
                return
        self.failed = self.known.failing()

    def _mend(self, demands: Callable[[], Sequence[Demand]]) -> None:
        while not self.failed and self._repair(self.known.search(demands())):
            pass

    def restore(self, candidates: Iterable[int]) -> None:
        """Show again what turns out not to be needed, in the order given."""
        for row in candidates:
            if not self.hidden[row]:
                continue
            unit = [other for other in (row, *self.partners(row)) if self.hidden[other]]
            likely = self.known.moving_with(row)
            back = self.known.show(unit)
            if not self.known.holds(likely):
                back()

    def _repair_known(self) -> bool:
        """Withhold what protects small rows from the one person of another."""
        changed = False
        for single, demand in self.known.told():
            while not self.known.open_to(demand, np.array([single])).all():
                self.known.suppose(demand, [single])
                if self.known.open_to(demand, np.array([single])).all():
                    break
                if not self._cheapest(demand, single):
                    break
                changed = True
            if self.failed:
                return False
        return changed

    def _repair(self, unmet: Sequence[Demand]) -> bool:
        """Withhold what unmet demands need; whether anything was withheld."""
        changed = False
        for demand in unmet:
            while self.known.lacks(demand):
                if not self._cheapest(demand):
                    break
                changed = True
            if self.failed:
                return False
        return changed

    def _cheapest(self, demand: Demand, single: int | None = None) -> bool:
        """Withhold what it costs least to withhold; `single`: for one who is alone in that row."""
        if self.known.printable[demand.row] and not self.hidden[demand.row]:
            return self.hide([demand.row])
        best: tuple[float, Vector, Vector] | None = None
        price = np.where(self.known.printable & ~self.hidden, self.price(self.hidden), np.inf)
        for low, high in self._aims(demand, single):
            lower, upper = self.known.bounds()
            if single is not None:
                lower[single] = max(lower[single], 1.0)
            lower[demand.row] = max(lower[demand.row], low)
            upper[demand.row] = min(upper[demand.row], high)
            found = self.known.system.cheapest(lower, upper, price)
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
        self.known.remember(solution)
        needed = [int(row) for row in np.flatnonzero(moves > SLACK)]
        return self.hide(needed)

    def _aims(self, demand: Demand, single: int | None = None) -> list[tuple[float, float]]:
        """Ranges of the row, one of which must become possible."""
        witnesses = self.known.witnesses.values
        if single is not None:
            witnesses = witnesses[witnesses[:, single] >= 1 - SLACK]
        values = witnesses[:, demand.row]
        if self.known.wide(demand):
            lowest, highest = (
                values.max() - self.known.threshold,
                values.min() + self.known.threshold,
            )
            return [(highest, np.inf), *([(-np.inf, lowest)] if lowest >= 0 else [])]
        own = single is not None and self.known.inside(single, demand.row)
        if demand.zero and not own and values.min() > SLACK:
            return [(-np.inf, 0.0)]
        return [(float(self.known.threshold), np.inf)]
