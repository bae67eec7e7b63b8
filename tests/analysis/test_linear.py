"""Published vectors of what can be worked out from sums."""

import numpy as np
import pytest

from consultations.analysis import linear
from consultations.analysis.linear import LinearSystem, Sums


class Table:
    """A table of unknowns whose cells and margins are shown or hidden."""

    def __init__(self, shape):
        self.places = np.arange(int(np.prod(shape))).reshape(shape)
        self.rows, self.lower, self.upper = Sums(), [], []

    def say(self, places, value=None):
        """A sum that is shown, or hidden; returns its row."""
        self.rows.add(np.ravel(places))
        self.lower.append(-np.inf if value is None else value)
        self.upper.append(np.inf if value is None else value)
        return len(self.lower) - 1

    def system(self):
        return LinearSystem(self.places.size, self.rows.matrix(self.places.size))

    def interval(self, row):
        lower, upper = np.array(self.lower, float), np.array(self.upper, float)
        system = self.system()
        return [round(system.extreme(row, sense, lower, upper)[0], 6) for sense in (1, -1)]


def two_way(cells, hidden):
    """A table with all margins shown; the rows of its hidden cells by (line, column)."""
    cells = np.array(cells)
    table = Table(cells.shape)
    for line in range(cells.shape[0]):
        table.say(table.places[line], cells[line].sum())
    for column in range(cells.shape[1]):
        table.say(table.places[:, column], cells[:, column].sum())
    rows = {}
    for place in np.ndindex(cells.shape):
        value = None if place in hidden else cells[place]
        rows[place] = table.say([table.places[place]], value)
    return table, rows


def test_t1_feasibility_interval():
    # Geurts 1992, in the SDC Handbook, example 3.
    table = Table((3, 2))
    for line, total in enumerate((7, 3, 6)):
        table.say(table.places[line], total)
    for column, total in enumerate((9, 7)):
        table.say(table.places[:, column], total)
    table.say([table.places[2, 0]], 3)
    table.say([table.places[2, 1]], 3)
    cells = [table.say([table.places[line, column]]) for line in (0, 1) for column in (0, 1)]
    assert [table.interval(row) for row in cells] == [[3, 6], [1, 4], [0, 3], [0, 3]]


T2 = [[30, 47, 64, 89], [90, 124, 5, 31], [92, 100, 59, 85], [800, 991, 651, 685]]
T2_HIDDEN = {(0, 1), (0, 0), (0, 2), (1, 0), (1, 2), (2, 1), (2, 3), (3, 1), (3, 3)}


def test_t2_two_per_line_is_not_enough():
    # sdcTable, test-simpleheuristic.
    table, rows = two_way(T2, T2_HIDDEN)
    found = {place: table.interval(row) for place, row in rows.items() if place in T2_HIDDEN}
    assert found[0, 1] == [47, 47]
    assert found[0, 0] == [25, 94]
    assert found[0, 2] == [0, 69]
    assert found[1, 0] == [26, 95]
    assert found[1, 2] == [0, 69]
    assert found[2, 1] == found[2, 3] == [0, 185]
    assert found[3, 1] == [906, 1091]
    assert found[3, 3] == [585, 770]


@pytest.mark.parametrize(
    ("repair", "high"),
    [((1, 3), 78), ((0, 3), 136), ((1, 1), 141), ((2, 0), 141), ((2, 2), 116), ((3, 0), 141)],
)
def test_t2_single_repairs(repair, high):
    table, rows = two_way(T2, T2_HIDDEN | {repair})
    assert table.interval(rows[0, 1]) == [0, high]


T3 = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
T3_PRIMARY = {(0, 1), (0, 2), (0, 3), (2, 0), (2, 3), (3, 3)}


def test_t3_primary_suppression_alone_discloses():
    # FCSM Working Paper 22.
    table, rows = two_way(T3, T3_PRIMARY)
    for place in T3_PRIMARY:
        assert table.interval(rows[place]) == [T3[place[0]][place[1]]] * 2


def test_t3_a_bad_pattern_discloses_one():
    table, rows = two_way(T3, T3_PRIMARY | {(1, 1), (1, 2), (3, 0)})
    assert table.interval(rows[0, 3]) == [1, 1]


def test_t3_the_optimum():
    table, rows = two_way(T3, T3_PRIMARY | {(2, 1), (3, 0), (3, 2)})
    found = {place: table.interval(row) for place, row in rows.items()}
    for place in ((0, 1), (0, 2), (0, 3), (2, 3), (3, 3)):
        assert found[place] == [0, 5]
    assert found[2, 0] == [0, 9]
    assert (found[2, 1], found[3, 0], found[3, 2]) == ([6, 11], [6, 15], [5, 10])


T6 = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}


