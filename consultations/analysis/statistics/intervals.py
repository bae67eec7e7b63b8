"""Intervals for shares. They mean something only where people were chosen by a known design."""

from math import sqrt

Z = 1.96
"""For a confidence of 95 %."""


def wilson(count: int, base: int, z: float = Z) -> tuple[float, float]:
    """The score interval of a share, from 0 to 1 (Wilson 1927, method 3 of Newcombe 1998).

    For a simple random sample of `base` people, one at least; a design with clusters or weights
    makes it wider than this.
    """
    share = count / base
    middle = share + z * z / (2 * base)
    half = z * sqrt(share * (1 - share) / base + z * z / (4 * base * base))
    whole = 1 + z * z / base
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
