"""How much of the tables by one characteristic reaches the reader."""

from consultations.reports.reach import reach
from tests.reports.published import report


def test_every_row_of_a_whole_report_is_told():
    assert reach(report(), 1.0) == {"reached": 1.0, "rows_without_gap": 1.0}


def test_shares_are_cut_and_not_rounded_up():
    assert reach(report(), 0.999)["reached"] == 0.99


def test_a_gap_counts_against_its_row_alone():
    told = report()
    told["tables"][1]["cells"][0]["count"] = None
    assert reach(told, None) == {"reached": None, "rows_without_gap": 0.5}


def test_a_row_under_the_minimum_base_or_without_a_base_is_no_row():
    told = report()
    told["tables"][1]["groups"][0]["base"] = 19
    told["tables"][1]["cells"][0]["count"] = None
    assert reach(told, 1.0)["rows_without_gap"] == 1.0
    told["tables"][1]["groups"][0]["base"] = None
    assert reach(told, 1.0)["rows_without_gap"] == 1.0


def test_a_withheld_table_loses_the_rows_that_the_coverage_tells_of():
    told = report()
    told["tables"][1] |= {"status": "withheld", "groups": [], "cells": [], "categories": []}
    assert reach(told, 1.0)["rows_without_gap"] == 0.0
    told["coverage"]["groups"] = []
    assert reach(told, 1.0)["rows_without_gap"] is None


def test_a_share_that_is_whole_per_cent_is_told_as_it_is():
    assert reach(report(), 0.29)["reached"] == 0.29, "though 100 * 0.29 is a little less than 29"


def test_those_who_said_nothing_of_themselves_are_no_row():
    told = report()
    told["tables"][1]["groups"][0]["codes"] = ["-"]
    for cell in told["tables"][1]["cells"]:
        if cell["group"] == ["F"]:
            cell |= {"group": ["-"], "count": None}
    assert reach(told, 1.0)["rows_without_gap"] == 1.0


def test_a_row_told_in_one_number_says_nothing():
    told = report()
    by_gender = told["tables"][1]
    by_gender["categories"] = [{"code": "Y+N", "of": ["Y", "N"]}]
    by_gender["cells"] = [
        {"group": group["codes"], "category": "Y+N", "count": group["base"]}
        for group in by_gender["groups"]
    ]
    assert reach(told, 1.0)["rows_without_gap"] == 0.0


def test_organisations_are_no_rows():
    told = report()
    bodies = {**told["tables"][1], "population": "organisations"}
    bodies["cells"] = [{**each, "count": None} for each in bodies["cells"]]
    told["tables"].append(bodies)
    assert reach(told, 1.0)["rows_without_gap"] == 1.0