def linked(hidden, counties=True, sizes=True):
    # sdcTable, test-linked-tables.
    names = list(T6)
    table = Table((8,))
    parts = [("ABIJ", counties), ("KLMN", counties), ("LM", sizes), ("ABIJKN", sizes)]
    for part, told in parts:
        if told:
            table.say([names.index(name) for name in part], sum(T6[name] for name in part))
    return table, {
        name: table.say([place], None if name in hidden else T6[name])
        for place, name in enumerate(names)
    }


def test_t6_linked_tables():
    for counties, sizes, high in ((True, False, 9), (False, True, 7)):
        table, rows = linked("ABKLM", counties, sizes)
        assert table.interval(rows["K"]) == [0, high]
    table, rows = linked("ABKLM")
    assert table.interval(rows["K"]) == [3, 3]


def test_t6_a_secondary_in_both_tables_protects():
    table, rows = linked("ABKLMN")
    found = {name: table.interval(row) for name, row in rows.items()}
    assert found["K"] == found["N"] == [0, 10]
    assert found["A"] == found["B"] == [0, 4]
    assert found["L"] == found["M"] == [0, 6]


def margins_of_three(cells):
    table = Table((2, 2, 2))
    cells = np.array(cells).reshape(2, 2, 2)
    for axis in range(3):
        for one in (0, 1):
            for other in (0, 1):
                places = np.moveaxis(table.places, axis, 0)[:, one, other]
                table.say(places, np.moveaxis(cells, axis, 0)[:, one, other].sum())
    return table, table.say([table.places[0, 0, 0]])


def test_t7_three_two_way_tables_fix_all_cells():
    # Constructed: every published margin is at least 5.
    table, row = margins_of_three([0, 8, 9, 6, 5, 7, 5, 0])
    assert table.interval(row) == [0, 0]


def test_t7_or_nearly():
    table, row = margins_of_three([1, 8, 9, 6, 5, 7, 5, 1])
    assert table.interval(row) == [0, 2]


def test_what_contradicts_itself_is_no_number():
    table = Table((2,))
    table.say([0, 1], 3)
    table.say([0], 4)
    assert np.isnan(table.interval(0)[0])


def test_the_cheapest_move():
    table, rows = two_way(T2, T2_HIDDEN)
    price = np.full(len(table.lower), np.inf)
    for place, row in rows.items():
        if place not in T2_HIDDEN:
            price[row] = T2[place[0]][place[1]]
    lower, upper = np.array(table.lower, float), np.array(table.upper, float)
    upper[rows[0, 1]] = 0
    moves, _ = table.system().cheapest(lower, upper, price)
    assert [place for place, row in rows.items() if moves[row] > 1e-6] == [(1, 3)]


T4 = [[18, 2], [14, 19], [12, 10], [11, 14]]


@pytest.mark.parametrize(
    ("hidden", "intervals"),
    [
        (
            {(0, 1), (0, 0), (2, 0), (2, 1)},
            {(0, 1): [0, 12], (0, 0): [8, 20], (2, 0): [10, 22], (2, 1): [0, 12]},
        ),
        ({(0, 1), (0, 0), (3, 0), (3, 1)}, {(0, 1): [0, 16]}),
    ],
)
def test_t4_patterns_of_several_programs(hidden, intervals):
    # sdcTable, microdata1: regions A to D by gender; the second pattern is that of GAUSS.
    table, rows = two_way(T4, hidden)
    assert {place: table.interval(rows[place]) for place in intervals} == intervals


T8_NEW, T8_OLD = [[52, 55], [130, 140], [39, 49]], [[50, 54], [128, 140], [39, 49]]


def test_t8_two_geographies_are_subtracted():
    # SDC Handbook, 5.2: an area that is the old one and a little more.
    for new, old in zip(np.ravel(T8_NEW), np.ravel(T8_OLD), strict=True):
        table = Table((2,))
        table.say([0, 1], new)
        table.say([0], old)
        rest = table.say([1])
        assert table.interval(rest) == [new - old] * 2


def test_t8_bands_are_subtracted_and_areas_linked():
    # SDC Handbook, 5.2: 6 men of under 20 hours, 7 of under 25; 22 in area A, 21 of them men.
    table = Table((4,))
    table.say([0], 6)
    table.say([0, 1], 7)
    table.say([2, 3], 22)
    table.say([2], 21)
    assert [table.interval(table.say([place])) for place in (1, 3)] == [[1, 1], [1, 1]]


def test_where_the_simplex_takes_too_long_an_interior_point_says_the_same(monkeypatch):
    random = np.random.default_rng(1)
    cells = random.integers(0, 40, (6, 6))
    hidden = [(int(line), int(column)) for line, column in random.integers(0, 6, (18, 2))]
    table, rows = two_way(cells, hidden)
    patiently = [table.interval(row) for row in rows.values()]

    monkeypatch.setattr(linear, "PATIENCE", 0)

    assert [table.interval(row) for row in rows.values()] == patiently
    assert any(least < most for least, most in patiently)
