"""Tables of a report written by hand: groups down, categories across."""

from collections.abc import Mapping, Sequence
from typing import Any

Rows = Mapping[tuple[str, ...], Mapping[str, int | None]]


def a_table(
    name: str,
    kind: str,
    rows: Rows,
    *,
    by: Sequence[str] = (),
    of: Mapping[str, Sequence[str]] | None = None,
    bases: Mapping[tuple[str, ...], int | None] | None = None,
) -> dict[str, Any]:
    """A table of a question; `of` are its merged categories, `bases` where cells do not tell."""
    merged, categories = of or {}, list(next(iter(rows.values())))
    base = {codes: _sum(cells.values()) for codes, cells in rows.items()} | dict(bases or {})
    return {
        "id": f"{name}.by.{'.'.join(by)}" if by else f"{name}.overall",
        "question": name,
        "kind": kind,
        "by": list(by),
        "population": "individuals",
        "status": "merged" if merged else "published",
        "merges": [],
        "categories": [
            {"code": code, **({"of": list(merged[code])} if code in merged else {})}
            for code in categories
        ],
        "groups": [
            {"codes": list(codes), "base": base[codes], "answered": _sum(_answers(cells))}
            for codes, cells in rows.items()
        ],
        "cells": [
            {
                "category": category,
                "group": list(codes),
                "count": count,
                "percent": _percent(count, base[codes]),
            }
            for codes, cells in rows.items()
            for category, count in cells.items()
        ],
    }


def _answers(cells: Mapping[str, int | None]) -> list[int | None]:
    return [count for category, count in cells.items() if category != "-"]


def _sum(counts: Any) -> int | None:
    found = list(counts)
    return None if None in found else sum(found)


def _percent(count: int | None, base: int | None) -> float | None:
    return round(100 * count / base, 1) if count is not None and base else None
