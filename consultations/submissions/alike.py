"""Submissions that say the same: the same words, or the same answers to everything in one day."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from math import sqrt

import numpy as np
from numpy.typing import NDArray

SHORTEST = 40
"""Letters and digits that a text needs: many people write "I agree" without copying it."""

WIDTH = 6
"""Signs in one piece of text. Pieces of signs, not of words, serve every script."""

ALIKE = 0.7
"""Share of pieces in common (Jaccard) from which two texts are nearly the same."""

BANDS, ROWS = 8, 4
"""Two texts meet in a band with the chance 1 - (1 - s^ROWS)^BANDS, s their share of pieces in
common: 89 % at 0.7, 98 % at 0.8, 6 % at 0.3. Broder, On the resemblance and containment of
documents (1997); Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3."""

FEWEST_ANSWERS = 8
"""Answers that a submission needs for its pattern to say anything."""

PARTS = 3
"""Answers are compared in so many parts, of which one may differ."""

FAR = 3.5

_PRIME = np.uint64(2**31 - 1)
_RANDOM = np.random.default_rng(1997)
_FACTOR = _RANDOM.integers(1, 2**31 - 1, BANDS * ROWS, dtype=np.uint64)[:, None]
_SHIFT = _RANDOM.integers(0, 2**31 - 1, BANDS * ROWS, dtype=np.uint64)[:, None]
_POWERS = np.array([pow(1_000_003, place, 2**31 - 1) for place in range(WIDTH)], dtype=np.uint64)

Pieces = NDArray[np.uint64]


def nearly_the_same(texts: Sequence[str], *, at_least: int) -> set[int]:
    """The places of those texts of which at least so many are nearly the same."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        plain = normalised(text)
        if len(plain) >= SHORTEST:
            places[plain].append(place)
    return {
        place
        for family in _families(list(places))
        if sum(len(places[text]) for text in family) >= at_least
        for text in family
        for place in places[text]
    }


def normalised(text: str) -> str:
    """A text without what is easily changed: case, forms of letters, marks, punctuation, gaps."""
    signs = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(
        "".join(
            sign if sign.isalnum() else "" if unicodedata.combining(sign) else " " for sign in signs
        ).split()
    )


def repeated_in_a_day(
    answers: Sequence[Mapping[str, Hashable]], days: Sequence[date | None], *, at_least: int
) -> set[int]:
    """The places of those who answered nearly everything alike on a day, far more than usual.

    Many people honestly agree, so answers are compared with those of the other days: a pattern is
    noticed where it came on one day by more than `FAR` standard deviations oftener than its share
    on all other days lets expect, and at least so often.
    """
    places: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, given in enumerate(answers):
        if days[place] is not None and len(given) >= FEWEST_ANSWERS:
            for pattern in _patterns(given):
                places[pattern].append(place)
    by_day = Counter(day for day in days if day is not None)
    return {place for those in places.values() for place in _sudden(those, days, by_day, at_least)}


def _patterns(given: Mapping[str, Hashable]) -> Iterator[Hashable]:
    """The answers without each of their parts: who differs in one part still shares a pattern."""
    items = sorted(given.items())
    parts = [tuple(items[start::PARTS]) for start in range(PARTS)]
    return (tuple(pair) for pair in combinations(parts, PARTS - 1))


def _sudden(
    places: list[int], days: Sequence[date | None], by_day: Counter[date], at_least: int
) -> Iterator[int]:
    if len(places) < at_least:
        return
    everyone, pattern = by_day.total(), Counter(days[place] for place in places)
    for place in places:
        day = days[place]
        assert day is not None
        count, others = pattern[day], everyone - by_day[day]
        expected = by_day[day] * (len(places) - count + 1) / (others + 1)
        if count >= at_least and count - expected > FAR * max(sqrt(expected), 1.0):
            yield place


def _families(texts: Sequence[str]) -> Iterator[list[str]]:
    """Texts with those that are nearly the same."""
    pieces = [_pieces(text) for text in texts]
    head = list(range(len(texts)))

    def first(place: int) -> int:
        while head[place] != place:
            head[place] = place = head[head[place]]
        return place

    met: dict[Hashable, int] = {}
    for place, own in enumerate(pieces):
        for band in _bands(own):
            other = met.setdefault(band, place)
            if first(other) != first(place) and _share(own, pieces[other]) >= ALIKE:
                head[first(place)] = first(other)
    families: defaultdict[int, list[str]] = defaultdict(list)
    for place, text in enumerate(texts):
        families[first(place)].append(text)
    return iter(families.values())


def _pieces(text: str) -> Pieces:
    """A number for each run of `WIDTH` signs, each once."""
    signs = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(signs, WIDTH)
    return np.unique((windows * _POWERS).sum(axis=1) % _PRIME)


def _bands(pieces: Pieces) -> Iterator[tuple[int, bytes]]:
    """The signature of a text, cut into bands: MinHash with `BANDS * ROWS` permutations."""
    least = ((pieces[None, :] * _FACTOR + _SHIFT) % _PRIME).min(axis=1)
    return ((band, least[band * ROWS : (band + 1) * ROWS].tobytes()) for band in range(BANDS))


def _share(one: Pieces, other: Pieces) -> float:
    common = np.intersect1d(one, other, assume_unique=True).size
    return float(common / (one.size + other.size - common))
