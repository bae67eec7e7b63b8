"""How those who answered compare with those who could have."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True)
class Representativity:
    """R of 1: every group answered alike; lower: less so. `variation`: of the answering rates.

    A high R does not say that answers are unbiased: only that these groups answered alike.
    """

    r: float
    variation: float | None


def representation_ratio(count: int, individuals: int, population_share: float) -> float:
    """A group's share among those heard, divided by its share in the population."""
    return count / individuals / population_share


def r_indicator(
    invited: Sequence[int], answered: Sequence[int], *, unbiased: bool = False
) -> Representativity:
    """R = 1 - 2S(ρ) over groups of a known invited population.

    `invited` and `answered` are people by group; ρ is the rate of answering in a person's group
    and S its standard deviation over all invited, with N - 1 where `unbiased` (Schouten, Cobben &
    Bethlehem 2009, "Indicators for the representativeness of survey response"). An open call has
    no invited population, hence no R.
    """
    people = sum(invited)
    rates = [some / all_ for some, all_ in zip(answered, invited, strict=True)]
    mean = sum(answered) / people
    squares = sum(all_ * (rate - mean) ** 2 for rate, all_ in zip(rates, invited, strict=True))
    deviation = sqrt(squares / (people - 1 if unbiased else people))
    return Representativity(1 - 2 * deviation, deviation / mean if mean else None)
