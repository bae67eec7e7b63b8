"""Several publications of one round, solved as one."""

import pytest

from consultations.analysis.together import number_tells, told_together, waves


def report(people, *tables):
    coverage = {"by_channel": [], "by_language": [], "non_response": [], "groups": []}
    return {
        "policy": {"threshold": 10},
        "coverage": {**coverage, "individuals": people},
        "tables": list(tables),
    }


def table(question, base, *counts):
    """Its choices are `a`, `b` and so on."""
    cells = [
        {"category": code, "group": [], "count": count}
        for code, count in zip("abcd", counts, strict=False)
    ]
    return {
        "id": f"{question}.overall",
        "question": question,
        "kind": "single",
        "by": [],
        "status": "published",
        "categories": [{"code": cell["category"]} for cell in cells],
        "groups": [{"codes": [], "base": base, "answered": base}],
        "cells": cells,
    }


def test_between_two_reports_people_only_came_or_only_went():
    reports = [report(30), report(20), report(40)]
    assert waves(reports, both=False) == [
        ("stayed", "went 1"),
        ("stayed",),
        ("stayed", "came 2"),
    ]
    assert waves(reports, both=True)[1] == ("stayed", "came 1", "went 2")


@pytest.mark.parametrize(("left", "tells"), [(30, False), (29, False), (15, True), (12, True)])
def test_the_number_of_people_alone_may_bound_an_answer(left, tells):
    """18 of 30 chose `a`: of 15 who are left at least 3 did, of 18 who went at least 6."""
    earlier = report(30, table("q", 30, 18, 12))
    assert number_tells([earlier], report(left)) is tells


def test_what_one_report_withholds_and_the_other_opens_is_found():
    """The 20 that are shown later leave at most 5 of the gap of 25 to those who went."""
    earlier = report(100, table("q", 100, 60, 15, None, None))
    later = report(85, table("q", 85, 50, 15, 20, 0))
    assert told_together([earlier, later]) == {"q"}


def test_what_did_not_change_may_be_told_again():
    same = report(100, table("q", 100, 60, 15, None, None))
    assert told_together([same, same]) == set()
    assert told_together([same, report(120, table("q", 120, 80, 15, None, None))]) == set()
