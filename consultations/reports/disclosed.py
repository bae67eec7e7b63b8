"""What became of the planned tables and cells, as the published tables themselves say."""

from collections.abc import Iterable, Mapping
from typing import Any

from consultations.analysis.plan import GROUP
from consultations.codebook import POOLED

Json = Mapping[str, Any]


def disclosed(tables: Iterable[Json]) -> dict[str, int]:
    """The figures of `disclosure` that follow from the tables of people."""
    people = [each for each in tables if each.get("population", "individuals") == "individuals"]
    status = [each["status"] for each in people]
    return {
        "tables": len(people),
        "as_planned": status.count("published"),
        "merged": status.count("merged"),
        "with_suppressed_cells": sum(
            any(cell["count"] is None for cell in each["cells"]) for each in people
        ),
        "withheld": status.count("withheld"),
        "cells_reached": sum(map(_reached, people)),
    }


def fewest_reached(tables: Iterable[Json]) -> int:
    """How many cells are reached at least: of a merged group of a crossing nobody can tell which
    of the planned groups that it might hold occur."""
    people = [each for each in tables if each.get("population", "individuals") == "individuals"]
    return sum(_reached(each, surely=True) for each in people)


def _reached(table: Json, *, surely: bool = False) -> int:
    """Planned cells that a table shows, alone or merged, without totals and non-response groups."""
    kinds = {each["code"]: len(each.get("of") or [each["code"]]) for each in table["categories"]}
    many = {tuple(each["codes"]): _planned_groups(table, each) for each in table["groups"]}
    if surely and len(table["by"]) > 1:
        silent = {tuple(each["codes"]) for each in table["groups"] if _may_be_silent(each)}
        many = {codes: 0 if codes in silent else min(1, number) for codes, number in many.items()}
    return sum(
        kinds[cell["category"]] * many[tuple(cell["group"])]
        for cell in table["cells"]
        if cell["count"] is not None
    )


def _planned_groups(table: Json, group: Json) -> int:
    if not group["codes"]:
        return 0
    if table["by"] == [GROUP]:
        return 1
    many = 1
    for name, code in zip(table["by"], group["codes"], strict=True):
        many *= sum(1 for one in group.get("of", {}).get(name, [code]) if one != POOLED)
    return many


def _may_be_silent(group: Json) -> bool:
    return any(POOLED in codes for codes in group.get("of", {}).values())
