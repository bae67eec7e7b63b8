from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.questionnaires.drawing import draw
from consultations.questionnaires.expected import Chance, Expected, chances, expected
from consultations.questionnaires.structure import Question, Questionnaire


def form(both, positions_only=0, details_only=0):
    """Provisions asked about in both ways, for a position only, in depth only."""
    kinds = ["both"] * both + ["position"] * positions_only + ["effect"] * details_only
    questions = [
        Question(f"a{n}_{role}", "single", {}, provision=f"a{n}", role=role)
        for n, kind in enumerate(kinds)
        for role in ("position", "effect")
        if kind in ("both", role)
    ]
    return Questionnaire({}, ("en",), "en", tuple(questions))


def test_the_ten_minute_journey():
    found = chances(form(10), positions=10, in_depth=2)

    assert found[0] == Chance("a0", 1.0, pytest.approx(0.2))
    assert len(set(found)) == 10


def test_where_positions_are_drawn_fewer_people_meet_each_provision():
    found = chances(form(20), positions=10, in_depth=2)

    assert found[3] == Chance("a3", 0.5, pytest.approx(0.1))


def test_everything_is_certain_where_nothing_is_drawn():
    assert chances(form(3), positions="all", in_depth="all")[2] == Chance("a2", 1.0, 1.0)
    assert chances(form(3), positions="all", in_depth=0)[2] == Chance("a2", 1.0, 0.0)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 5),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(0, 9),
    st.integers(0, 9),
)
def test_chances_are_those_of_the_draw(both, positions_only, details_only, positions, in_depth):
    whole, how = (
        form(both, positions_only, details_only),
        {
            "positions": positions,
            "in_depth": in_depth,
        },
    )
    randomness, times = Random(1), 2_000
    counted: Counter[tuple[str, str]] = Counter()
    for _ in range(times):
        drawn = draw(whole, **how, randomness=randomness)
        counted.update(("position", eid) for eid in drawn.positions)
        counted.update(("in_depth", eid) for eid in drawn.in_depth)

    for each in chances(whole, **how):
        for name in ("position", "in_depth"):
            share = counted[name, each.provision] / times
            assert share == pytest.approx(getattr(each, name), abs=0.06)  # five deviations


def test_a_group_is_its_share_of_all_who_take_part():
    assert expected(0.2, 0.06, 3_000, minimum_base=30) == Expected(36, True, 2_500)
    assert expected(0.2, 0.06, 2_499, minimum_base=30) == Expected(29, False, 2_500)
    assert expected(1.0, 0.5, 59, minimum_base=30) == Expected(29, False, 60)


def test_a_group_that_is_not_there_is_never_enough():
    assert expected(1.0, 0.0, 10**6, minimum_base=20) == Expected(0, False, None)
