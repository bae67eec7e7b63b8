"""How exact shares are, where people were chosen by a documented probability design."""

from collections.abc import Iterable, Mapping
from typing import Any

from consultations.analysis.statistics.intervals import wilson
from consultations.reports.counts import bases

PROBABILITY = "probability"


def has_intervals(sampling: str, design: Mapping[str, str]) -> bool:
    """Whether a consultation documents a probability design; of no other is an interval shown."""
    return sampling == PROBABILITY and any(text.strip() for text in design.values())


def with_intervals(tables: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Tables of individuals with an interval of 95 % beside every share, in per cent."""
    return [
        {**table, "cells": [_with_interval(cell, bases(table)) for cell in table["cells"]]}
        if table["population"] == "individuals"
        else dict(table)
        for table in tables
    ]


def _with_interval(
    cell: Mapping[str, Any], base: Mapping[tuple[str, ...], int | None]
) -> dict[str, Any]:
    people = base[tuple(cell["group"])]
    if cell["count"] is None or not people:
        return {**cell, "interval": None}
    return {**cell, "interval": [round(100 * each, 1) for each in wilson(cell["count"], people)]}
