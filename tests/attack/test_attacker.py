"""The attacker finds every leak it is shown, and nothing where there is none."""

import json
from itertools import product

import numpy as np
import pytest

from tests.attack.attacker import Bounder, Reading, attack, count, main, problems
from tests.attack.populations import (
    as_report,
    planned_regions,
    protected,
    random_population,
    routes,
)


def crossed(rows, columns, cells, hidden=(), k=5):
    """A report of one question by one dimension; `hidden` holds (row, column) pairs."""
    overall = {c: sum(cells[row, c] for row in rows) for c in columns}
    groups = {(row,): {c: cells[row, c] for c in columns} for row in rows} | {(): overall}
    bases = {key: sum(row.values()) for key, row in groups.items()}
    return {
        "policy": {"threshold": k, "minimum_base": 2 * k, "sensitive_zero_rule": True},
        "coverage": {
            "individuals": bases[()],
            "organisations": 0,
            "by_channel": [],
            "by_language": [],
            "non_response": [],
            "groups": [{"dimension": "d", "codes": [r], "count": bases[(r,)]} for r in rows],
        },
        "tables": [
            {
                "id": "q.by.d",
                "question": "q",
                "kind": "single",
                "by": ["d"],
                "population": "individuals",
                "status": "published",
                "categories": [{"code": c} for c in columns],
                "groups": [
                    {"codes": list(key), "base": base, "answered": base}
                    for key, base in bases.items()
                ],
                "cells": [
                    {
                        "category": c,
                        "group": list(key),
                        "count": None if (*key, c) in hidden else number,
                        "percent": None if (*key, c) in hidden else
                        round(100 * number / bases[key], 1),
                    }
                    for key, row in groups.items()
                    for c, number in row.items()
                ],
            }
        ],
        "matrix": [],
    }  # fmt: skip


def t2(hidden):
    """sdcTable's test of simple heuristics: two gaps per line are not enough."""
    rows, columns = "wxyz", "abcd"
    numbers = [30, 47, 64, 89, 90, 124, 5, 31, 92, 100, 59, 85, 800, 991, 651, 685]
    cells = dict(zip(product(rows, columns), numbers, strict=True))
    return crossed(rows, columns, cells, {tuple(pair) for pair in hidden.split()}, k=50)


def people_report(total, groups, tables=(), k=5):
    """A report of who was heard: groups are (dimension, code, of, count)."""
    return {
        "policy": {"threshold": k, "minimum_base": 2 * k, "sensitive_zero_rule": True},
        "coverage": {
            "individuals": total,
            "organisations": 0,
            "by_channel": [],
            "by_language": [],
            "non_response": [],
            "groups": [
                {"dimension": d, "codes": [code], "count": number} | ({"of": of} if of else {})
                for d, code, of, number in groups
            ],
        },
        "tables": list(tables),
        "matrix": [],
    }


def bounds(report, question, codes, region):
    """The interval of one count."""
    target = count(question, codes, region)
    for problem in problems(Reading(report, beside=[target]), [target]):
        if problem.places(target) is not None:
            return Bounder(problem, [target]).exact(0)
    raise AssertionError("the count is in no problem")


def test_t2_two_gaps_per_line_are_not_enough():
    leaky = t2("wa wb wc xa xc yb yd zb zd")
    assert bounds(leaky, "q", "b", {"d": "w"}) == (47, 47)
    found = attack(leaky, [("q", "b", {"d": "w"})])
    assert {breach.kind for breach in found} >= {"protected", "hidden"}


@pytest.mark.parametrize(
    ("cell", "interval"),
    [("wa", (25, 94)), ("wc", (0, 69)), ("xa", (26, 95)), ("yd", (0, 185)), ("zb", (906, 1091))],
)
def test_t2_intervals(cell, interval):
    leaky = t2("wa wb wc xa xc yb yd zb zd")
    assert bounds(leaky, "q", cell[1], {"d": cell[0]}) == interval


