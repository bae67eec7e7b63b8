import pytest
from babel import Locale

from consultations.questionnaires.answer import AnswerError, OutOfRangeError
from consultations.questionnaires.structure import Question
from consultations.questionnaires.typed.dates import (
    day_shown,
    read_date,
    read_datetime,
    read_time,
)

READ = {"date": read_date, "time": read_time, "datetime": read_datetime}


def read(kind, typed, **details):
    return READ[kind](Question("q", kind, {"en": "Q"}, **details), [typed])


@pytest.mark.parametrize(
    ("kind", "appearance", "typed", "stored"),
    [
        ("date", "", "2026-11-24", "2026-11-24"),
        ("date", "", " 2026/1/4 ", "2026-01-04"),
        ("date", "", "٢٠٢٦-١١-٢٤", "2026-11-24"),
        ("date", "", "2024-02-29", "2024-02-29"),
        ("date", "month", "2026-11", "2026-11"),
        ("date", "month", "2026.3", "2026-03"),
        ("date", "month", "2026-11-24", "2026-11"),
        ("date", "year", "१९९२", "1992"),
        ("time", "", "14:30", "14:30"),
        ("time", "", "9.05", "09:05"),
        ("time", "", "14:30:59.5", "14:30"),
        ("time", "", "۱۴:۳۰", "14:30"),
        ("datetime", "", "2026-11-24T14:30", "2026-11-24T14:30"),
        ("datetime", "", "2026-11-24 9:05", "2026-11-24T09:05"),
    ],
)
def test_what_a_picker_sends_or_people_type_is_stored_in_one_way(kind, appearance, typed, stored):
    assert read(kind, typed, appearance=appearance) == stored


@pytest.mark.parametrize(
    ("kind", "appearance", "typed", "says"),
    [
        ("date", "", "24.11.2026", "“24.11.2026” is not a date; .* 2026-11-24"),
        ("date", "", "2026-02-30", "not a date"),
        ("date", "", "2026-11", "not a date"),
        ("date", "month", "2026-13", "not a month; .* 2026-11"),
        ("date", "month", "November", "not a month"),
        ("date", "year", "92", "not a year; write it with four digits"),
        ("time", "", "25:00", "not a time; .* 14:30"),
        ("time", "", "half two", "not a time"),
        ("datetime", "", "2026-11-24", "not a day and a time"),
        ("datetime", "", "2026-11-24T24:61", "“24:61” is not a time"),
    ],
)
def test_what_is_no_date_is_refused_with_an_example(kind, appearance, typed, says):
    with pytest.raises(AnswerError, match=says):
        read(kind, typed, appearance=appearance)


def test_a_year_has_bounds():
    assert read("date", "1900", appearance="year", minimum=1900) == "1900"
    with pytest.raises(OutOfRangeError, match="largest possible number is 2026"):
        read("date", "2027", appearance="year", maximum=2026)


@pytest.mark.parametrize(
    ("stored", "language", "shown"),
    [
        ("2026-11-24", "en", "24 November 2026"),
        ("2026-11-24", "ar", "24 نوفمبر 2026"),
        ("2026-11", "fr", "novembre 2026"),
        ("1992", "fr", "1992"),
        ("2026-11-24T14:30", "en", "24 November 2026 · 14:30"),
    ],
)
def test_a_stored_day_is_shown_as_the_language_writes_it(stored, language, shown):
    assert day_shown(stored, Locale(language)) == shown
