"""What unites and what divides, and who was heard less than their share."""

from typing import Any

from consultations.reports.finding import dividing, spreads, uniting
from consultations.reports.heard import heard_groups, least_heard


def numbers(**nets: dict[str, float | None]) -> dict[str, Any]:
    rows = [
        {"provision": question, "question": question, "net": net, "table": f"{question}.by.group",
         "group": {"codes": [code]}}
        for question, groups in nets.items()
        for code, net in groups.items()
    ]  # fmt: skip
    return {
        "matrix": rows,
        "words": {"questions": {name: {"role": "position"} for name in nets}},
    }


def test_a_provision_unites_when_every_group_is_in_favour() -> None:
    found = spreads(numbers(a={"women": 40.0, "youth": 50.0}, b={"women": 30.0, "youth": -14.0}))
    assert [each.provision for each in uniting(found)] == ["a"]
    assert [each.provision for each in dividing(found)] == ["b"]
    assert dividing(found)[0].width == 44.0


def test_one_group_alone_neither_unites_nor_divides() -> None:
    assert spreads(numbers(a={"women": 40.0, "youth": None})) == []


def test_what_most_groups_hide_unites_nobody() -> None:
    few: dict[str, float | None] = {"women": 80.0, "youth": 78.0, "displaced": None, "rural": None}
    more: dict[str, float | None] = dict.fromkeys(("women", "youth", "displaced", "rural"), 30.0)
    found = spreads(numbers(few=few, more=more))
    assert [each.provision for each in uniting(found)] == ["more"]


def coverage(**counts: int | None) -> dict[str, Any]:
    return {
        "coverage": {
            "individuals": 100,
            "groups": [
                {"dimension": "age", "codes": [code], "count": count, "reference_share": 0.3}
                for code, count in counts.items()
            ],
        },
        "words": {"groups_of": {"youth": {"age": ["18-24", "25-29"]}}},
    }


def test_a_group_over_categories_is_the_sum_of_what_is_published() -> None:
    [youth] = heard_groups(coverage(**{"18-24": 20, "25-29": 15, "30-44": 65}))
    assert youth.count == 35
    assert youth.share == 0.35
    assert youth.reference_share == 0.6
    assert least_heard([youth]) == [youth]


def test_a_group_is_not_counted_from_a_withheld_number() -> None:
    [youth] = heard_groups(coverage(**{"18-24": None, "25-29": 15, "30-44": 65}))
    assert youth.count is None
