"""The matrix as a page shows it: provisions down, groups across, everyone last."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from consultations.analysis.plan import CHANNEL, ENTRY, GROUP
from consultations.reports.clause_shown import clause_shown, leading_themes
from consultations.reports.columns import Column
from consultations.reports.heard import heard_groups
from consultations.reports.numbers import ORGANISATIONS
from consultations.reports.told import Told, breakdown

MOST_COLUMNS = 9

FAR = 10
"""Points from the rest at which the matrix says so at first sight."""

ProvisionAddress = Callable[[str], str | None]
"""From a provision's eId to the address of its page, if it has one where the report is read."""


def matrix_shown(told: Told, address: ProvisionAddress) -> dict[str, Any]:
    """{groups, rows}: positions on provisions where any are asked, else five-point scales."""
    rows = _rows(told)
    columns = _columns(told, rows)
    coverage = told.numbers["coverage"]
    counts = {(each.by, each.code): each.count for each in heard_groups(told.numbers)}
    counts |= {("", ""): coverage["individuals"], (ORGANISATIONS, ""): coverage["organisations"]}
    return {
        "groups": [
            {"label": label, "count": counts.get((by, codes[0] if codes else ""))}
            for (by, codes), label in columns.items()
        ],
        "rows": [
            _row(told, question, rows, list(columns), address)
            for question in dict.fromkeys(each["question"] for each in rows)
        ],
    }


def _rows(told: Told) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = [
        each for each in told.numbers["matrix"] if breakdown(each) not in (CHANNEL, ENTRY)
    ]
    positions = [each for each in rows if told.asked(each["question"])["role"] == "position"]
    return positions or rows


def _columns(told: Told, rows: Sequence[Mapping[str, Any]]) -> dict[Column, str]:
    """Groups over categories, else those of the dimensions that fit; organisations; everyone."""
    named: dict[str, dict[Column, str]] = {}
    for row in rows:
        by = breakdown(row)
        named.setdefault(by, {})[by, tuple(row["group"]["codes"])] = _column_name(told, row)
    people = dict(named.get(GROUP, {}))
    if not people:
        for dimension in told.dimensions:
            more = named.get(dimension, {})
            if len(people) + len(more) <= MOST_COLUMNS:
                people |= more
    return people | named.get(ORGANISATIONS, {}) | named.get("", {})


def _column_name(told: Told, row: Mapping[str, Any]) -> str:
    by = breakdown(row)
    if by == ORGANISATIONS:
        return str(gettext("Organisations"))
    return told.row_name(row) if by else str(gettext("Everyone"))


def _row(
    told: Told,
    question: str,
    rows: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    address: ProvisionAddress,
) -> dict[str, Any]:
    mine = {
        (breakdown(row), tuple(row["group"]["codes"])): row
        for row in rows
        if row["question"] == question
    }
    asked = told.asked(question)
    return {
        "provision": told.provision(asked["provision"]),
        "question": None if asked["role"] == "position" else told.labels.question(question),
        "href": address(asked["provision"]),
        "cells": [_cell(mine.get(column)) for column in columns],
        "wanted": leading_themes(told, asked["provision"]),
        "sections": clause_shown(told, question, columns, mine),
    }


def _cell(row: Mapping[str, Any] | None) -> dict[str, Any]:
    """`far`: points above or below the rest, where they are many."""
    if row is None:
        return {"net": None, "table": None, "far": None}
    distance = (row.get("rest") or {}).get("distance")
    far = distance if distance is not None and abs(distance) >= FAR else None
    return {"net": row["net"], "table": row["table"], "far": far}