@pytest.mark.parametrize(
    ("more", "upper"), [("xd", 78), ("wd", 136), ("xb", 141), ("ya", 141), ("yc", 116)]
)
def test_t2_repairs(more, upper):
    repaired = t2(f"wa wb wc xa xc yb yd zb zd {more}")
    assert bounds(repaired, "q", "b", {"d": "w"}) == (0, upper)
    found = attack(repaired, [("q", "b", {"d": "w"})])
    assert "protected" not in {breach.kind for breach in found}


T6 = {"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
T6_GROUPS = {"county1": "ABIJ", "county2": "KLMN", "big": "LM", "small": "ABIJKN"}


def t6(hidden, linked=T6_GROUPS):
    groups = [("place", c, None, None if c in hidden else n) for c, n in T6.items()]
    groups += [
        ("group", name, {"place": list(T6_GROUPS[name])}, sum(T6[c] for c in T6_GROUPS[name]))
        for name in linked
    ]
    return people_report(36, groups, k=4)


def test_t6_linked_tables_give_a_count_away_together():
    assert bounds(t6("ABKLM"), None, (), {"place": "K"}) == (3, 3)
    assert attack(t6("ABKLM"), [(None, (), {"place": "K"})])


def test_t6_each_table_alone_is_safe():
    assert bounds(t6("ABKLM", ["county1", "county2"]), None, (), {"place": "K"}) == (0, 9)
    assert bounds(t6("ABKLM", ["big", "small"]), None, (), {"place": "K"}) == (0, 7)


def test_t6_repaired():
    assert bounds(t6("ABKLMN"), None, (), {"place": "K"}) == (0, 10)
    assert bounds(t6("ABKLMN"), None, (), {"place": "L"}) == (0, 6)
    small = [(None, (), {"place": c}) for c in "ABKLM"]
    assert attack(t6("ABKLMN"), small) == []


def t7(cells):
    """Three two-way tables of a cube."""
    cube = np.array(cells).reshape(2, 2, 2)
    names = "abc"
    groups = []
    for axis, name in enumerate(names):
        rest = tuple(other for other in range(3) if other != axis)
        groups += [(name, str(i), None, int(n)) for i, n in enumerate(cube.sum(axis=rest))]
    tables = []
    for left, right in ((0, 1), (0, 2), (1, 2)):
        rest = ({0, 1, 2} - {left, right}).pop()
        margin = cube.sum(axis=rest)
        rows = [((str(i), str(j)), int(margin[i, j])) for i in (0, 1) for j in (0, 1)]
        tables.append(table_of_people([names[left], names[right]], [*rows, ((), int(cube.sum()))]))
    return people_report(int(cube.sum()), groups, tables)


def table_of_people(by, rows):
    """A table in which everyone answered yes."""
    return {
        "id": f"q.by.{'.'.join(by)}",
        "question": "q",
        "kind": "single",
        "by": by,
        "status": "published",
        "categories": [{"code": "yes"}],
        "groups": [{"codes": list(c), "base": n, "answered": n} for c, n in rows],
        "cells": [
            {"category": "yes", "group": list(c), "count": n, "percent": 100.0} for c, n in rows
        ],
    }


@pytest.mark.parametrize(
    ("cells", "interval"),
    [([0, 8, 9, 6, 5, 7, 5, 0], (0, 0)), ([1, 8, 9, 6, 5, 7, 5, 1], (0, 2))],
)
def test_t7_two_way_margins_fix_the_cube(cells, interval):
    corner = {"a": "0", "b": "0", "c": "0"}
    assert bounds(t7(cells), None, (), corner) == interval
    assert attack(t7(cells), [(None, (), corner)])


def test_t7_wide_margins_are_safe():
    corner = {"a": "0", "b": "0", "c": "0"}
    assert attack(t7([4, 8, 9, 9, 9, 9, 9, 9]), [(None, (), corner)]) == []


def test_a_percentage_beside_a_gap_is_found():
    leaky = t2("wa wb wc xa xc yb yd zb zd xd")
    cell = next(c for c in leaky["tables"][0]["cells"] if c["count"] is None)
    cell["percent"] = 13.0
    kinds = {breach.kind for breach in attack(leaky)}
    assert {"derived", "hidden"} <= kinds


def test_a_share_of_the_matrix_beside_a_gap_is_found():
    leaky = t2("wa wb wc xa xc yb yd zb zd xd")
    row = {"question": "q", "group": {"codes": ["w"]}, "table": "q.by.d", "base": 230}
    leaky["matrix"] = [row | {"support": 33.5, "oppose": None, "net": None}]
    derived = [breach for breach in attack(leaky) if breach.kind == "derived"]
    assert [breach.where for breach in derived] == ["matrix q.by.d w support"]
    leaky["matrix"] = [row | {"support": 38.7, "oppose": None, "net": None}]
    assert "derived" not in {breach.kind for breach in attack(leaky)}


def test_a_lone_kind_of_non_response_is_bounded_with_the_others():
    report = people_report(30, [], [table_of_people([], [((), 30)])])
    report["tables"][0]["categories"].append({"code": "-"})
    report["tables"][0]["groups"][0] |= {"answered": 20}
    report["tables"][0]["cells"][0] |= {"count": 20}
    report["tables"][0]["cells"].append(
        {"category": "-", "group": [], "count": None, "percent": None}
    )
    assert attack(report) != []


def t5(hidden):
    """sdcTable's test of singletons: two people alone, each of whom knows of themselves."""
    numbers = {"a": 1, "b": 2, "c": 1, "d": 0}
    table = table_of_people([], [((), 4)])
    table["categories"] = [{"code": code} for code in numbers]
    table["cells"] = [
        {"category": c, "group": [], "count": None if c in hidden else n, "percent": None}
        for c, n in numbers.items()
    ]
    return people_report(4, [], [table], k=2)


def test_t5_one_alone_works_out_the_other():
    small = [("q", "a", {}), ("q", "c", {})]
    assert attack(t5("ac"), small) == []
    found = attack(t5("ac"), small, alone=small)
    assert {breach.kind for breach in found} == {"insider"}
    assert attack(t5("abc"), small, alone=small) == []


def test_whole_people_are_told_apart_from_fractions():
    """A triangle of choices: half a person each would do, whole people cannot."""
    pairs = {"ab": 1, "bc": 1, "ac": 1}
    groups = [("d", c, None, None) for c in "abc"]
    groups += [("group", name, {"d": list(name)}, n) for name, n in pairs.items()]
    report = people_report(2, groups, k=2)
    found = attack(report, [(None, (), {"d": "a"})])
    assert found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_everything_told_gives_everything_away(seed):
    population = random_population(seed)
    names = {dimension["name"] for dimension in population["dimensions"]}
    targets = [t for t in protected(population) if len(t[2]) < 2 and t[2].keys() <= names][:5]
    found = attack(as_report(population), targets, integer=False)
    assert len(found) == len(targets)


@pytest.mark.parametrize("seed", [2, 6, 10, 13])
def test_the_truth_is_within_the_bounds(seed):
    """Whatever is withheld, the attacker's equations hold for the people as they are."""
    population = random_population(seed, routed=True)
    size = len(population["people"])
    draw = np.random.default_rng(seed)
    report = as_report(population, lambda q, c, r, number: number < size and draw.random() < 0.4)
    reading = Reading(report, routes=routes(population))
    truth = {claim.count: claim.value for claim in Reading(as_report(population)).claims}
    for problem in problems(reading):
        gaps = [claim.count for claim in problem.claims if claim.value is None]
        gaps = gaps[:: max(1, len(gaps) // 6)]
        bounder = Bounder(problem, gaps)
        for row, one in enumerate(gaps):
            low, high = bounder.exact(row)
            assert low <= truth[one] <= high


def test_populations_are_the_same_for_the_same_seed():
    assert random_population(7) == random_population(7) != random_population(8)
    assert {} in planned_regions(random_population(7))


def test_it_is_a_program(tmp_path, capsys):
    (tmp_path / "report.json").write_text(json.dumps(t2("wa wb wc xa xc yb yd zb zd")))
    (tmp_path / "protected.json").write_text(json.dumps([["q", ["b"], {"d": ["w"]}]]))
    assert main([str(tmp_path / "report.json"), str(tmp_path / "protected.json")]) == 1
    assert "q b [d=w]: [47, 47]" in capsys.readouterr().out
