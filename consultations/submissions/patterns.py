"""What a round's submissions show when they are laid beside each other: for the team alone."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from consultations.codebook import NON_RESPONSE
from consultations.submissions.alike import nearly_the_same, repeated_in_a_day
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
    closed: Collection[str],
    texts: Collection[str],
    at_least: int,
) -> Patterns:
    """What stands out among submissions; `closed` and `texts` name the questions compared.

    Fewer than `at_least` are never called a pattern.
    """
    came = list(arrivals)
    days = Counter(each.day for each in came if each.day is not None)
    unusual = bursts(days, at_least=at_least)
    found: dict[str, set[int]] = {
        mark: {place for place, each in enumerate(came) if mark in each.marks} for mark in MARKS
    }
    found[BURST] = {place for place, each in enumerate(came) if each.day in unusual}
    found[REPEATED] = repeated_in_a_day(
        [_answered(each.answers, closed) for each in came],
        [each.day for each in came],
        at_least=at_least,
    )
    found[ALIKE] = _copied(came, texts, at_least)
    noticed = set().union(*(places for mark, places in found.items() if mark != BURST))
    return Patterns(
        len(came),
        {mark: len(places) for mark, places in found.items()},
        len(noticed),
        dict(sorted(days.items())),
        tuple(unusual),
    )


def _answered(answers: Mapping[str, Any], closed: Collection[str]) -> dict[str, Hashable]:
    """The answers that say something: neither skipped nor not asked."""
    given = {name: _plain(answers.get(name)) for name in closed}
    return {name: value for name, value in given.items() if value is not None}


def _plain(answer: Any) -> Hashable:
    """An answer that can be compared; None for every kind of non-response."""
    codes = tuple(map(str, answer)) if isinstance(answer, list) else (str(answer),)
    return None if answer is None or NON_RESPONSE_CODES & {*codes} else codes


def _copied(came: list[Arrival], texts: Collection[str], at_least: int) -> set[int]:
    """Those of whose texts to a question many are nearly the same."""
    return {
        place
        for name in texts
        for place in nearly_the_same(
            [str(each.answers.get(name) or "") for each in came], at_least=at_least
        )
    }
