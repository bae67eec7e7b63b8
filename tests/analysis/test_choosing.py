"""Choosing groups by what is forecast to be told."""

import pytest

from consultations.analysis.choosing import chosen_groups, groups_instead, likely_gaps, too_many
from consultations.analysis.ground import Ground
from consultations.analysis.listed import counts_of
from consultations.analysis.merging import as_planned, neighbours
from consultations.analysis.plan import CountedQuestion, Responses, TablePlan, View
from consultations.analysis.tallies import Tallies
from consultations.codebook import Dimension, Policy
from tests.analysis.populations import categories

VOTE = CountedQuestion("vote", "single", categories("YNU"), "vote")


def grounded(counts, *, ordered=False):
    """A ground of one question by one dimension: code -> people who answered Y, N, U."""
    people = [
        (code, answer) for code, of in counts.items() for answer in zip("YNU", of, strict=True)
    ]
    people = [(code, answer) for code, (answer, many) in people for _ in range(many)]
    codes, answers = ([*each] for each in zip(*people, strict=True))
    plan = TablePlan((VOTE,), (Dimension("size", {}, categories(counts), ordered=ordered),),
                     policy=Policy(5, 20))  # fmt: skip
    tallies = Tallies(plan, counts_of(plan, Responses(len(people), {"vote": answers},
                                                      {"size": codes})))  # fmt: skip
    return Ground(plan, tallies, chosen_groups(plan, tallies))


def as_asked(counts):
    return {"size": as_planned([*counts])}


def gaps_by(ground, counts):
    rows = [ground.row((code,), {"size": (code,)}) for code in counts]
    return likely_gaps(ground, VOTE, rows, as_planned("YNU"), exclusive=True)


def test_a_single_gap_takes_another_of_its_column_and_of_its_row():
    counts = {"a": (3, 30, 30), "b": (30, 30, 40), "c": (9, 40, 30)}
    assert gaps_by(grounded(counts), counts) == {(0, 0), (2, 0), (0, 1), (2, 1)}


def test_gaps_that_sum_to_less_than_the_threshold_take_one_more():
    """Two hidden counts of 1 and 2 could be 3 at most."""
    counts = {"a": (1, 30, 2), "b": (2, 30, 1), "c": (9, 40, 30)}
    assert {(2, 0), (2, 2)} <= gaps_by(grounded(counts), counts)


def test_nothing_small_needs_no_gaps():
    counts = {"a": (10, 30, 30), "b": (30, 30, 40)}
    assert gaps_by(grounded(counts), counts) == set()


def test_where_rows_have_gaps_the_groups_that_tell_most_are_tried_first():
    counts = {"1": (20, 20, 2), "2": (20, 20, 2), "3": (20, 20, 2), "4": (30, 30, 30)}
    ground = grounded(counts, ordered=True)
    best, *_ = groups_instead(ground.plan, ground.tallies, as_asked(counts), ["size"])
    assert [part.of for part in best["size"]] == [("1", "2", "3"), ("4",)]


def test_of_groups_that_tell_enough_the_finest_are_tried_first():
    counts = {"1": (10, 10, 10), "2": (40, 40, 40), "3": (40, 40, 2), "4": (40, 40, 3)}
    ground = grounded(counts, ordered=True)
    best, *_ = groups_instead(ground.plan, ground.tallies, as_asked(counts), ["size"])
    assert [part.of for part in best["size"]] == [("1",), ("2",), ("3", "4")]


def test_groups_that_tell_enough_stay():
    counts = {"a": (3, 30, 30), "b": (30, 30, 40), "c": (9, 40, 30)}
    ground = grounded(counts)
    assert groups_instead(ground.plan, ground.tallies, ground.shown, []) == []


@pytest.mark.parametrize(("gaps", "rows", "over"), [(0, 0, 0), (7, 70, 0), (8, 70, 10), (1, 1, 9)])
def test_a_tenth_of_the_rows_may_have_gaps(gaps, rows, over):
    assert too_many(gaps, rows) == over


def test_a_scale_in_few_groups_of_neighbours():
    found = [[part.of for part in parts] for parts in neighbours(dict.fromkeys("abcd", 1))]
    assert found == [
        [("a",), ("b",), ("c", "d")],
        [("a",), ("b", "c"), ("d",)],
        [("a", "b"), ("c",), ("d",)],
        [("a",), ("b", "c", "d")],
        [("a", "b"), ("c", "d")],
        [("a", "b", "c"), ("d",)],
    ]


def test_coverage_and_absent_groups_follow_the_tables_that_are_shown():
    counts = {"a": (10, 30, 30), "b": (30, 30, 40)}
    ground = grounded(counts)
    crossed = TablePlan(
        (VOTE,),
        (*ground.plan.dimensions, Dimension("place", {}, categories("xy"))),
        crossings=(("size", "place"),),
        policy=ground.plan.policy,
    )
    people = ["a"] * 70 + ["b"] * 100
    places = ["x"] * 35 + ["y"] * 35 + ["y"] * 100
    responses = Responses(170, {"vote": ["Y"] * 170}, {"size": people, "place": places})
    tallies = Tallies(crossed, counts_of(crossed, responses))
    shown = {n: as_planned(codes) for n, codes in tallies.universe.dimensions.items()}
    view = View(("size", "place"))
    full = Ground(crossed, tallies, shown)
    fewer = Ground(crossed, tallies, shown, frozenset([("vote", view)]))
    assert sum(len(q.dimensions) == 2 for q in full.coverage) == 3
    assert [full.count(q) for q in full.absent] == [0]
    assert sum(len(q.dimensions) == 2 for q in fewer.coverage) == 0
    assert fewer.absent == ()
