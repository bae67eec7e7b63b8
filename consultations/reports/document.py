"""report.json: the frozen numbers with their words in one language, for one audience."""

from collections.abc import Mapping
from typing import Any

from consultations.reports.labels import Labels

SCHEMA = "consultations.report/1"
PUBLIC, NEGOTIATORS = AUDIENCES = ("public", "negotiators")
COPIED = ("consultation", "round", "revision", "generated_on", "sampling", "policy", "matrix",
          "campaigns", "disclosure")  # fmt: skip
FIGURES = ("scales", "statements", "weighted", "reach")
"""Worked out from the tables; reports published before there were any have none."""
WANTED = {"themes": "themes", "preferences": "alternatives"}
TABLE_FIELDS = ("id", "question", "provision", "kind", "exclusive", "by", "population", "status",
                "asked_after", "place_of", "merges")  # fmt: skip


def report_document(
    numbers: Mapping[str, Any], *, language: str, audience: str = PUBLIC
) -> dict[str, Any]:
    """The report without its manifest; call it with the locale of `language` in force."""
    labels = Labels(numbers["words"], language)
    return {
        "schema": SCHEMA,
        "audience": audience,
        "language": language,
        **{name: numbers[name] for name in COPIED},
        **{name: numbers[name] for name in FIGURES if name in numbers},
        **{
            name: [_labelled(each, part, labels) for each in numbers[name]]
            for name, part in WANTED.items()
            if name in numbers
        },
        "coverage": _coverage(numbers["coverage"], labels),
        "tables": [_table(each, labels) for each in numbers["tables"]],
        "provisions": [_provision(each, labels) for each in numbers["provisions"]],
    }


def _labelled(row: Mapping[str, Any], part: str, labels: Labels) -> dict[str, Any]:
    """A row of what a group wants, its themes or alternatives by their names."""
    return {
        **row,
        part: [{**each, "label": labels.category(row["question"], each)} for each in row[part]],
    }


def _coverage(coverage: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    groups = [
        {
            **group,
            "label": labels.group(
                group["dimension"],
                group["codes"][0],
                group.get("of", {}).get(group["dimension"], ()),
            ),
        }
        for group in coverage["groups"]
    ]
    return {**coverage, "groups": groups}


def _table(table: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    return {
        **{name: table[name] for name in TABLE_FIELDS if name in table},
        "categories": [
            {**category, "label": labels.category(table["question"], category)}
            for category in table["categories"]
        ],
        "groups": [
            {**group, "labels": labels.groups(table["by"], group)} for group in table["groups"]
        ],
        "cells": table["cells"],
    }


def _provision(provision: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    return {
        "eid": provision["eid"],
        "wid": provision["wid"],
        "number": labels.say(provision["number"]),
        "heading": labels.say(provision["heading"]),
        "positions": provision["positions"],
        "themes": [
            {**theme, "label": labels.say(theme["label"]), "read_as": labels.say(theme["read_as"])}
            for theme in provision["themes"]
        ],
        "proposed_wordings": provision["proposed_wordings"],
        "dispositions": provision["dispositions"],
    }
