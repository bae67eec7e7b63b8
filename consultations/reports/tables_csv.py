"""The tables of a report as CSV: the same numbers, and no others."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from consultations.spreadsheets import harmless

COLUMNS = ("table", "by", "group", "category", "count", "percent", "base", "answered")


def tables_csv(report: Mapping[str, Any]) -> str:
    """One line per cell: codes and numbers only, the same in every language."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for table in report["tables"]:
        writer.writerows(_lines(table))
    return out.getvalue()


def _lines(table: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    groups = {tuple(group["codes"]): group for group in table["groups"]}
    for cell in table["cells"]:
        group = groups[tuple(cell["group"])]
        yield (
            harmless(table["id"]),
            harmless(" ".join(table["by"])),
            harmless(" ".join(cell["group"])),
            harmless(cell["category"]),
            *(_number(value) for value in (cell["count"], cell["percent"])),
            *(_number(group[name]) for name in ("base", "answered")),
        )


def _number(value: float | None) -> object:
    return "" if value is None else value
