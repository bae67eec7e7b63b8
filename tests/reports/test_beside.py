"""Figures beside the tables: none may tell what a table withholds."""

import json
from copy import deepcopy

import pytest

from consultations.analysis.audit import verify_intervals
from consultations.reports.beside import of_organisations, same_as_csv, told_beside
from consultations.reports.tables_csv import tables_csv
from tests.reports.published import report, table, withhold


def with_matrix(**row):
    made = report()
    for each in made["tables"]:
        each["provision"] = "art_1"
    found = {
        "provision": "art_1", "question": "vote", "group": {"codes": ["F"]},
        "table": "vote.by.gender", "base": 120, "support": 50.0, "oppose": 33.3, "net": 16.7,
    }  # fmt: skip
    made["matrix"] = [found | row]
    return made


def test_figures_that_follow_from_the_tables_pass():
    assert list(told_beside(with_matrix())) == []
    assert list(told_beside(with_matrix(support=None, net=None))) == []


def test_a_figure_of_a_withheld_count_is_told():
    """Women: 60 yes, 40 no. Where the no is withheld, so must be the share against."""
    assert list(told_beside(withhold(with_matrix(), 1))) == [
        "the matrix tells of vote.by.gender F what its table does not"
    ]
    assert list(told_beside(withhold(with_matrix(oppose=None, net=None), 1))) == []


@pytest.mark.parametrize(
    "row", [{"base": 121}, {"support": 51.0}, {"net": 20.0}, {"group": {"codes": ["X"]}},
            {"support": None}, {"table": "vote.by.age"}, {"question": "other"},
            {"provision": "art_2"}, {"group": {"codes": ["F"], "of": {"gender": ["F", "M"]}}}],
)  # fmt: skip
def test_a_figure_that_does_not_follow_is_told(row):
    assert list(told_beside(with_matrix(**row)))


@pytest.mark.parametrize(
    "figure", ["tables", "as_planned", "merged", "with_suppressed_cells", "withheld",
               "cells_reached"],
)  # fmt: skip
def test_a_figure_of_what_was_done_that_the_tables_do_not_bear_out_is_told(figure):
    made = report()
    made["disclosure"][figure] += 1
    assert any(f"the figure {figure} says" in line for line in told_beside(made))


def test_figures_of_cells_add_up():
    made = report()
    made["disclosure"]["cells_hidden"] = 1
    assert list(told_beside(made)) == ["the figures of cells do not add up"]


def test_a_withheld_table_is_counted_as_such():
    made = report()
    made["tables"][1] |= {"status": "withheld", "groups": [], "categories": [], "cells": []}
    made["disclosure"] |= {"as_planned": 1, "withheld": 1, "cells_reached": 0, "cells_hidden": 6}
    assert list(told_beside(made)) == []


def test_a_percentage_of_a_withheld_count_is_told():
    made = withhold(report(), 1)
    made["tables"][1]["cells"][1]["percent"] = 33.3
    assert list(told_beside(made)) == ["the percentage of vote.by.gender F N is not of its count"]


def test_a_csv_holds_the_same_numbers_and_no_others():
    made = json.loads(json.dumps(report()))
    assert same_as_csv(made, tables_csv(made).encode())
    assert not same_as_csv(withhold(made, 1), tables_csv(report()).encode())


def test_hidden_numbers_of_organisations_are_audited_too():
    words = {"Y": "Yes", "N": "No", "-": "Not stated"}
    bodies = table("vote.overall.organisations", [], {(): {"Y": 30, "N": 2, "-": 8}}, words)
    bodies["population"] = "organisations"
    bodies["cells"][1] |= {"count": None, "percent": None}
    made = report()
    made["tables"].append(bodies)
    assert verify_intervals(made)[2] == []
    apart = of_organisations(made)
    assert apart is not None
    assert [each.where for each in verify_intervals(apart)[2]] == ["vote.overall.organisations  N"]
    assert of_organisations(report()) is None


