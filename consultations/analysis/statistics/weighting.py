"""Weighting to known shares of a population: raking, trimming, and what it costs in precision.

People stand by place: a code for each characteristic, in the order of the characteristics. Weights
stand by place as well and average to one over the people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Place = tuple[str, ...]
People = Mapping[Place, float]
Weights = Mapping[Place, float]
Shares = Mapping[str, float]
"""By code of one characteristic, from 0 to 1; adding up to 1."""

CAP = 5.0
"""No weight is more than so many times the average one (DeBell & Krosnick 2009)."""

ROUNDS, TURNS = 1000, 100
CLOSE = 1e-10
"""Shares that differ by less are taken to be reached."""


@dataclass(frozen=True)
class Raked:
    """Weights by place, where somebody stands, and how well they do.

    missed:  the largest difference between a share wanted and the weighted one.
    trimmed: whether weights had to be held down to the cap.
    """

    weights: Weights
    missed: float
    trimmed: bool

    @property
    def converged(self) -> bool:
        """Whether all shares wanted are reached."""
        return self.missed <= CLOSE


def rake(people: People, shares: Sequence[Shares], *, cap: float = CAP) -> Raked:
    """Weights with which every characteristic has the shares wanted of it.

    Iterative proportional fitting (Deming & Stephan 1940); where a weight is over the cap then,
    trimming and fitting take turns until both hold or nothing changes any more. What cannot be
    reached is missed, and said.
    """
    some = {place: number for place, number in people.items() if number}
    weights = _fitted_to_all(dict.fromkeys(some, 1.0), some, shares)
    trimmed = max(weights.values()) > cap + CLOSE
    before: Weights = {}
    for _ in range(TURNS if trimmed else 0):
        weights = _held(weights, some, cap)
        if _same(weights, before):
            break
        before, weights = weights, _fitted_to_all(weights, some, shares)
    weights = _held(weights, some, cap) if trimmed else weights
    missed = max(_missed(weights, some, axis, wanted) for axis, wanted in enumerate(shares))
    return Raked(weights, missed, trimmed)


def _fitted_to_all(
    weights: Weights, people: People, shares: Sequence[Shares]
) -> dict[Place, float]:
    now = dict(weights)
    for _ in range(ROUNDS):
        before = now
        for axis, wanted in enumerate(shares):
            now = fitted(now, people, axis, wanted)
        if _same(now, before):
            break
    return now


def _same(weights: Weights, before: Weights) -> bool:
    return bool(before) and all(
        abs(weight - before[place]) < CLOSE / 10 for place, weight in weights.items()
    )


def fitted(weights: Weights, people: People, axis: int, shares: Shares) -> dict[Place, float]:
    """One step: weights with which one characteristic has its shares, as far as somebody has it."""
    now = weighted_shares(weights, people, axis)
    reachable = sum(shares[code] for code in now)
    factor = {
        code: shares[code] / reachable / share for code, share in now.items() if share * reachable
    }
    return {place: weight * factor.get(place[axis], 1.0) for place, weight in weights.items()}


def weighted_shares(weights: Weights, people: People, axis: int) -> dict[str, float]:
    """The weighted share of every code of a characteristic that somebody has."""
    found: dict[str, float] = {}
    for place, weight in weights.items():
        found[place[axis]] = found.get(place[axis], 0.0) + weight * people[place]
    total = sum(found.values())
    return {code: number / total for code, number in found.items()}


def weighted_share(part: People, whole: People, weights: Weights) -> float | None:
    """The weighted share of `part` in `whole`, from 0 to 1; None of nobody."""
    total = _weighted(whole, weights)
    return _weighted(part, weights) / total if total else None


def design_effect(weights: Weights, people: People) -> float:
    """How much weights enlarge the variance: n Σw² / (Σw)² (Kish 1965). 1 where all are equal."""
    return sum(people.values()) / effective_size(weights, people)


def effective_size(weights: Weights, people: People) -> float:
    """How many equally weighted people would be as precise: (Σw)² / Σw² (Kish 1965)."""
    squares = {place: weight**2 for place, weight in weights.items()}
    return _weighted(people, weights) ** 2 / _weighted(people, squares)


def _held(weights: Weights, people: People, cap: float) -> dict[Place, float]:
    """Weights of average one, none of them over the cap; what is cut off goes to the others."""
    held, total = dict(weights), sum(people.values())
    for _ in range(ROUNDS):
        held = {place: min(weight, cap) for place, weight in held.items()}
        scale = total / _weighted(people, held)
        held = {place: weight * scale for place, weight in held.items()}
        if max(held.values()) <= cap + CLOSE:
            break
    return held


def _missed(weights: Weights, people: People, axis: int, wanted: Shares) -> float:
    reached = weighted_shares(weights, people, axis)
    return max(abs(share - reached.get(code, 0.0)) for code, share in wanted.items())


def _weighted(people: People, weights: Weights) -> float:
    """Weighted people; in a place without a weight there is nobody."""
    return sum(number * weights[place] for place, number in people.items() if number)
