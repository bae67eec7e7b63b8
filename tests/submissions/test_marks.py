"""Marks are words for the team; a burst is a day far above the days around it."""

from datetime import date, timedelta

import pytest

from consultations.submissions.marks import ADDRESS, HONEYPOT, TRAP, bursts, marks_of

FIRST = date(2026, 3, 2)


def days(*counts: int) -> dict[date, int]:
    return {FIRST + timedelta(days=place): count for place, count in enumerate(counts)}


def nth(place: int) -> date:
    return FIRST + timedelta(days=place)


def test_a_person_gets_no_mark() -> None:
    assert marks_of({"_step": "send", TRAP: ""}, many_from_here=False) == []


def test_whoever_fills_what_nobody_sees_is_marked() -> None:
    assert marks_of({TRAP: "Buy now"}, many_from_here=False) == [HONEYPOT]
    assert marks_of({TRAP: "  \n"}, many_from_here=False) == []


def test_an_address_that_sent_very_many_is_marked() -> None:
    assert marks_of({}, many_from_here=True) == [ADDRESS]
    assert marks_of({TRAP: "x"}, many_from_here=True) == [HONEYPOT, ADDRESS]


def test_a_day_far_above_the_days_around_it_is_a_burst() -> None:
    assert bursts(days(20, 25, 18, 22, 400, 21, 19, 24), at_least=5) == [nth(4)]


def test_ordinary_days_are_none() -> None:
    assert bursts(days(20, 25, 18, 22, 35, 21, 19, 24), at_least=5) == []
    assert bursts(days(*[50] * 20), at_least=5) == []


def test_the_modified_z_score_decides_where_days_differ_much() -> None:
    around = (10, 20, 30, 40, 50, 60, 70)  # median 40, MAD 20: far is 40 + 3.5 * 1.4826 * 20
    assert bursts(days(*around[:4], 143, *around[4:]), at_least=5) == []
    assert bursts(days(*around[:4], 144, *around[4:]), at_least=5) == [nth(4)]


def test_days_on_which_nothing_came_count() -> None:
    counts = {nth(0): 3, nth(6): 40, nth(12): 3}
    assert bursts(counts, at_least=5) == [nth(6)]


def test_fewer_than_the_threshold_are_no_burst() -> None:
    assert bursts(days(0, 0, 0, 0, 4, 0, 0, 0), at_least=5) == []
    assert bursts(days(0, 0, 0, 0, 5, 0, 0, 0), at_least=5) == [nth(4)]


@pytest.mark.parametrize("counts", [(), (900,), (1, 1, 900, 1, 1)])
def test_with_few_days_nothing_can_be_told(counts: tuple[int, ...]) -> None:
    assert bursts(days(*counts), at_least=5) == []


def test_a_slow_rise_is_no_burst() -> None:
    assert bursts(days(*range(10, 200, 10)), at_least=5) == []


def test_two_bursts_do_not_hide_each_other() -> None:
    counts = days(20, 22, 500, 19, 23, 21, 450, 18, 20, 24)
    assert bursts(counts, at_least=5) == [nth(2), nth(6)]
