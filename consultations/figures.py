"""Figures as people write them, in the digits that every reader of a report can compare."""

from babel import Locale
from babel.numbers import format_decimal, format_percent

DIGITS = "latn"


def number(value: float, locale: Locale | str) -> str:
    """A count with the locale's grouping."""
    return format_decimal(value, "#,##0.##", locale=locale, numbering_system=DIGITS)


def percent(value: float, locale: Locale | str) -> str:
    """A share given in per cent, to one decimal."""
    language = locale if isinstance(locale, str) else locale.language
    pattern = "#,##0.0 %" if str(language).startswith("fr") else "#,##0.0%"
    return format_percent(value / 100, pattern, locale=locale, numbering_system=DIGITS)


def signed(value: float) -> str:
    """A difference in whole points with its sign: +41, −6, ±0."""
    points = round(value)
    sign = "+" if points > 0 else "−" if points < 0 else "±"
    return f"{sign}{abs(points)}"