@pytest.mark.parametrize(
    ("people", "told"), [(4, True), (1, True), (5, False), (0, False), (None, False)]
)
def test_a_campaign_of_few_people_is_told(people, told):
    made = report()
    made["campaigns"] = [{"text": "Keep article 3", "counts": [{"count": people}]}]
    assert bool(list(told_beside(made))) == told


def with_rest(**rest):
    """Women's net is 16.7, everyone's 0.0, so that of the 130 men is -15.4."""
    made = with_matrix(rest={"base": 130, "net": -15.4, "distance": 32.1} | rest)
    everyone = {"group": {"codes": []}, "table": "vote.overall", "base": 250,
                "support": 44.0, "oppose": 44.0, "net": 0.0, "rest": None}  # fmt: skip
    made["matrix"].append(made["matrix"][0] | everyone)
    return made


def test_everyone_else_is_what_is_left_of_everyone():
    assert list(told_beside(with_rest())) == []


@pytest.mark.parametrize("rest", [{"base": 129}, {"net": -14.0, "distance": 30.7}, {"distance": 9}])
def test_another_rest_is_told(rest):
    assert list(told_beside(with_rest(**rest))) == [
        "the matrix tells of the rest to vote.by.gender what its table does not"
    ]


def preferring(**row):
    found = {
        "provision": "art_1", "bracket": 1, "question": "vote", "group": {"codes": ["F"]},
        "table": "vote.by.gender", "base": 120, "preferred": "Y",
        "alternatives": [{"code": "Y", "label": "Yes", "count": 60, "percent": 50.0},
                         {"code": "N", "label": "No", "count": 40, "percent": 33.3}],
    }  # fmt: skip
    return with_matrix() | {"preferences": [found | row]}


def test_what_a_group_prefers_stands_in_its_table():
    assert list(told_beside(preferring())) == []


@pytest.mark.parametrize(
    "row", [{"base": 119}, {"preferred": "N"}, {"preferred": None}, {"alternatives": []},
            {"group": {"codes": ["X"]}}, {"table": "vote.by.age"}],
)  # fmt: skip
def test_another_preference_is_told(row):
    assert len(list(told_beside(preferring(**row)))) == 1


@pytest.mark.parametrize(
    ("changed", "passes"),
    [({}, True), ({"ratio": None}, True), ({"ratio": 0.93}, False), ({"count": None}, False),
     ({"reference_share": None}, False)],
)  # fmt: skip
def test_a_ratio_is_that_of_its_group(changed, passes):
    """Women: 120 of 250, 51 % of the population."""
    made = report()
    made["coverage"]["groups"][0] |= {"reference_share": 0.51, "ratio": 0.94} | changed
    told = list(told_beside(made))
    assert told == ([] if passes else ["the ratio of gender F is not of its count"])


def test_which_groups_a_merged_one_of_a_crossing_holds_is_not_known():
    """Of its four planned groups at least one occurs; two did when the cells were counted."""
    told = report()
    crossed = deepcopy(told["tables"][1])
    crossed |= {"id": "vote.by.gender.age", "by": ["gender", "age"], "status": "merged"}
    crossed["groups"] = [
        {**crossed["groups"][0], "codes": ["F", "old"], "of": {"age": ["a", "b", "c", "d"]}},
        crossed["groups"][-1],
    ]
    whole = [cell for cell in crossed["cells"] if not cell["group"]]
    women = [{**c, "group": ["F", "old"]} for c in crossed["cells"] if c["group"] == ["F"]]
    crossed["cells"] = [*women, *whole]
    told["tables"].append(crossed)
    done = told["disclosure"]
    done |= {"tables": 3, "merged": 1, "cells_planned": 12, "cells_hidden": 0}
    for reached, right in ((8, False), (9, True), (12, True), (18, True), (19, False)):
        done |= {"cells_reached": reached, "cells_planned": reached}
        assert (list(told_beside(told)) == []) == right, reached
