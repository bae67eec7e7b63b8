"""What can be worked out from published reports: trusts nothing but what they say.

Two audits: a reader's, who knows only the files and the rule by which numbers are withheld, and
the team's, who knows which counts had to be protected.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

import numpy as np

from consultations.analysis.lattice import Clique, Lattice, joint, joint_size, of_questions
from consultations.analysis.linear import SLACK, LinearSystem, Mask, Vector
from consultations.analysis.plan import LANGUAGE
from consultations.analysis.quantities import EVERYONE, Quantity
from consultations.analysis.reading import Json, Reading, Statement, read
from consultations.codebook import POOLED

JOINT_LIMIT = 8_000
"""Unknowns up to which a reader takes all questions over all dimensions at once."""


@dataclass(frozen=True)
class Target:
    """A count that had to be protected: answer codes of a question (none: people) in a group.

    zero: whether it must be possible that it is zero; reaching the threshold must be in any case.
    """

    question: str
    codes: frozenset[str]
    within: frozenset[tuple[str, frozenset[str]]]
    zero: bool = True

    def __str__(self) -> str:
        within = ", ".join(f"{n}={'+'.join(sorted(c))}" for n, c in sorted(self.within))
        return f"{self.question or 'people'} {'+'.join(sorted(self.codes))} [{within}]"


@dataclass(frozen=True)
class Failure:
    """A number that is told too closely. where: table and place, or the protected count."""

    where: str
    question: str
    low: float
    high: float
    reason: str


class Bounds:
    """What a system of statements leaves open, each bound asked for once."""

    def __init__(
        self, lattice: Lattice, told: dict[Quantity, int], asked: Sequence[Quantity]
    ) -> None:
        self.quantities = [*told, *(q for q in dict.fromkeys(asked) if q not in told)]
        self.system: LinearSystem = lattice.system(self.quantities)
        size, known = len(self.quantities), len(told)
        self.lower: Vector = np.full(size, -np.inf)
        self.upper: Vector = np.full(size, np.inf)
        self.lower[:known] = self.upper[:known] = list(told.values())
        self.open: Mask = np.arange(size) >= known
        self.place = {quantity: place for place, quantity in enumerate(self.quantities)}
        self.witnesses: Vector = np.empty((0, size))

    def extreme(self, row: int, sense: int) -> float:
        """The least or greatest value of a row under what is told."""
        value, solution = self.system.extreme(row, sense, self.lower, self.upper)
        if solution is not None:
            values = np.asarray(self.system.rows @ solution)
            self.witnesses = np.vstack([self.witnesses, values])
        return value

    def interval(self, quantity: Quantity) -> tuple[float, float]:
        """The exact bounds of a quantity."""
        row = self.place[quantity]
        return self.extreme(row, 1), self.extreme(row, -1)

    def reaches(self, row: int, sense: int, goal: float) -> bool:
        """Whether a row can be as little (sense 1) or as much (sense -1) as a goal."""
        seen = self.witnesses[:, row]
        if len(seen) and (sense * (seen - goal) <= SLACK).any():
            return True
        return bool(sense * (self.extreme(row, sense) - goal) <= SLACK)

    def width(self, row: int, enough: float) -> float:
        """The width of a row's interval, exact where it is under `enough`."""
        seen = self.witnesses[:, row]
        if len(seen) and np.ptp(seen) >= enough:
            return float(np.ptp(seen))
        return self.extreme(row, -1) - self.extreme(row, 1)

    def raise_floors(self, threshold: int) -> None:
        """Take what cannot be zero to reach the threshold, until nothing changes."""
        rows = [int(row) for row in np.flatnonzero(self.open)]
        while True:
            new = [
                row for row in rows if self.lower[row] < threshold and not self.reaches(row, 1, 0.0)
            ]
            if not new:
                return
            self.lower[new] = threshold
            kept = (self.witnesses[:, new] >= threshold - SLACK).all(axis=1)
            self.witnesses = self.witnesses[kept]


def verify_intervals(
    *published: Json, joint_limit: int = JOINT_LIMIT
) -> tuple[int, int | None, list[Failure]]:
    """The reader's audit of reports of one consultation, on what they say alone.

    Every hidden number is bounded by linear programming; those bounded away from zero are then
    taken to reach the threshold, and all is bounded again until nothing changes. Returns how many
    numbers are hidden, the narrowest interval, and what fails: an upper bound under the
    threshold, a contradiction, a count that moved by less than the threshold between two reports.
    """
    hidden, narrowest, failures = 0, np.inf, []
    for one in published:
        reading = read(one)
        hidden += sum(1 for s in reading.statements if s.value is None)
        hidden += sum(1 for kinds in reading.kinds.values() for v in kinds.values() if v is None)
        for lattice, statements in _systems(reading, joint_limit):
            width, found = _verify(reading, lattice, statements)
            narrowest = min(narrowest, width)
            failures += found
    failures += _moved(published)
    unique = list({failure.where: failure for failure in reversed(failures)}.values())
    return hidden, floor(narrowest + SLACK) if np.isfinite(narrowest) else None, unique[::-1]


