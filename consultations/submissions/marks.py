"""What makes a submission noticeable. A mark is a word for the team: it refuses nobody."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import sqrt
from statistics import median

HONEYPOT, ADDRESS, TOKEN = STORED = ("honeypot", "address", "token")
"""Marks set when a submission is sent, and kept with it."""

BURST, REPEATED, ALIKE = COMPARED = ("burst", "repeated", "alike")
"""Marks that only show beside other submissions: worked out when the team looks, never kept."""

MARKS = (*STORED, *COMPARED)

TRAP = "_also"
"""The field that people cannot see, hear or reach, and that no browser knows how to fill."""

AROUND = 7
"""Days before and after a day with which it is compared."""

FEWEST_DAYS = 5
"""Days around a day that are needed to call it unusual."""

FAR = 3.5
"""Deviations from the median that are far: Iglewicz and Hoaglin, How to Detect and Handle Outliers
(1993), the modified z-score; also NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.17."""

SIGMA = 1.4826
"""Median absolute deviations in one standard deviation of a normal distribution."""


def marks_of(posted: Mapping[str, str], *, many_from_here: bool) -> list[str]:
    """The marks of what is being sent: the fields of its last page, and whether its address has
    sent very many answers today.
    """
    trapped = bool(posted.get(TRAP, "").strip())
    return [mark for mark, applies in ((HONEYPOT, trapped), (ADDRESS, many_from_here)) if applies]


def bursts(counts: Mapping[date, int], *, at_least: int) -> list[date]:
    """The days on which far more came than on the days around them.

    A day is far above when its count exceeds the median of the days around it by more than `FAR`
    deviations, and is `at_least` as large. One deviation is the scaled median absolute deviation,
    but never less than what chance alone gives a count (the square root of the median). Days
    between the first and the last on which nothing came count as 0.
    """
    return [
        day
        for day, count in sorted(counts.items())
        if count >= at_least and _far_above(count, _around(counts, day))
    ]


def _around(counts: Mapping[date, int], day: date) -> list[int]:
    first, last = min(counts), max(counts)
    near = (day + timedelta(days=each) for each in range(-AROUND, AROUND + 1) if each)
    return [counts.get(each, 0) for each in near if first <= each <= last]


def _far_above(count: int, others: list[int]) -> bool:
    if len(others) < FEWEST_DAYS:
        return False
    middle = median(others)
    spread = SIGMA * median(abs(each - middle) for each in others)
    return count - middle > FAR * max(spread, sqrt(middle), 1.0)
