"""What can be worked out from published reports: trusts nothing but what they say.

Two audits: a reader's, who knows only the files and the rule by which numbers are withheld, and
the team's, who knows which counts had to be protected.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

import numpy as np

from consultations.analysis.bounds import Bounds
from consultations.analysis.chordal import Clique
from consultations.analysis.lattice import Lattice, joint, joint_size, of_questions
from consultations.analysis.linear import SLACK
from consultations.analysis.plan import LANGUAGE
from consultations.analysis.quantities import EVERYONE, Quantity, Region
from consultations.analysis.reading import WAVE, Json, Reading, Statement, read
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
    within: Region
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
        for case in _cases(reading, (), joint_limit):
            width, found = _told_a_reader(case)
            narrowest = min(narrowest, width)
            failures += found
    failures += _moved(published)
    unique = list({failure.where: failure for failure in reversed(failures)}.values())
    return hidden, floor(narrowest + SLACK) if np.isfinite(narrowest) else None, unique[::-1]


def audit(
    published: Json, targets: Iterable[Target], joint_limit: int = JOINT_LIMIT
) -> tuple[list[Failure], int]:
    """The team's audit of a report, then the reader's: what is told too closely.

    targets: the counts that had to be protected. Returned besides: how often a target can be zero,
    or reach the threshold, by its bounds alone, no population of whole people having been found.
    """
    wanted = list(targets)
    reading = read(published, {frozenset(n for n, _ in target.within) for target in wanted})
    failures: list[Failure] = []
    by_bounds = 0
    for case in _cases(reading, wanted, joint_limit):
        failures += _told_of_targets(case)
        by_bounds += 0 if failures else _by_bounds(case)
        failures += _told_a_reader(case)[1]
    return failures, by_bounds


@dataclass(frozen=True)
class _Case:
    """Some statements, what is withheld among them, and targets that they could give away."""

    reading: Reading
    statements: Sequence[Statement]
    targets: Sequence[tuple[Target, Quantity]]
    told: Mapping[Quantity, int]
    bounds: Bounds

    @property
    def hidden(self) -> list[Statement]:
        return [s for s in self.statements if s.value is None and s.quantity not in self.told]

    @property
    def kinds(self) -> dict[str, Quantity]:
        """Question -> its non-response, where the coverage tells of its kinds."""
        asked = {s.quantity.question for s in self.statements} & set(self.reading.kinds)
        return {name: self.reading.universe.quantity(name, (POOLED,), {}) for name in sorted(asked)}


def _cases(reading: Reading, targets: Sequence[Target], limit: int) -> Iterator[_Case]:
    wanted = list(_quantities(reading, targets))
    for lattice, statements in systems(reading, limit):
        told = {s.quantity: s.value for s in statements if s.value is not None}
        asked_of = {EVERYONE, *(piece.question for piece in lattice.pieces)}
        mine = [(t, q) for t, q in wanted if q.question in asked_of and lattice.has(q)]
        kinds = [reading.universe.quantity(name, (POOLED,), {}) for name in reading.kinds]
        asked = [s.quantity for s in statements] + [q for _, q in mine]
        asked += [quantity for quantity in kinds if lattice.has(quantity)]
        yield _Case(reading, statements, mine, told, Bounds(lattice, told, asked))


def _told_of_targets(case: _Case) -> Iterator[Failure]:
    """The protected counts that cannot be zero, or not reach the threshold."""
    bounds, threshold = case.bounds, case.reading.threshold
    if not case.targets or not bounds.possible():
        return
    rows = [bounds.place[quantity] for _, quantity in case.targets]
    zero = [row for row, (target, _) in zip(rows, case.targets, strict=True) if target.zero]
    bounds.seek(zero, 1, 0.0)
    bounds.seek(rows, -1, threshold)
    for row, (target, quantity) in zip(rows, case.targets, strict=True):
        low = bounds.reaches(row, 1, 0.0) if target.zero else True
        if not (low and bounds.reaches(row, -1, threshold)):
            yield Failure(str(target), target.question, *bounds.interval(quantity), "protected")


def _by_bounds(case: _Case) -> int:
    """How often a target can be zero, or reach the threshold, by its bounds alone."""
    place = case.bounds.place
    low = sorted({place[quantity] for target, quantity in case.targets if target.zero})
    high = sorted({place[quantity] for _, quantity in case.targets})
    rows = np.array(low, dtype=np.int64), np.array(high, dtype=np.int64)
    return case.bounds.unshown(*rows, case.reading.threshold)


def systems(reading: Reading, limit: int) -> Iterator[tuple[Lattice, list[Statement]]]:
    """The population, each question on its cliques, and where feasible all of them at once."""
    universe, questions = reading.universe, list(reading.universe.questions)
    alone = (LANGUAGE,) if WAVE not in universe.dimensions else (LANGUAGE, WAVE)
    languages: list[Clique] = [alone] if LANGUAGE in universe.dimensions else []
    people = of_questions(universe, (EVERYONE,), reading.cliques + languages)
    yield people, [s for s in reading.statements if s.quantity.question == EVERYONE]
    for tied in universe.together(questions):
        yield of_questions(universe, tied, reading.cliques), reading.of_questions(tied)
    names = {name for clique in reading.cliques for name in clique}
    if questions and joint_size(universe, questions, names) <= limit:
        statements = [s for s in reading.statements if LANGUAGE not in s.quantity.dimensions]
        yield joint(universe, questions, names), statements


def _told_a_reader(case: _Case) -> tuple[float, list[Failure]]:
    """The narrowest interval of what is withheld, and what is told too closely to a reader."""
    told, bounds, threshold = case.told, case.bounds, case.reading.threshold
    failures = [
        Failure(s.where, s.quantity.question, told[s.quantity], told[s.quantity], "derived")
        for s in case.statements
        if s.value is None and s.quantity in told
    ]
    if not told or not bounds.possible():
        return 0.0, [Failure("", EVERYONE, np.nan, np.nan, "contradiction")]
    rows = {bounds.place[s.quantity]: s for s in reversed(case.hidden)}
    bounds.seek(list(rows), 1, 0.0)
    bounds.seek(list(rows), -1, threshold)
    narrowest = bounds.narrowest(list(rows))
    for name, total in case.kinds.items():
        width, found = _verify_kinds(case.reading, name, *bounds.interval(total))
        narrowest, failures = min(narrowest, width), failures + found
    bounds.raise_floors(list(rows), threshold)
    bounds.seek(list(rows), -1, threshold)
    for row, statement in rows.items():
        if not bounds.reaches(row, -1, threshold):
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


def _quantities(reading: Reading, targets: Iterable[Target]) -> Iterator[tuple[Target, Quantity]]:
    """The targets that a reader's universe can say, as quantities of it."""
    universe = reading.universe
    known = {name: frozenset(codes) for name, codes in universe.dimensions.items()}
    codes = {name: frozenset(universe.codes(name)) for name in universe.questions}
    regions: dict[Region, Region | None] = {}
    for target in targets:
        if target.within not in regions:
            told = all(each <= known.get(name, frozenset()) for name, each in target.within)
            regions[target.within] = universe.region(dict(target.within)) if told else None
        region = regions[target.within]
        if region is not None and target.codes <= codes.get(target.question, frozenset()):
            yield target, universe.counted(target.question, target.codes, region)


def _moved(published: Sequence[Json]) -> list[Failure]:
    """Counts that moved by less than the threshold between two reports, everyone's apart."""
    readings = [read(one) for one in published] if len(published) > 1 else []
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
