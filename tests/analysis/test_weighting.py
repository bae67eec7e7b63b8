"""Raking, trimming and their cost in precision."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from consultations.analysis.weighting import (
    CAP,
    Table,
    design_effect,
    effective_size,
    fitted,
    rake,
    weighted_share,
)

PEOPLE = np.array([[30.0, 20.0], [10.0, 40.0]])
AGREED = np.array([[24.0, 8.0], [4.0, 10.0]])
SHARES = [np.array([0.6, 0.4]), np.array([0.5, 0.5])]

tables = arrays.arrays(np.int64, (3, 4), elements=st.integers(5, 400)).map(
    lambda table: table.astype(float)
)
shares = st.tuples(*(st.lists(st.integers(10, 30), min_size=n, max_size=n) for n in (3, 4))).map(
    lambda both: [np.array(each) / sum(each) for each in both]
)


def test_one_round_fits_rows_then_columns() -> None:
    rows = fitted(PEOPLE, 0, SHARES[0])
    assert rows == pytest.approx(np.array([[36, 24], [8, 32]]))
    columns = fitted(rows, 1, SHARES[1])
    assert columns == pytest.approx(np.array([[40.9091, 21.4286], [9.0909, 28.5714]]), abs=5e-5)


def test_raking_ends_where_both_margins_are_met() -> None:
    raked = rake(PEOPLE, SHARES)
    assert raked.converged
    assert not raked.trimmed
    assert raked.weights == pytest.approx(np.array([[4 / 3, 1], [1, 0.75]]))
    (a, b), (c, d) = PEOPLE * raked.weights
    assert a * d / (b * c) == pytest.approx(6)


def test_weights_move_a_share_and_cost_precision() -> None:
    weights = rake(PEOPLE, SHARES).weights
    assert weighted_share(AGREED, PEOPLE, np.ones((2, 2))) == pytest.approx(0.46)
    assert weighted_share(AGREED, PEOPLE, weights) == pytest.approx(0.515)
    assert design_effect(weights, PEOPLE) == pytest.approx(1.05833, abs=5e-6)
    assert effective_size(weights, PEOPLE) == pytest.approx(94.488, abs=5e-4)


def test_the_design_effect_is_kishs() -> None:
    weights, people = np.array([1.0, 2.0, 4.0]), np.array([50.0, 30.0, 20.0])
    assert design_effect(weights, people) == pytest.approx(1.35734, abs=5e-6)
    assert effective_size(weights, people) == pytest.approx(73.6735, abs=5e-5)


def test_a_weight_over_the_cap_is_cut_and_what_is_missed_is_said() -> None:
    people = np.array([10.0, 990.0])
    raked = rake(people, [np.array([0.1, 0.9])])
    assert raked.trimmed
    assert not raked.converged
    assert raked.weights[0] == pytest.approx(CAP)
    assert raked.missed == pytest.approx(0.05)
    assert (people * raked.weights).sum() == pytest.approx(1000)


def test_what_nobody_stands_for_cannot_be_reached() -> None:
    raked = rake(np.array([0.0, 50.0, 50.0]), [np.array([0.2, 0.4, 0.4])])
    assert not raked.converged
    assert raked.missed == pytest.approx(0.2)


def test_margins_that_contradict_the_empty_cells_do_not_converge() -> None:
    raked = rake(np.array([[50.0, 0.0], [0.0, 50.0]]), [np.array([0.6, 0.4]), np.array([0.5, 0.5])])
    assert not raked.converged


@settings(deadline=None)
@given(tables, shares)
def test_raking_hits_its_margins_or_says_by_how_much_not(
    people: Table, wanted: list[Table]
) -> None:
    raked = rake(people, wanted)
    table = people * raked.weights / people.sum()
    assert table.sum() == pytest.approx(1)
    assert raked.weights.max() <= CAP + 1e-6
    off = max(abs(table.sum(axis=1 - axis) - wanted[axis]).max() for axis in (0, 1))
    assert off == pytest.approx(raked.missed, abs=1e-12)
    assert raked.converged or raked.trimmed


@settings(deadline=None)
@given(tables, shares, st.floats(0.5, 40))
def test_only_proportions_matter(people: Table, wanted: list[Table], times: float) -> None:
    weights = rake(people, wanted).weights
    assert rake(people * times, wanted).weights == pytest.approx(weights, rel=1e-6)


@settings(deadline=None)
@given(tables, shares)
def test_the_order_of_the_axes_does_not_matter_where_nothing_is_trimmed(
    people: Table, wanted: list[Table]
) -> None:
    raked = rake(people, wanted)
    assume(not raked.trimmed)
    turned = rake(people.T, wanted[::-1]).weights.T
    assert np.abs(turned - raked.weights).max() < 1e-8


@settings(deadline=None)
@given(tables, shares)
def test_weights_never_add_precision(people: Table, wanted: list[Table]) -> None:
    weights = rake(people, wanted).weights
    assert design_effect(weights, people) >= 1 - 1e-9
    assert effective_size(weights, people) == pytest.approx(
        people.sum() / design_effect(weights, people)
    )
