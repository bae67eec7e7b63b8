"""Submissions that say the same: the same words, or the same answers to everything in one day."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc

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

CHANCE = 0.01
"""How probable it may be that chance alone makes us notice anything in a round."""

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


def patterns_of(answers: Sequence[Hashable]) -> tuple[int, ...]:
    """A number for the answers without each of their parts; none where few were answered.

    `answers` are in the order of the questions, None where one says nothing. Who differs in one
    part only still has a number in common.
    """
    if len(answers) - answers.count(None) < FEWEST_ANSWERS:
        return ()
    parts = [hash(tuple(answers[start::PARTS])) for start in range(PARTS)]
    return tuple(hash((left, *parts[:left], *parts[left + 1 :])) for left in range(PARTS))


def repeated_in_a_day(
    patterns: Sequence[Sequence[int]], days: Sequence[date | None], *, at_least: int
) -> set[int]:
    """The places of those who answered nearly everything alike on a day, far more than usual.

    Many people honestly agree, so a pattern of answers is compared with the other days: it is
    noticed where so many on one day would be a `CHANCE` in all that was compared, were its share
    that day what it was on the others (Poisson; Bonferroni for how often was looked).
    """
    by_day = Counter(day for day in days if day is not None)
    times = Counter(
        (each, day) for own, day in zip(patterns, days, strict=True) if day for each in own
    )
    everywhere: Counter[int] = Counter()
    for (pattern, _), count in times.items():
        everywhere[pattern] += count
    sudden = {
        (pattern, day)
        for (pattern, day), count in times.items()
        if count >= at_least
        and _chance(count, everywhere[pattern] - count, by_day[day], by_day.total()) * len(times)
        < CHANCE
    }
    return {
        place
        for place, (own, day) in enumerate(zip(patterns, days, strict=True))
        if any((each, day) in sudden for each in own)
    }


def _chance(count: int, elsewhere: int, that_day: int, everyone: int) -> float:
    """How probable it is that a pattern comes on a day at least `count` times."""
    share = (elsewhere + 1) / (everyone - that_day + 1)
    return float(gammainc(count, that_day * share))


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
