"""What several publications of one round tell together: solved as one problem.

Everyone belongs to a wave: those who stand in every report, and those who came or went between
two of them. Each report is then a statement about some waves, and what can be worked out of all of
them is bounded as what can be worked out of one.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, floor, inf

from consultations.analysis.audit import systems
from consultations.analysis.bounds import Bounds
from consultations.analysis.lattice import Lattice
from consultations.analysis.linear import SLACK
from consultations.analysis.quantities import EVERYONE, Quantity
from consultations.analysis.reading import (
    WAVE,
    Json,
    Reading,
    Statement,
    Together,
    among,
    read_together,
)
from consultations.codebook import POOLED

SIZE_LIMIT = 60_000
"""Unknowns up to which a question is solved; a larger one counts as told too closely."""

ZERO_BASES = 5
"""Groups under this many thresholds: that all gave one answer is protected."""

STAYED = "stayed"


def told_together(
    reports: Sequence[Json], questions: Collection[str] = (), dimensions: Collection[str] = ()
) -> set[str]:
    """The questions of which the last report tells too much beside the earlier ones of its round.

    `EVERYONE` among them: who was heard. questions, dimensions: the sensitive ones.
    A hidden number or planned count fails where all reports bound it away from zero, or under the
    threshold, and neither the earlier ones nor the last alone do (numbers of people are known);
    what must be zero or reach the threshold is no secret. A reader knows that between two reports
    people only came, or only went, where that is possible.
    """
    for both in (False, True):
        try:
            return _close(read_together(reports, waves(reports, both)), questions, dimensions)
        except _Contradiction:
            pass
    return {EVERYONE}


def number_tells(earlier: Sequence[Json], last: Json) -> bool:
    """Whether already the number of people in a last report bounds, beside the earlier reports, a
    planned count away from zero, which may be under the threshold."""
    nobody: dict[str, list[Json]] = {
        "by_channel": [],
        "by_language": [],
        "non_response": [],
        "groups": [],
    }
    bare = {**last, "coverage": {**nobody, "individuals": last["coverage"]["individuals"]}}
    reports = [*earlier, {**bare, "tables": []}]
    for both in (False, True):
        try:
            return bool(_close(read_together(reports, waves(reports, both)), (), (), number=True))
        except _Contradiction:
            pass
    return True


def waves(reports: Sequence[Json], both: bool) -> list[tuple[str, ...]]:
    """Of each report the waves it tells of. both: whether people may have come and gone at once."""
    found: list[tuple[str, ...]] = [(STAYED,) for _ in reports]
    counts = [each["coverage"]["individuals"] for each in reports]
    for step, (before, after) in enumerate(pairwise(counts), start=1):
        for place in range(len(reports)):
            if place < step and (both or after <= before):
                found[place] += (f"went {step}",)
            if place >= step and (both or after >= before):
                found[place] += (f"came {step}",)
    return found


def _close(
    shared: Together,
    questions: Collection[str],
    dimensions: Collection[str],
    *,
    number: bool = False,
) -> set[str]:
    """number: whether only what the number of people in the last report tells is looked at."""
    found: set[str] = set()
    for lattice, statements in systems(shared.reading, 0):
        asked = {piece.question for piece in lattice.pieces} - {EVERYONE} or {EVERYONE}
        if EVERYONE in found:
            break
        if lattice.size > SIZE_LIMIT:
            found |= asked
            continue
        counts = [
            each
            for planned in _planned(shared.reading, asked, questions, dimensions)
            if lattice.has(planned.quantity)
            for each in _of_every_wave(shared, planned)
        ]
        counts += [_Count(each.quantity) for each in statements if each.value is None]
        if _Case(shared, lattice, statements, counts, number).fails():
            found |= asked
    return found


@dataclass(frozen=True)
class _Count:
    """A count that must stay open. asked: for all but one answer, everyone who was asked."""

    quantity: Quantity
    asked: Quantity | None = None


def _planned(
    reading: Reading,
    asked: Collection[str],
    questions: Collection[str],
    dimensions: Collection[str],
) -> Iterator[_Count]:
    universe = reading.universe
    for region in reading.regions:
        yield _Count(universe.counted(EVERYONE, (), region))
        near = any(name in dimensions for name, _ in region)
        for name in sorted(set(asked) - {EVERYONE}):
            base = universe.counted(name, universe.asked(name), region)
            codes = set(universe.choices.get(name, universe.answered(name)))
            for code in sorted(codes):
                yield _Count(universe.counted(name, (code,), region))
                if (near or name in questions) and name not in universe.choices:
                    others = universe.asked(name) - {code}
                    yield _Count(universe.counted(name, others, region), base)
            if name in questions:
                yield _Count(universe.counted(name, (POOLED,), region))


def _of_every_wave(shared: Together, count: _Count) -> Iterator[_Count]:
    """A count of those of each wave, and of those of each report."""
    universe = shared.reading.universe
    waves = [(each,) for each in universe.dimensions[WAVE]]
    for region in {universe.region({WAVE: told}): None for told in (*waves, *shared.waves)}:
        asked = count.asked and among(count.asked, region)
        yield _Count(among(count.quantity, region), asked)


class _Contradiction(Exception):
    """People came and went at once, or the reports are not of the same people."""


class _Case:
    """Statements of all reports, and the counts that they must leave open."""

    def __init__(
        self,
        shared: Together,
        lattice: Lattice,
        statements: Sequence[Statement],
        counts: Sequence[_Count],
        number: bool,
    ) -> None:
        self.number = number
        self.shared, self.lattice, self.counts = shared, lattice, counts
        self.threshold, self.statements = shared.reading.threshold, set(statements)
        self.asked = [q for each in counts for q in (each.quantity, each.asked) if q]
        self.bounds = self._bounds(shared.by_report)
        if not self.bounds.possible():
            raise _Contradiction

    def fails(self) -> bool:
        """Whether all reports together tell any count too closely, and no part of them does."""
        plain = [each for each in self.counts if not each.asked]
        ends = [(plain, 1, 0.0), (self.counts, -1, float(self.threshold))]
        for counts, sense, goal in ends[:1] if self.number else ends:
            self.bounds.seek([self.bounds.place[each.quantity] for each in counts], sense, goal)
            close = [
                each.quantity
                for each in counts
                if not self.bounds.reaches(self.bounds.place[each.quantity], sense, goal)
                and self._secret(each)
            ]
            if close and any(self._is_new(each, sense, goal) for each in close):
                return True
        return False

    def _secret(self, count: _Count) -> bool:
        """Whether a count may be one of those that are protected, for all that is known of it."""
        low, high = self._interval(count.quantity)
        if count.asked is None:
            return high > 0 and low < self.threshold
        least, most = self._interval(count.asked)
        return low == 0 and most > 0 and least < ZERO_BASES * self.threshold

    def _is_new(self, quantity: Quantity, sense: int, goal: float) -> bool:
        return all(each.reaches(each.place[quantity], sense, goal) for each in self._alone)

    def _interval(self, quantity: Quantity) -> tuple[float, float]:
        low, high = self.bounds.interval(quantity)
        return ceil(low - SLACK), high if high == inf else floor(high + SLACK)

    @cached_property
    def _alone(self) -> tuple[Bounds, Bounds]:
        """What the earlier reports tell by themselves, and the last; everyone is counted in all."""
        *earlier, last = self.shared.by_report
        numbers = [each[:1] for each in earlier]
        beside = [] if self.number else [last[:1]]
        return self._bounds([*earlier, *beside]), self._bounds([*numbers, last])

    def _bounds(self, told: Sequence[Sequence[Statement]]) -> Bounds:
        mine = [each for part in told for each in part if each in self.statements]
        values = {each.quantity: each.value for each in mine if each.value is not None}
        return Bounds(self.lattice, values, self.asked)
