"""How far the answers on a scale agree, and where they lean.

Counts stand in the order of the scale, from its lowest to its highest point.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

ENDS = 2
"""How many points count as one end of a scale: "top two", "bottom two"."""


def top_two(counts: Sequence[float]) -> float | None:
    """The share of the two highest points, from 0 to 1; None of nobody."""
    return _share(counts[-ENDS:], counts)


def bottom_two(counts: Sequence[float]) -> float | None:
    """The share of the two lowest points, from 0 to 1; None of nobody."""
    return _share(counts[:ENDS], counts)


def net(counts: Sequence[float]) -> float | None:
    """Top two minus bottom two, from -1 to 1; None of nobody."""
    top, bottom = top_two(counts), bottom_two(counts)
    return None if top is None or bottom is None else top - bottom


def agreement(counts: Sequence[float]) -> float | None:
    """Van der Eijk's A, from -1 (two camps at the ends) over 0 (spread evenly) to 1 (one point).

    The distribution is cut into layers of equal height; each is a pattern of empty and filled
    points, whose agreement U(1 - (S-1)/(K-1)) counts by its share of the people (van der Eijk
    2001, "Measuring agreement in ordered rating scales", Quality & Quantity 35). None of nobody;
    a scale has two points at least.
    """
    total = sum(counts)
    if not total:
        return None
    return sum(_of_pattern(pattern) * weight / total for pattern, weight in _layers(counts))


def polarisation(counts: Sequence[float]) -> float | None:
    """(1 - A)/2: from 0 (all at one point) to 1 (two camps at the ends); None of nobody."""
    agreed = agreement(counts)
    return None if agreed is None else (1 - agreed) / 2


def _layers(counts: Sequence[float]) -> Iterator[tuple[list[bool], float]]:
    """Patterns of filled points from the ground up, each with the people that it holds."""
    for below, level in pairwise(sorted({0, *counts})):
        pattern = [count >= level for count in counts]
        yield pattern, (level - below) * sum(pattern)


def _of_pattern(pattern: Sequence[bool]) -> float:
    points, filled = len(pattern), sum(pattern)
    if filled == points:
        return 0.0
    return _unimodality(pattern) * (1 - (filled - 1) / (points - 1))


def _unimodality(pattern: Sequence[bool]) -> float:
    """U of a pattern: pairs of filled points with an empty one beside them, or between them."""
    beside = between = 0
    places = range(len(pattern))
    filled = [place for place in places if pattern[place]]
    for place in places:
        if not pattern[place]:
            lower = sum(one < place for one in filled)
            higher = len(filled) - lower
            between += lower * higher
            beside += (lower * (lower - 1) + higher * (higher - 1)) // 2
    if not beside + between:
        return 1.0
    spread = len(pattern) - 2
    return (spread * beside - (spread + 1) * between) / (spread * (beside + between))


def _share(part: Sequence[float], counts: Sequence[float]) -> float | None:
    total = sum(counts)
    return sum(part) / total if total else None