def audit(
    published: Json, targets: Iterable[Target], joint_limit: int = JOINT_LIMIT
) -> list[Failure]:
    """The team's audit of a report: which protected counts can be worked out too closely."""
    wanted = list(targets)
    reading = read(published, [dict(target.within) for target in wanted])
    failures = []
    for lattice, statements in _systems(reading, joint_limit):
        mine = [
            (target, quantity)
            for target in wanted
            if (quantity := _quantity(reading, target)) and _holds(lattice, quantity)
        ]
        told = _told(statements)
        bounds = Bounds(lattice, told, [quantity for _, quantity in mine])
        for target, quantity in mine:
            row = bounds.place[quantity]
            low = bounds.reaches(row, 1, 0.0) if target.zero else True
            if not (low and bounds.reaches(row, -1, reading.threshold)):
                low_high = bounds.interval(quantity)
                failures.append(Failure(str(target), target.question, *low_high, "protected"))
    return failures


def _systems(reading: Reading, limit: int) -> Iterator[tuple[Lattice, list[Statement]]]:
    """The population, each question on its cliques, and where feasible all of them at once."""
    universe, questions = reading.universe, list(reading.universe.questions)
    languages: list[Clique] = [(LANGUAGE,)] if LANGUAGE in universe.dimensions else []
    people = of_questions(universe, (EVERYONE,), reading.cliques + languages)
    yield people, [s for s in reading.statements if s.quantity.question == EVERYONE]
    for tied in universe.together(questions):
        yield of_questions(universe, tied, reading.cliques), reading.of_questions(tied)
    names = {name for clique in reading.cliques for name in clique}
    if questions and joint_size(universe, questions, names) <= limit:
        statements = [s for s in reading.statements if LANGUAGE not in s.quantity.dimensions]
        yield joint(universe, questions, names), statements


def _told(statements: Iterable[Statement]) -> dict[Quantity, int]:
    return {s.quantity: s.value for s in statements if s.value is not None}


def _verify(
    reading: Reading, lattice: Lattice, statements: Sequence[Statement]
) -> tuple[float, list[Failure]]:
    told = _told(statements)
    hidden = [s for s in statements if s.value is None and s.quantity not in told]
    silent = {s.quantity.question for s in statements} & set(reading.kinds)
    totals = {name: reading.universe.quantity(name, (POOLED,), {}) for name in sorted(silent)}
    bounds = Bounds(lattice, told, [*(s.quantity for s in hidden), *totals.values()])
    bounds.open[:] = False
    rows = {bounds.place[s.quantity]: s for s in reversed(hidden)}
    bounds.open[list(rows)] = True
    failures = [
        Failure(s.where, s.quantity.question, told[s.quantity], told[s.quantity], "derived")
        for s in statements
        if s.value is None and s.quantity in told
    ]
    if not told or np.isnan(bounds.extreme(0, 1)):
        return 0.0, [Failure("", EVERYONE, np.nan, np.nan, "contradiction")]
    narrowest = np.inf
    for row in rows:
        narrowest = min(narrowest, bounds.width(row, narrowest))
    for name, total in totals.items():
        width, found = _verify_kinds(reading, name, *bounds.interval(total))
        narrowest, failures = min(narrowest, width), failures + found
    bounds.raise_floors(reading.threshold)
    for row, statement in rows.items():
        if not bounds.reaches(row, -1, reading.threshold):
            low, high = bounds.extreme(row, 1), bounds.extreme(row, -1)
            failures.append(
                Failure(statement.where, statement.quantity.question, low, high, "narrow")
            )
    return narrowest, failures


def _verify_kinds(
    reading: Reading, question: str, low: float, high: float
) -> tuple[float, list[Failure]]:
    """Kinds of non-response add up to all of it; two hidden ones hide each other."""
    kinds = reading.kinds[question]
    hidden = [kind for kind, value in kinds.items() if value is None]
    if not hidden:
        return np.inf, []
    known = sum(value for value in kinds.values() if value is not None)
    high, low = high - known, low - known if len(hidden) == 1 else 0.0
    if high >= reading.threshold - SLACK:
        return high - low, []
    where = f"coverage.non_response {question}"
    return high - low, [Failure(where, question, low, high, "narrow")]


def _quantity(reading: Reading, target: Target) -> Quantity | None:
    universe, within = reading.universe, dict(target.within)
    known = all(set(codes) <= set(universe.dimensions.get(n, ())) for n, codes in within.items())
    if not known:
        return None
    if target.question and target.question not in universe.questions:
        return None
    if not target.codes <= set(universe.codes(target.question) if target.question else ()):
        return None
    return universe.quantity(target.question, target.codes, within)


def _holds(lattice: Lattice, quantity: Quantity) -> bool:
    try:
        lattice.places(quantity)
    except KeyError:
        return False
    return True


def _moved(published: Sequence[Json]) -> list[Failure]:
    """Counts that moved by less than the threshold between two reports, everyone's apart."""
    readings = [read(one) for one in published]
    failures = []
    for earlier, later in pairwise(readings):
        before = {s.where: s for s in earlier.statements if s.where != "coverage"}
        for now in later.statements:
            then = before.get(now.where)
            if then is None or then.value is None or now.value is None:
                continue
            moved = abs(now.value - then.value)
            total = now.quantity == later.universe.quantity(EVERYONE, (), {})
            if 0 < moved < min(earlier.threshold, later.threshold) and not total:
                failures.append(
                    Failure(now.where, now.quantity.question, then.value, now.value, "moved")
                )
    return failures
