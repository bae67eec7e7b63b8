"""Agreement on a scale: published and worked values, and what must hold of any distribution."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from consultations.analysis.statistics.agreement import (
    agreement,
    bottom_two,
    net,
    polarisation,
    top_two,
)

VECTORS = {
    (30, 40, 210, 130, 530, 50, 10): 0.6113333,  # van der Eijk 2001
    (0, 0, 100, 0, 0): 1.0,
    (20, 20, 20, 20, 20): 0.0,
    (50, 0, 0, 0, 50): -1.0,
    (0, 50, 50, 0, 0): 0.75,
    (5, 10, 15, 40, 30): 0.45,
    (45, 5, 0, 5, 45): -0.8277778,
    (40, 10, 0, 10, 40): -0.6555556,
    (10, 20, 30, 15, 4): 0.3924051,
}  # the others: worked with the algorithm of R's package agrmt

distributions = st.lists(st.integers(0, 500), min_size=3, max_size=11).filter(any)


def test_the_ends_of_a_five_point_scale() -> None:
    counts = (5, 10, 15, 40, 30)
    assert top_two(counts) == pytest.approx(0.70)
    assert bottom_two(counts) == pytest.approx(0.15)
    assert net(counts) == pytest.approx(0.55)


@pytest.mark.parametrize(("counts", "expected"), VECTORS.items())
def test_agreement_is_as_published(counts: tuple[int, ...], expected: float) -> None:
    assert agreement(counts) == pytest.approx(expected, abs=5e-8)
    assert polarisation(counts) == pytest.approx((1 - expected) / 2, abs=5e-8)


def test_nobody_agrees_on_nothing() -> None:
    nobody = (0, 0, 0, 0, 0)
    assert [f(nobody) for f in (agreement, polarisation, top_two, bottom_two, net)] == [None] * 5


@given(distributions)
def test_agreement_stays_within_its_bounds(counts: list[int]) -> None:
    agreed = agreement(counts)
    assert agreed is not None
    assert -1 - 1e-9 <= agreed <= 1 + 1e-9


@given(distributions, st.integers(2, 50))
def test_neither_the_direction_nor_the_number_of_people_matters(
    counts: list[int], times: int
) -> None:
    assert agreement(counts[::-1]) == pytest.approx(agreement(counts), abs=1e-9)
    assert agreement([times * each for each in counts]) == pytest.approx(
        agreement(counts), abs=1e-9
    )


@given(distributions)
def test_all_at_one_point_agree_and_nobody_else(counts: list[int]) -> None:
    assert (agreement(counts) == pytest.approx(1)) == (sum(map(bool, counts)) == 1)


@given(distributions)
def test_net_changes_sign_with_the_direction(counts: list[int]) -> None:
    assume(len(counts) >= 4)
    assert net(counts[::-1]) == pytest.approx(-(net(counts) or 0))
