import math

import pytest

from consultations.codebook import AGE_BANDS, NOT_CODABLE, age_band


@pytest.mark.parametrize(
    ("years", "band"),
    [
        (38, "30-44"),
        (15, "15-17"),
        (17.9, "15-17"),
        (18, "18-24"),
        (24.99, "18-24"),
        (25, "25-29"),
        (29, "25-29"),
        (30, "30-44"),
        (45, "45-59"),
        (59, "45-59"),
        (60, "60+"),
        (120, "60+"),
    ],
)
def test_age_falls_into_its_band(years, band):
    assert age_band(years) == band


@pytest.mark.parametrize("years", [-1, 0, 14.9, 121, 999, math.inf, math.nan])
def test_what_is_no_participants_age_cannot_be_coded(years):
    assert age_band(years) == NOT_CODABLE


def test_every_band_is_reached():
    assert {age_band(years) for years in range(15, 121)} == set(AGE_BANDS)
