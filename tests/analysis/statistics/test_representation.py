"""Who answered, against who could have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.statistics.representation import r_indicator, representation_ratio

answering = st.lists(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    min_size=1,
    max_size=8,
).filter(lambda groups: sum(invited for invited, _ in groups) > 1)


def test_a_group_heard_at_its_share_has_a_ratio_of_one() -> None:
    assert representation_ratio(51, 100, 0.51) == pytest.approx(1)
    assert representation_ratio(5, 100, 0.2) == pytest.approx(0.25)


def test_unequal_rates_lower_r() -> None:
    found = r_indicator([500, 500], [100, 300])
    assert found.r == pytest.approx(0.60)
    assert found.variation == pytest.approx(0.5)
    assert r_indicator([500, 500], [100, 300], unbiased=True).r == pytest.approx(0.5998, abs=5e-5)
    assert r_indicator([510, 490], [200, 90]).r == pytest.approx(0.7916, abs=5e-5)


@given(answering)
def test_r_stays_within_its_bounds(groups: list[tuple[int, int]]) -> None:
    invited, answered = zip(*groups, strict=True)
    assert -1e-9 <= r_indicator(invited, answered).r <= 1


@given(st.lists(st.integers(1, 100), min_size=1, max_size=8), st.integers(1, 5))
def test_equal_rates_are_fully_representative(sizes: list[int], share: int) -> None:
    assert r_indicator([5 * each for each in sizes], [share * each for each in sizes]).r == (
        pytest.approx(1)
    )


@given(answering)
def test_splitting_a_group_in_two_alike_changes_nothing(groups: list[tuple[int, int]]) -> None:
    invited, answered = zip(*groups, strict=True)
    doubled = [2 * each for each in invited], [2 * each for each in answered]
    assert r_indicator([*invited, *invited], [*answered, *answered]).r == pytest.approx(
        r_indicator(*doubled).r
    )
