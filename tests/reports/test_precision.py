"""Intervals stand beside shares of a documented probability sample, and nowhere else."""

import pytest

from consultations.reports.precision import has_intervals, with_intervals
from tests.reports.by_hand import a_table


@pytest.mark.parametrize(
    ("sampling", "design", "expected"),
    [
        ("probability", {"en": "Drawn from the register."}, True),
        ("probability", {"en": " "}, False),
        ("probability", {}, False),
        ("invited", {"en": "Drawn from the register."}, False),
        ("self_selected", {"en": "Drawn from the register."}, False),
    ],
)
def test_only_a_documented_design_has_intervals(
    sampling: str, design: dict[str, str], expected: bool
) -> None:
    assert has_intervals(sampling, design) is expected


def test_a_share_has_its_interval_and_a_withheld_one_none() -> None:
    rows = {("F",): {"Y": None, "N": None}, (): {"Y": 81, "N": 182}}
    [table] = with_intervals([a_table("vote", "single", rows, by=["gender"])])
    assert [cell["interval"] for cell in table["cells"]] == [None, None, [25.5, 36.6], [63.4, 74.5]]


def test_organisations_are_no_sample() -> None:
    table = a_table("vote", "single", {(): {"Y": 81, "N": 182}}) | {"population": "organisations"}
    [same] = with_intervals([table])
    assert same == table
