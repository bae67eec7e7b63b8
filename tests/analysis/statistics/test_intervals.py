"""Wilson's interval: published values, and what must hold of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.statistics.intervals import wilson


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)  # Newcombe 1998, table I, method 3
def test_intervals_are_as_published(count: int, base: int, low: float, high: float) -> None:
    assert wilson(count, base) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(1, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_an_interval_holds_its_share_and_mirrors(of: tuple[int, int]) -> None:
    count, base = of
    low, high = wilson(count, base)
    assert 0 <= low <= count / base + 1e-12
    assert count / base - 1e-12 <= high <= 1
    assert wilson(base - count, base) == (pytest.approx(1 - high), pytest.approx(1 - low))


@given(st.integers(1, 400), st.integers(2, 30))
def test_more_people_make_it_narrower(base: int, times: int) -> None:
    low, high = wilson(base // 2, base)
    less, more = wilson(times * (base // 2), times * base)
    assert more - less < high - low
