"""Reading days, months, years and times: as a picker sends them, or typed without one."""

import re
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from babel import Locale

from consultations import figures
from consultations.questionnaires.answer import SHOWN, AnswerError, in_latin_digits, one
from consultations.questionnaires.structure import Question
from consultations.questionnaires.typed.numbers import in_range
from consultations.words import N_

_YEAR = re.compile(r"\d{4}", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.](\d\d)(?::\d\d(?:\.\d+)?)?", re.ASCII)


def read_date(question: Question, sent: Sequence[str]) -> str:
    """A day (2026-11-24); a month (2026-11) or a year (2026) where that is what it looks like."""
    typed = _typed(sent)
    if question.looks("year"):
        return _year(question, typed)
    return _month(typed) if question.looks("month") else _day(typed)


def read_time(_question: Question, sent: Sequence[str]) -> str:
    """Hours and minutes of a day (14:30)."""
    return _time(_typed(sent))


def read_datetime(_question: Question, sent: Sequence[str]) -> str:
    """A day and a time (2026-11-24T14:30)."""
    typed = _typed(sent)
    day, sign, clock = typed.partition("T" if "T" in typed else " ")
    if not sign:
        raise AnswerError(
            N_("“%(value)s” is not a day and a time; write them like this: %(example)s."),
            value=typed[:SHOWN],
            example="2026-11-24 14:30",
        )
    return f"{_day(day)}T{_time(clock.strip())}"


def day_shown(moment: str, locale: Locale) -> str:
    """A stored day, month or year, perhaps with a time, as the reader's language writes it."""
    day, _, clock = moment.partition("T")
    if len(day) == len("2026"):
        return day
    if len(day) == len("2026-11"):
        return figures.month(date.fromisoformat(f"{day}-01"), locale)
    said = figures.day(date.fromisoformat(day), locale)
    return f"{said} · {clock}" if clock else said


def _typed(sent: Sequence[str]) -> str:
    return in_latin_digits(one(sent).strip())


def _year(question: Question, typed: str) -> str:
    if not _YEAR.fullmatch(typed):
        raise AnswerError(
            N_("“%(value)s” is not a year; write it with four digits."), value=typed[:SHOWN]
        )
    return str(in_range(question, Decimal(typed)))


def _month(typed: str) -> str:
    found = _MONTH.fullmatch(typed)
    try:
        return f"{date(int(found[1]), int(found[2]), 1):%Y-%m}" if found else _day(typed)[:7]
    except (ValueError, AnswerError) as error:
        raise AnswerError(
            N_("“%(value)s” is not a month; write year and month like this: %(example)s."),
            value=typed[:SHOWN],
            example="2026-11",
        ) from error


def _day(typed: str) -> str:
    found = _DAY.fullmatch(typed)
    try:
        return date(*map(int, found.groups())).isoformat() if found else _no_day(typed)
    except ValueError:
        return _no_day(typed)


def _no_day(typed: str) -> str:
    raise AnswerError(
        N_("“%(value)s” is not a date; write year, month and day like this: %(example)s."),
        value=typed[:SHOWN],
        example="2026-11-24",
    )


def _time(typed: str) -> str:
    found = _TIME.fullmatch(typed)
    try:
        return f"{time(int(found[1]), int(found[2])):%H:%M}" if found else _no_time(typed)
    except ValueError:
        return _no_time(typed)


def _no_time(typed: str) -> str:
    raise AnswerError(
        N_("“%(value)s” is not a time; write hours and minutes like this: %(example)s."),
        value=typed[:SHOWN],
        example="14:30",
    )
