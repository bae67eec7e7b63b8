"""What each group wants: nothing but what its tables show."""

from typing import Any

import pytest

from consultations.reports.wanted import preferences, themes


def words(**more: Any) -> dict[str, Any]:
    return {"questions": {"q": {"provision": "art_3", "bracket": None, "told_in": [], **more}}}


def table(counts: dict[str, int | None], *, by: tuple[str, ...] = ("group",)) -> dict[str, Any]:
    """A table in which the one group and everyone have the same counts."""
    return {
        "id": "q.by." + ".".join(by),
        "question": "q",
        "by": list(by),
        "categories": [{"code": code} for code in counts],
        "groups": [{"codes": codes, "base": 50, "answered": 40} for codes in (["women"], [])],
        "cells": [
            {"category": code, "group": codes, "count": count, "percent": None}
            for codes in (["women"], [])
            for code, count in counts.items()
        ],
    }


def test_themes_are_told_by_group_without_those_who_wrote_nothing() -> None:
    [row] = themes([table({"notice": 12, "roads": None, "-": 10})], words(told_in=["w"]))
    assert (row["provision"], row["group"], row["base"], row["answered"]) == (
        "art_3", {"codes": ["women"]}, 50, 40)  # fmt: skip
    assert [(each["code"], each["count"]) for each in row["themes"]] == [
        ("notice", 12),
        ("roads", None),
    ]


def test_other_questions_have_no_themes_and_no_brackets() -> None:
    found = [table({"a": 12, "-": 10})]
    assert themes(found, words()) == preferences(found, words()) == []


@pytest.mark.parametrize(
    ("counts", "preferred"),
    [
        ({"1": 12, "2": 20, "no_view": 30, "-": 1}, "2"),
        ({"1": 20, "2": 20, "no_view": 5, "-": 1}, None),
        ({"1": None, "2": 20, "no_view": 5, "-": 1}, None),
        ({"1": 12, "2": 20, "no_view": None, "-": None}, "2"),
    ],
)
def test_the_alternative_of_most_people_is_preferred(
    counts: dict[str, int | None], preferred: str | None
) -> None:
    [row] = preferences([table(counts)], words(bracket=2))
    assert (row["bracket"], row["preferred"]) == (2, preferred)


def test_a_merged_alternative_is_not_preferred_alone() -> None:
    made = table({"1+2": 30, "3": 12, "no_view": 5, "-": 1})
    made["categories"][0] = {"code": "1+2", "of": ["1", "2"]}
    [row] = preferences([made], words(bracket=1))
    assert row["preferred"] is None
    assert row["alternatives"][0]["of"] == ["1", "2"]


def test_crossings_are_left_to_their_tables() -> None:
    assert preferences([table({"1": 30, "2": 12}, by=("gender", "age"))], words(bracket=1)) == []
