"""Figures and dates as people write them."""

from datetime import date
from decimal import Decimal

from consultations.figures import (
    day,
    isolated,
    month,
    number,
    percent,
    plain,
    signed,
    whole_percent,
)

FIRST = date(2027, 3, 1)


def test_counts_are_grouped_as_the_language_does() -> None:
    assert number(3000, "en") == "3,000"
    assert number(3000, "fr") == "3\u202f000"
    assert number(3000, "ar") == "3,000"


def test_shares_keep_one_decimal_or_none() -> None:
    assert percent(51.7, "en") == "51.7%"
    assert percent(51.7, "fr") == "51,7\u00a0%"
    assert whole_percent(0.959, "en") == "95%"
    assert whole_percent(0.29, "en") == "29%"


def test_a_date_starts_with_the_day() -> None:
    assert day(FIRST, "en") == "1 March 2027"
    assert day(FIRST, "fr") == "1er mars 2027"
    assert day(date(2027, 3, 2), "fr") == "2 mars 2027"


def test_a_signed_number_keeps_its_direction_in_any_sentence() -> None:
    assert signed(-5.6) == "−6"
    assert isolated(signed(41.0)) == "\u2066+41\u2069"


def test_a_number_somebody_gave_has_the_signs_of_the_language_and_no_more_than_it_says() -> None:
    assert plain(Decimal("33.0"), "en") == "33"
    assert plain(Decimal("1234.5"), "fr") == "1234,5"


def test_a_month_stands_in_words() -> None:
    assert month(FIRST, "en") == "March 2027"
    assert month(FIRST, "ar") == "مارس 2027"
