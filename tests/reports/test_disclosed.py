"""What became of the plan, counted from published tables alone."""

from typing import Any

from consultations.reports.disclosed import disclosed
from tests.reports.published import report


def merged(by: list[str], **of: list[str]) -> dict[str, Any]:
    """The table by gender as one by something else, whose women are several groups."""
    table: dict[str, Any] = report()["tables"][1]
    table["by"] = by
    table["groups"][0]["of"] = of
    return table


def test_a_merged_group_reaches_the_cells_of_all_it_holds():
    assert disclosed([merged(["age"], age=["a", "b", "c"])])["cells_reached"] == (3 + 1) * 3


def test_those_who_said_nothing_of_themselves_were_not_planned():
    assert disclosed([merged(["age"], age=["a", "-"])])["cells_reached"] == (1 + 1) * 3


def test_a_declared_group_is_one_whatever_its_dimension_is_called():
    declared = merged(["group"], group=["a", "b"])
    assert disclosed([declared])["cells_reached"] == (1 + 1) * 3


def test_organisations_are_counted_apart():
    told = report()["tables"]
    assert disclosed([*told, {**told[0], "population": "organisations"}]) == disclosed(told)
