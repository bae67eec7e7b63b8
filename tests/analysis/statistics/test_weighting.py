"""Raking, trimming and their cost in precision."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consultations.analysis.statistics.weighting import (
    CAP,
    People,
    Place,
    Shares,
    design_effect,
    effective_size,
    fitted,
    rake,
    weighted_share,
    weighted_shares,
)

PLACES = (("f", "y"), ("f", "o"), ("m", "y"), ("m", "o"))
PEOPLE = dict(zip(PLACES, (30, 20, 10, 40), strict=True))
AGREED = dict(zip(PLACES, (24, 8, 4, 10), strict=True))
SHARES = [{"f": 0.6, "m": 0.4}, {"y": 0.5, "o": 0.5}]
ALIKE = dict.fromkeys(PLACES, 1.0)

ROWS, COLUMNS = ("a", "b", "c"), ("1", "2", "3", "4")
CELLS = tuple(product(ROWS, COLUMNS))


def of_people(codes: tuple[Place, ...]) -> st.SearchStrategy[dict[Place, int]]:
    numbers = st.lists(st.integers(5, 400), min_size=len(codes), max_size=len(codes))
    return numbers.map(lambda found: dict(zip(codes, found, strict=True)))


def adding_up(codes: tuple[str, ...]) -> st.SearchStrategy[dict[str, float]]:
    parts = st.lists(st.integers(10, 30), min_size=len(codes), max_size=len(codes))
    return parts.map(lambda f: {c: part / sum(f) for c, part in zip(codes, f, strict=True)})


tables = of_people(CELLS)
shares = st.tuples(adding_up(ROWS), adding_up(COLUMNS))


def weighed(weights: People, people: People) -> list[float]:
    return [weights[place] * people[place] for place in PLACES]


def test_one_round_fits_rows_then_columns() -> None:
    rows = fitted(ALIKE, PEOPLE, 0, SHARES[0])
    assert weighed(rows, PEOPLE) == pytest.approx([36, 24, 8, 32])
    columns = fitted(rows, PEOPLE, 1, SHARES[1])
    assert weighed(columns, PEOPLE) == pytest.approx([40.9091, 21.4286, 9.0909, 28.5714], abs=5e-5)


def test_raking_ends_where_both_margins_are_met() -> None:
    raked = rake(PEOPLE, SHARES)
    assert raked.converged
    assert not raked.trimmed
    assert [raked.weights[place] for place in PLACES] == pytest.approx([4 / 3, 1, 1, 0.75])
    a, b, c, d = weighed(raked.weights, PEOPLE)
    assert a * d / (b * c) == pytest.approx(6)


def test_weights_move_a_share_and_cost_precision() -> None:
    weights = rake(PEOPLE, SHARES).weights
    assert weighted_share(AGREED, PEOPLE, ALIKE) == pytest.approx(0.46)
    assert weighted_share(AGREED, PEOPLE, weights) == pytest.approx(0.515)
    assert design_effect(weights, PEOPLE) == pytest.approx(1.05833, abs=5e-6)
    assert effective_size(weights, PEOPLE) == pytest.approx(94.488, abs=5e-4)


def test_the_design_effect_is_kishs() -> None:
    weights = {("a",): 1.0, ("b",): 2.0, ("c",): 4.0}
    people = {("a",): 50, ("b",): 30, ("c",): 20}
    assert design_effect(weights, people) == pytest.approx(1.35734, abs=5e-6)
    assert effective_size(weights, people) == pytest.approx(73.6735, abs=5e-5)


def test_a_weight_over_the_cap_is_cut_and_what_is_missed_is_said() -> None:
    people = {("few",): 10, ("many",): 990}
    raked = rake(people, [{"few": 0.1, "many": 0.9}])
    assert raked.trimmed
    assert not raked.converged
    assert raked.weights["few",] == pytest.approx(CAP)
    assert raked.missed == pytest.approx(0.05)
    assert sum(people[place] * weight for place, weight in raked.weights.items()) == (
        pytest.approx(1000)
    )


def test_what_nobody_stands_for_cannot_be_reached() -> None:
    people = {("nobody",): 0, ("some",): 50, ("others",): 50}
    raked = rake(people, [{"nobody": 0.2, "some": 0.4, "others": 0.4}])
    assert not raked.converged
    assert raked.missed == pytest.approx(0.2)
    assert raked.weights == pytest.approx({("some",): 1, ("others",): 1})


def test_margins_that_contradict_the_empty_places_do_not_converge() -> None:
    people = dict(zip(PLACES, (50, 0, 0, 50), strict=True))
    assert not rake(people, SHARES).converged


@settings(deadline=None)
@given(tables, shares)
def test_raking_hits_its_margins_or_says_by_how_much_not(
    people: dict[Place, int], wanted: tuple[Shares, Shares]
) -> None:
    raked = rake(people, wanted)
    total = sum(people.values())
    assert sum(people[at] * raked.weights[at] for at in people) == pytest.approx(total)
    assert max(raked.weights.values()) <= CAP + 1e-6
    reached = [weighted_shares(raked.weights, people, axis) for axis in (0, 1)]
    off = max(abs(reached[a][code] - wanted[a][code]) for a in (0, 1) for code in wanted[a])
    assert off == pytest.approx(raked.missed, abs=1e-12)
    assert raked.converged or raked.trimmed


@settings(deadline=None)
@given(tables, shares, st.floats(0.5, 40))
def test_only_proportions_matter(
    people: dict[Place, int], wanted: tuple[Shares, Shares], times: float
) -> None:
    more = {place: number * times for place, number in people.items()}
    assert rake(more, wanted).weights == pytest.approx(rake(people, wanted).weights, rel=1e-6)


@settings(deadline=None)
@given(tables, shares)
def test_the_order_of_the_characteristics_does_not_matter_where_nothing_is_trimmed(
    people: dict[Place, int], wanted: tuple[Shares, Shares]
) -> None:
    raked = rake(people, wanted)
    assume(not raked.trimmed)
    turned = rake({(b, a): number for (a, b), number in people.items()}, wanted[::-1])
    back = {(a, b): weight for (b, a), weight in turned.weights.items()}
    assert back == pytest.approx(dict(raked.weights), abs=1e-8)


@settings(deadline=None)
@given(tables, shares)
def test_weights_never_add_precision(
    people: dict[Place, int], wanted: tuple[Shares, Shares]
) -> None:
    weights = rake(people, wanted).weights
    assert design_effect(weights, people) >= 1 - 1e-9
    assert effective_size(weights, people) <= sum(people.values()) + 1e-6
