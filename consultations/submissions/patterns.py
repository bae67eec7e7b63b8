"""What a round's submissions show when they are laid beside each other: for the team alone."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from consultations.codebook import NON_RESPONSE
from consultations.submissions.marks import ALIKE, BURST, MARKS, REPEATED, bursts

NON_RESPONSE_CODES = frozenset(NON_RESPONSE)


@dataclass(frozen=True)
class Arrival:
    """One submission as far as it matters here: its day, the marks kept with it, its answers."""

    day: date | None
    marks: Collection[str]
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Patterns:
    """Counts of submissions: all, by mark, with any mark but `burst`, by day; the unusual days."""

    everyone: int
    marked: Mapping[str, int]
    any_mark: int
    days: Mapping[date, int]
    unusual_days: tuple[date, ...]


def patterns(
    arrivals: Iterable[Arrival],
    *,
    closed: Sequence[str],
    texts: Sequence[str],
    at_least: int,
) -> Patterns:
    """What stands out among submissions; `closed` and `texts` name the questions compared.

    Fewer than `at_least` are never called a pattern. Of each submission only what is compared is
    held: its day, its marks, its words, a few numbers for its answers.
    """
    from consultations.submissions import alike  # heavy: docs/decisions/0013

    days: list[date | None] = []
    answered: list[tuple[int, ...]] = []
    words: dict[str, list[str]] = {name: [] for name in texts}
    found: dict[str, set[int]] = {mark: set() for mark in MARKS}
    for place, each in enumerate(arrivals):
        days.append(each.day)
        answered.append(alike.patterns_of([_plain(each.answers.get(name)) for name in closed]))
        for name, said in words.items():
            said.append(str(each.answers.get(name) or ""))
        for mark in found.keys() & set(each.marks):
            found[mark].add(place)
    by_day = Counter(day for day in days if day is not None)
    unusual = bursts(by_day, at_least=at_least)
    found[BURST] = {place for place, day in enumerate(days) if day in unusual}
    found[REPEATED] = alike.repeated_in_a_day(answered, days, at_least=at_least)
    found[ALIKE] = set().union(
        *(alike.nearly_the_same(w, at_least=at_least) for w in words.values())
    )
    noticed = set().union(*(places for mark, places in found.items() if mark != BURST))
    return Patterns(
        len(days),
        {mark: len(places) for mark, places in found.items()},
        len(noticed),
        dict(sorted(by_day.items())),
        tuple(unusual),
    )


def _plain(answer: Any) -> Hashable:
    """An answer that can be compared; None for every kind of non-response."""
    if isinstance(answer, list):
        return None if NON_RESPONSE_CODES.intersection(answer) else tuple(answer)
    return None if answer in NON_RESPONSE_CODES else str(answer) if answer is not None else None
