"""Figures as people write them, in the digits that every reader of a report can compare."""

from datetime import date
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

DIGITS = "latn"
CLOSE = 1e-9
"""0.29 times a hundred is a little less than 29."""


def number(value: float, locale: Locale | str) -> str:
    """A count with the locale's grouping."""
    return format_decimal(value, "#,##0.##", locale=locale, numbering_system=DIGITS)


def index(value: float, locale: Locale | str) -> str:
    """A figure without a unit, to two decimals."""
    return format_decimal(value, "#,##0.00", locale=locale, numbering_system=DIGITS)


def percent(value: float, locale: Locale | str, *, whole: bool = False) -> str:
    """A share given in per cent, to one decimal or rounded to a whole."""
    return _percent(value / 100, "#,##0" if whole else "#,##0.0", locale)


def whole_percent(share: float, locale: Locale | str) -> str:
    """A share from 0 to 1 in whole per cent, cut rather than rounded up."""
    return _percent(int(100 * share + CLOSE) / 100, "#,##0", locale)


def day(moment: date, locale: Locale | str) -> str:
    """A date in full, as organisations write it: day first in English, "1er" in French."""
    if _language(locale) == "fr" and moment.day == 1:
        return format_date(moment, "d'er' MMMM y", locale=locale)
    return format_date(moment, "d MMMM y" if _language(locale) == "en" else "long", locale=locale)


def month(moment: date, locale: Locale | str) -> str:
    """A month and its year in full."""
    return format_skeleton("yMMMM", moment, locale=locale)


def plain(value: Decimal, locale: Locale | str) -> str:
    """A number as somebody gave it, in the locale's signs, without groups."""
    return format_decimal(
        value, "0.###############", locale=locale, numbering_system=DIGITS, group_separator=False
    )


def isolated(text: str) -> str:
    """A number with its sign, kept left to right inside a sentence that runs the other way."""
    return f"\u2066{text}\u2069"


def kept_together(text: str) -> str:
    """A date in words, in one piece and in its own direction inside any sentence."""
    return f"\u2068{text}\u2069"


def signed(value: float) -> str:
    """A difference in whole points with its sign: +41, −6, ±0."""
    points = round(value)
    sign = "+" if points > 0 else "−" if points < 0 else "±"
    return f"{sign}{abs(points)}"


def _percent(share: float, pattern: str, locale: Locale | str) -> str:
    sign = "\u00a0%" if _language(locale) == "fr" else "%"
    return format_percent(share, pattern + sign, locale=locale, numbering_system=DIGITS)


def _language(locale: Locale | str) -> str:
    language = locale if isinstance(locale, str) else locale.language
    return str(language).replace("-", "_").split("_")[0]
