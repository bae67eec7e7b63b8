"""Scales in a report: ends, net, agreement, and null where a count is withheld."""

import pytest

from consultations.reports.scales import scales
from tests.reports.by_hand import a_table

EVERYONE = {"1": 5, "2": 10, "3": 15, "4": 40, "5": 30, "-": 25}
WOMEN = {"1": 1, "2": 4, "3": 5, "4": 20, "5": 10, "-": 10}
FIGURES = ("top_two", "bottom_two", "net", "from_rest", "agreement", "polarisation")


def test_everyone_leans_and_agrees() -> None:
    [row] = scales([a_table("clear", "scale", {(): EVERYONE})])
    assert row["base"] == 125
    assert row["answered"] == 100
    assert (row["top_two"], row["bottom_two"], row["net"]) == (56.0, 12.0, 44.0)
    assert (row["points"], row["agreement"], row["polarisation"]) == (5, 0.45, 0.275)
    assert row["from_rest"] is None


def test_a_group_is_told_with_its_distance_from_everyone_else() -> None:
    [row] = scales([a_table("clear", "scale", {("w",): WOMEN, (): EVERYONE}, by=["group"])])
    assert row["net"] == 50.0
    assert row["from_rest"] == pytest.approx(50.0 - 100 * (40 - 10) / 75, abs=0.05)


def test_the_direction_of_a_scale_is_found() -> None:
    better = ("much_better", "better", "same", "worse", "much_worse")
    answers = dict(zip(better, (30, 40, 15, 10, 5), strict=True))
    [row] = scales([a_table("effect", "scale", {(): answers})])
    assert (row["top_two"], row["net"], row["agreement"]) == (70.0, 55.0, 0.45)


def test_of_merged_points_the_ends_are_told_where_none_reaches_beyond_them() -> None:
    of = {"1+2": ["1", "2"], "4+5": ["4", "5"]}
    [ends] = scales([a_table("clear", "scale", {(): {"1+2": 15, "3": 15, "4+5": 70}}, of=of)])
    assert (ends["points"], ends["net"]) == (3, 55.0)
    of = {"1+2+3": ["1", "2", "3"]}
    [cut] = scales([a_table("clear", "scale", {(): {"1+2+3": 30, "4": 40, "5": 30}}, of=of)])
    assert (cut["top_two"], cut["net"], cut["agreement"]) == (None, None, 0.1)


@pytest.mark.parametrize("hidden", ["1", "3", "5"])
def test_no_figure_is_made_of_a_withheld_count(hidden: str) -> None:
    rows = {("w",): {**WOMEN, hidden: None}, (): EVERYONE}
    [row] = scales([a_table("clear", "scale", rows, by=["group"], bases={("w",): 50})])
    assert row["agreement"] is row["polarisation"] is None
    ends = {row["top_two"], row["bottom_two"], row["net"], row["from_rest"]}
    assert (ends == {None}) == (hidden != "3")


def test_of_a_withheld_group_nothing_is_told() -> None:
    rows = {("w",): dict.fromkeys(WOMEN), (): EVERYONE}
    [row] = scales([a_table("clear", "scale", rows, by=["group"])])
    assert {row[name] for name in FIGURES} == {None}


def test_a_short_scale_has_no_ends() -> None:
    [row] = scales([a_table("often", "scale", {(): {"1": 20, "2": 30, "3": 50}})])
    assert row["net"] is None
    assert row["agreement"] is not None
