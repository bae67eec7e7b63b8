"""Weighting to known shares of a population: raking, trimming, and what it costs in precision.

Tables hold people by one characteristic per axis; weights stand in tables of the same shape and
average to one over the people.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]

CAP = 5.0
"""No weight is more than so many times the average one (DeBell & Krosnick 2009)."""

ROUNDS = 1000
CLOSE = 1e-10
"""Shares that differ by less are taken to be reached."""


@dataclass(frozen=True)
class Raked:
    """Weights by cell, and how well they do.

    missed:  the largest difference between a share wanted and the weighted one.
    trimmed: whether weights had to be held down to the cap.
    """

    weights: Table
    missed: float
    trimmed: bool

    @property
    def converged(self) -> bool:
        """Whether all shares wanted are reached."""
        return self.missed <= CLOSE


def rake(
    people: Table, shares: Sequence[Table], *, cap: float = CAP, rounds: int = ROUNDS
) -> Raked:
    """Weights with which each axis of `people` has the `shares` wanted of it.

    Iterative proportional fitting (Deming & Stephan 1940), trimmed in every round. `shares` holds
    one vector per axis, each adding up to one. What cannot be reached is missed, and said.
    """
    weights, trimmed = np.ones_like(people), False
    for _ in range(rounds):
        before, table = weights, people * weights
        for axis, wanted in enumerate(shares):
            table = fitted(table, axis, wanted)
        weights = np.divide(table, people, out=np.ones_like(people), where=people > 0)
        trimmed = bool(weights[people > 0].max() > cap + CLOSE)
        weights = _held(weights, people, cap)
        if np.abs(weights - before).max() < CLOSE / 10:
            break
    table = people * weights / people.sum()
    missed = max(float(np.abs(_margin(table, axis) - one).max()) for axis, one in enumerate(shares))
    return Raked(weights, missed, trimmed)


def _held(weights: Table, people: Table, cap: float) -> Table:
    """Weights of average one of which none is over the cap; what is cut off goes to the others."""
    for _ in range(ROUNDS):
        weights = np.minimum(weights, cap)
        weights = weights * (people.sum() / (people * weights).sum())
        if weights[people > 0].max() <= cap + CLOSE:
            break
    return weights


def fitted(table: Table, axis: int, shares: Table) -> Table:
    """One step: the table scaled so that an axis has its shares; empty rows stay empty."""
    margin = _margin(table, axis)
    factor = np.divide(shares * table.sum(), margin, out=np.ones_like(margin), where=margin > 0)
    shape = [1] * table.ndim
    shape[axis] = -1
    return np.asarray(table * factor.reshape(shape), dtype=np.float64)


def weighted_share(part: Table, whole: Table, weights: Table) -> float | None:
    """The weighted share of `part` in `whole`, from 0 to 1; None of nobody."""
    total = float((whole * weights).sum())
    return float((part * weights).sum()) / total if total else None


def design_effect(weights: Table, people: Table) -> float:
    """How much weights enlarge the variance: n Σw² / (Σw)² (Kish 1965). 1 where all are equal."""
    return float(people.sum() * (people * weights**2).sum() / (people * weights).sum() ** 2)


def effective_size(weights: Table, people: Table) -> float:
    """How many equally weighted people would be as precise: (Σw)² / Σw² (Kish 1965)."""
    return float((people * weights).sum() ** 2 / (people * weights**2).sum())


def _margin(table: Table, axis: int) -> Table:
    others = tuple(one for one in range(table.ndim) if one != axis)
    return np.asarray(table.sum(axis=others), dtype=np.float64)
