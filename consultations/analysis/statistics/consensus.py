"""Votes on statements across groups: what unites the groups, what divides them.

Formulas of Small et al. 2021, "Polis: scaling deliberation by mapping high dimensional opinion
spaces", Recerca 26(2), over declared groups in place of clusters. They put statements in an
order; they test nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod, sqrt


@dataclass(frozen=True)
class Votes:
    """How the people of a group voted on a statement that they saw."""

    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        """Votes of every kind; who passes has seen the statement."""
        return self.agree + self.disagree + self.passed

    def __sub__(self, other: "Votes") -> "Votes":
        """Those left when a group is taken out."""
        return Votes(
            self.agree - other.agree, self.disagree - other.disagree, self.passed - other.passed
        )

    @property
    def reversed(self) -> "Votes":
        """The same with agreement and disagreement exchanged."""
        return Votes(self.disagree, self.agree, self.passed)


def chance(votes: Votes) -> float:
    """The chance that a person of the group agrees, (A+1)/(S+2); disagrees: of the `reversed`.

    Laplace's estimate, so that a few votes do not stand for certainty.
    """
    return (votes.agree + 1) / (votes.seen + 2)


def group_informed_consensus(groups: Iterable[Votes]) -> float:
    """The chance that one person of every group agrees: the product over the groups.

    A statement is high only where no group rejects it, however large the others are.
    """
    return prod(chance(votes) for votes in groups)


def representativeness(group: Votes, rest: Votes) -> float:
    """How many times as likely a person of the group agrees as one of the rest."""
    return chance(group) / chance(rest)


def z_of_one(successes: int, trials: int) -> float:
    """How far a share is from one half: 2√(n+1)((s+1)/(n+1) - 1/2)."""
    return 2 * sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)


def z_of_two(successes: int, others: int, trials: int, other_trials: int) -> float:
    """How far two shares are apart, pooled, with one added to every number; 0 if all agree."""
    one = (successes + 1) / (trials + 1)
    other = (others + 1) / (other_trials + 1)
    pooled = (successes + others + 2) / (trials + other_trials + 2)
    if pooled >= 1:
        return 0.0
    spread = pooled * (1 - pooled) * (1 / (trials + 1) + 1 / (other_trials + 1))
    return (one - other) / sqrt(spread)
