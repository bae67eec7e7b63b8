"""Complementary suppression on published vectors."""

import numpy as np

from consultations.analysis.disclosure import Pattern
from consultations.analysis.knowledge import Demand, Knowledge
from tests.analysis.test_linear import T3, T3_PRIMARY, Table, two_way


def pattern(table, truth, threshold, hidden, movable, price=None):
    """A pattern that starts with hidden rows; only movable rows may be withheld besides."""
    count = len(truth)
    prices = np.full(count, np.inf)
    prices[movable] = 1.0 if price is None else price
    gaps = np.zeros(count, dtype=bool)
    gaps[hidden] = True
    known = Knowledge(
        table.system(),
        np.array(truth, float),
        threshold,
        np.ones(count, dtype=bool),
        gaps,
        [Demand(row) for row in hidden],
    )
    return Pattern(known, lambda row: (), lambda hidden: prices)


def of_two_way(cells, hidden, threshold):
    table, rows = two_way(cells, hidden)
    array = np.array(cells)
    truth = [*array.sum(axis=1), *array.sum(axis=0), *array.ravel()]
    movable = [row for place, row in rows.items()]
    found = pattern(
        table, truth, threshold, [rows[place] for place in hidden], movable, array.ravel() + 1.0
    )
    found.settle()
    found.restore([row for place, row in rows.items() if place not in hidden])
    found.settle()
    return {place for place, row in rows.items() if found.hidden[row]}


def test_t3_zero_inside_and_five_reached():
    # FCSM Working Paper 22: three secondaries and a sum of 29 at the least.
    hidden = of_two_way(T3, T3_PRIMARY, 5)
    assert hidden > T3_PRIMARY
    table, rows = two_way(T3, hidden)
    for place in T3_PRIMARY:
        low, high = table.interval(rows[place])
        assert low == 0
        assert high >= 5
    assert len(hidden - T3_PRIMARY) <= 5


def singles(threshold, prices):
    # sdcTable, test-protectTable: a=1 b=2 c=1 d=0 and their sum.
    table = Table((4,))
    for place in range(4):
        table.say([place])
    table.say([0, 1, 2, 3])
    return pattern(table, [1, 2, 1, 0, 4], threshold, [0, 2], [1, 3, 4], prices)


def test_t5_two_singletons_do_not_protect_each_other():
    found = singles(2, [1.0, 9.0, 9.0])
    assert not found.known.unmet(found.known.all_demands())
    assert found.known.told()
    found.settle()
    assert list(np.flatnonzero(found.hidden)) == [0, 1, 2]


def test_t5_a_larger_required_sum_takes_the_total():
    found = singles(5, [1.0, 1.0, 9.0])
    found.settle()
    assert found.hidden[4]


def test_a_reader_takes_what_cannot_be_zero_to_reach_the_threshold():
    # x + y = 12 and y + w = 10: x is at least 2, so taken to be 10 or more, so y at most 2.
    table = Table((4,))
    truth = [11, 1, 9, 12, 10, 60]
    for places in ([0], [1], [2], [0, 1], [1, 2], [0, 1, 2, 3]):
        table.say(places)
    found = pattern(table, truth, 10, [0, 1, 2], [3, 4])
    assert not found.known.unmet(found.known.all_demands())
    found.settle()
    assert not found.failed
    assert found.hidden[3] or found.hidden[4]


def test_what_is_not_needed_is_shown_again():
    cells = [[1, 20, 20], [20, 20, 20], [20, 20, 20]]
    everything = {(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)}
    table, rows = two_way(cells, everything)
    array = np.array(cells)
    truth = [*array.sum(axis=1), *array.sum(axis=0), *array.ravel()]
    found = pattern(table, truth, 5, [rows[place] for place in everything], [])
    found.known.demands = [Demand(rows[0, 0])]
    found.restore([row for place, row in rows.items() if place != (0, 0)])
    assert 4 <= found.hidden.sum() < len(everything)
    assert not found.known.failing()


def test_what_moves_with_a_gap_is_what_showing_it_would_give_away():
    # Two lines of two gaps each, told apart by their sums: the gaps of a line move together.
    table = Table((4,))
    for places in ([0], [1], [2], [3], [0, 1], [2, 3]):
        table.say(places)
    found = pattern(table, [2, 20, 3, 30, 22, 33], 5, [0, 1, 2, 3], [])
    assert not found.known.unmet(found.known.all_demands())
    assert [demand.row for demand in found.known.moving_with(1)] == [0]
    assert [demand.row for demand in found.known.moving_with(3)] == [2]
    found.known.show([1])
    assert not found.known.holds([Demand(0)])
