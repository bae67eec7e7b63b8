"""Age groups that add up to youth as the UN (15-24) and as resolution 2250 (18-29) define it."""

from bisect import bisect_right

from consultations.codebook.values import NOT_CODABLE

AGE_BANDS = ("15-17", "18-24", "25-29", "30-44", "45-59", "60+")
_LOWER = (15, 18, 25, 30, 45, 60)
_OLDEST = 120


def age_band(years: float) -> str:
    """The band of an age in completed or exact years; `NOT_CODABLE` under 15 and over 120."""
    if not _LOWER[0] <= years <= _OLDEST:
        return NOT_CODABLE
    return AGE_BANDS[bisect_right(_LOWER, years) - 1]
