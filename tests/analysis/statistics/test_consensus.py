"""Consensus over groups: the values of the formulas, and their order on real votes."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.analysis.statistics.consensus import (
    Votes,
    chance,
    group_informed_consensus,
    representativeness,
    z_of_one,
    z_of_two,
)

votes = st.builds(Votes, st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
REAL = Path(__file__).parents[4] / "shared/data/polis-biodiversity/participants-votes.csv"


def of(agree: int, seen: int) -> Votes:
    return Votes(agree, seen - agree, 0)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ((of(18, 20), of(9, 10)), 0.719697),
        ((of(18, 20), of(1, 10)), 0.143939),
        ((of(14, 20), of(7, 10)), 0.454545),
    ],
)
def test_consensus_needs_every_group(groups: tuple[Votes, ...], expected: float) -> None:
    assert group_informed_consensus(groups) == pytest.approx(expected, abs=5e-7)


def test_one_group_may_be_five_times_as_likely_to_agree() -> None:
    assert representativeness(of(18, 20), of(1, 10)) == pytest.approx(5.18182, abs=5e-6)


def test_distances_are_those_of_the_method() -> None:
    assert z_of_one(18, 20) == pytest.approx(3.70970, abs=5e-6)
    assert z_of_one(30, 50) == pytest.approx(1.54031, abs=5e-6)
    assert z_of_two(15, 56, 24, 71) == pytest.approx(-1.51407, abs=5e-6)


@given(st.lists(votes, min_size=1, max_size=6))
def test_consensus_is_a_chance_below_that_of_any_group(groups: list[Votes]) -> None:
    consensus = group_informed_consensus(groups)
    assert 0 < consensus <= min(chance(group) for group in groups) < 1
    assert consensus == pytest.approx(group_informed_consensus(reversed(groups)))


@given(votes, votes)
def test_group_and_rest_change_places(one: Votes, other: Votes) -> None:
    assert representativeness(one, other) == pytest.approx(1 / representativeness(other, one))


@given(votes, votes)
def test_the_distance_of_two_changes_its_sign_with_their_order(one: Votes, other: Votes) -> None:
    there = z_of_two(one.agree, other.agree, one.seen, other.seen)
    back = z_of_two(other.agree, one.agree, other.seen, one.seen)
    assert there == pytest.approx(-back, abs=1e-9)


@pytest.mark.skipif(not REAL.exists(), reason="the votes of a real conversation are not here")
def test_real_votes_are_put_in_the_order_that_counting_by_hand_gives() -> None:
    """The groups that the conversation's own software found stand for declared ones."""
    groups = counted(REAL)
    consensus = {
        statement: group_informed_consensus(by_group.values())
        for statement, by_group in groups.items()
    }
    best, worst = (choose(consensus, key=lambda each: consensus[each]) for choose in (max, min))
    assert all(each.agree > 0.75 * each.seen for each in groups[best].values())
    assert any(each.agree < 0.35 * each.seen for each in groups[worst].values())
    for statement, by_group in groups.items():
        if len(by_group) == 2:
            group, rest = by_group["0"], by_group["1"]
            apart = z_of_two(group.agree, rest.agree, group.seen, rest.seen)
            likelier = representativeness(group, rest) > 1
            assert likelier == (apart > 0) or abs(apart) < 1, statement


def counted(path: Path) -> dict[str, dict[str, Votes]]:
    """Votes by statement and group, of people with seven votes at least."""
    found: dict[tuple[str, str], Counter[str]] = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if not row["group-id"] or int(row["n-votes"]) < 7:
                continue
            for statement in (name for name in row if name.isdigit() and row[name]):
                found.setdefault((statement, row["group-id"]), Counter())[row[statement]] += 1
    groups: dict[str, dict[str, Votes]] = {}
    for (statement, group), each in found.items():
        groups.setdefault(statement, {})[group] = Votes(each["1"], each["-1"], each["0"])
    return groups
