"""The values of XPath 1.0, texts, numbers and truths, how each becomes another; days and times.

`static/logic.js` does the same in a browser, and a test compares the two.
"""

import math
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

Value = str | float | bool

NAN = math.nan
LONGEST = 10_000
"""Characters of a text that is put together; what is longer is cut."""

_WORD = re.compile(r"[^ \t\r\n]+")
_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))[ \t\r\n]*")
_TIME = r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]{1,6})?))?(Z|[+-][0-9]{2}:[0-9]{2})?"
_DATE = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})(?:-([0-9]{{2}}))?(?:[T ]{_TIME})?")
_TIME_ALONE = re.compile(_TIME)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_MINUTES, _DAY_SECONDS, _DAY_MILLISECONDS = 1440, 86_400, 86_400_000
_PLAIN = 10**15


def text(value: Value) -> str:
    """XPath 1.0, 4.2, string(): numbers without exponent, as few digits as tell them apart."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) < _PLAIN:
        return str(int(value))
    written = f"{Decimal(repr(value)):f}"
    return written.removesuffix(".0")


def number(value: Value) -> float:
    """XPath 1.0, 4.4, number(); a date becomes the days since 1970, as in ODK."""
    if isinstance(value, str):
        found = _NUMBER.fullmatch(value)
        return float(found[1]) if found else days(value)
    return float(value)


def truth(value: Value) -> bool:
    """XPath 1.0, 4.3, boolean(): a text that is not empty, a number other than 0 and NaN."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def words(value: Value) -> list[str]:
    """The codes of a list, between which stand spaces."""
    return _WORD.findall(text(value))


def days(written: str) -> float:
    """The days since 1970-01-01 (UTC) of an ISO date, month, or date and time; NaN of others."""
    found = _DATE.fullmatch(written)
    if not found:
        return NAN
    year, month, day, *time = found.groups()
    try:
        date = datetime(int(year), int(month), int(day or 1), tzinfo=UTC)
    except ValueError:
        return NAN
    return (date - _EPOCH).days + (_part_of_day(*time) if time[0] else 0.0)


def part_of_day(written: str) -> float:
    """The part of the day (UTC) gone by at a time such as 12:30, or at a date and time."""
    date = _DATE.fullmatch(written)
    time = _TIME_ALONE.fullmatch(written[11:] if date else written)
    if not time:
        return 0.0 if math.isfinite(days(written)) else NAN
    part = _part_of_day(*time.groups())
    return part - math.floor(part) if math.isfinite(part) else NAN


def _part_of_day(hour: str, minute: str, second: str | None, zone: str | None) -> float:
    hours, minutes, seconds = int(hour), int(minute), float(second or 0)
    if hours > 23 or minutes > 59 or seconds >= 60:
        return NAN
    return (hours * 3600 + minutes * 60 + seconds) / _DAY_SECONDS - _offset(zone)


def _offset(zone: str | None) -> float:
    """How far the zone is ahead of UTC, in days."""
    if zone in (None, "", "Z"):
        return 0.0
    assert zone
    minutes = int(zone[1:3]) * 60 + int(zone[4:])
    return (-minutes if zone[0] == "-" else minutes) / _DAY_MINUTES


def moment(value: Value) -> datetime | None:
    """The date and time (UTC) of a date or of days since 1970; None outside the years 1 to 9999."""
    since = number(value)
    try:
        return _EPOCH + timedelta(milliseconds=math.floor(since * _DAY_MILLISECONDS + 0.5))
    except (ValueError, OverflowError):
        return None
