"""What a round's submissions show beside each other."""

from datetime import date, timedelta

from consultations.submissions.marks import ADDRESS, ALIKE, BURST, HONEYPOT, REPEATED
from consultations.submissions.patterns import Arrival, Patterns, patterns

FIRST = date(2026, 3, 2)
CALL = "We call on the Parties to give notice of every exercise sixty days before it begins."


def found(arrivals: list[Arrival]) -> Patterns:
    return patterns(arrivals, closed=[f"q{n}" for n in range(10)], texts=["change"], at_least=5)


def on(day: int, marks: tuple[str, ...] = (), **answers: object) -> Arrival:
    return Arrival(FIRST + timedelta(days=day), marks, answers)


def test_marks_kept_and_marks_compared_are_counted() -> None:
    quiet = [on(day) for day in range(10) for _ in range(2)]
    sudden = [on(5, change=CALL) for _ in range(20)]
    shown = found([*quiet, *sudden, on(1, (HONEYPOT,)), on(2, (HONEYPOT, ADDRESS))])
    assert shown.everyone == 42
    assert shown.marked[HONEYPOT] == 2
    assert shown.marked[ADDRESS] == 1
    assert shown.marked[ALIKE] == 20
    assert shown.marked[BURST] == 22
    assert shown.unusual_days == (FIRST + timedelta(days=5),)
    assert shown.days[FIRST] == 2


def test_a_busy_day_alone_marks_nobody_in_the_total() -> None:
    quiet = [on(day) for day in range(10) for _ in range(2)]
    assert found([*quiet, *[on(5) for _ in range(20)]]).any_mark == 0


def test_what_was_skipped_or_not_asked_is_no_answer() -> None:
    nothing = {f"q{n}": "-6" if n % 2 else "-9" for n in range(10)}
    quiet = [on(day, **{f"q{n}": str(day) for n in range(10)}) for day in range(10)]
    assert found([*quiet, *[on(5, **nothing) for _ in range(20)]]).marked[REPEATED] == 0


def test_lists_numbers_and_codes_are_compared() -> None:
    same: dict[str, object] = {f"q{n}": "a" for n in range(8)} | {"q8": ["x", "y"], "q9": 3}
    quiet = [on(day, **{f"q{n}": str(n * day) for n in range(10)}) for day in range(10)]
    assert found([*quiet, *[on(5, **same) for _ in range(20)]]).marked[REPEATED] == 20


def test_nothing_came_yet() -> None:
    assert found([]) == Patterns(0, dict.fromkeys(found([]).marked, 0), 0, {}, ())
