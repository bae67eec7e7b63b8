"""A table of the report as its page shows it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale, gettext

from consultations import figures
from consultations.reports.labels import Labels
from consultations.reports.numbers import ORGANISATIONS


def table_shown(table: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    """{id, caption, status, rule, columns, rows}: a row per group, everyone last."""
    return {
        "id": table["id"],
        "caption": caption(table, labels),
        "status": table["status"],
        "rule": rule(table),
        "columns": [labels.category(table["question"], each) for each in table["categories"]],
        "rows": [_row(table, group, labels) for group in table["groups"]],
    }


def caption(table: Mapping[str, Any], labels: Labels) -> str:
    """What a table breaks its question down by."""
    if table["population"] == ORGANISATIONS:
        return str(gettext("Organisations"))
    if not table["by"]:
        return str(gettext("Everyone"))
    names = [labels.breakdown(name) for name in table["by"]]
    if len(names) == 1:
        return str(gettext("By %(name)s", name=_lower(names[0])))
    return str(gettext("By %(one)s and %(other)s", one=_lower(names[0]), other=_lower(names[1])))


def rule(table: Mapping[str, Any]) -> str | None:
    """Which rule shaped the table, in a sentence; None where it stands as planned."""
    said = []
    if place := table.get("standing"):
        said.append(
            gettext(
                "Published on %(day)s. The answers have changed since, by too few to tell how.",
                day=figures.day(place["since"], get_locale()),
            )
        )
    if table["merges"]:
        said.append(gettext("Small categories or groups are merged."))
    if any(cell["count"] is None for cell in table["cells"]):
        said.append(gettext("Some numbers are hidden: too few people stand behind them."))
    return " ".join(said) or None


def _row(table: Mapping[str, Any], group: Mapping[str, Any], labels: Labels) -> dict[str, Any]:
    cells = {each["category"]: each for each in table["cells"] if each["group"] == group["codes"]}
    everyone = gettext("All organisations") if table["population"] == ORGANISATIONS else None
    return {
        "label": " · ".join(labels.groups(table["by"], group)) or everyone or gettext("Everyone"),
        "total": not group["codes"],
        "base": group["base"],
        "answered": group["answered"],
        "cells": [
            {
                "count": cells[each["code"]]["count"],
                "percent": cells[each["code"]]["percent"],
                "interval": cells[each["code"]].get("interval"),
            }
            for each in table["categories"]
        ],
    }


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
