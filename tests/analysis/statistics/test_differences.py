"""A group against everyone else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.statistics.differences import points_from_the_rest

parts = st.integers(1, 300).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


def test_a_group_is_compared_with_those_outside_it() -> None:
    assert points_from_the_rest(30, 50, 50, 100) == pytest.approx(20)


def test_everyone_has_no_rest() -> None:
    assert points_from_the_rest(30, 50, 30, 50) is None
    assert points_from_the_rest(0, 0, 30, 50) is None


@given(parts, parts)
def test_two_halves_differ_by_opposite_points(one: tuple[int, int], other: tuple[int, int]) -> None:
    (a, n), (b, m) = one, other
    there = points_from_the_rest(a, n, a + b, n + m)
    assert there == pytest.approx(-(points_from_the_rest(b, m, a + b, n + m) or 0))
    assert there is not None
    assert -100 <= there <= 100
