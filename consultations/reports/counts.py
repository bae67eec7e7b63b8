"""Reading the tables of a report: who stands in them, and what their categories stand for.

The figures made of several counts are worked out from what is published and from nothing else, so
that anyone can work them out again, and none tells more than the tables do.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from consultations.codebook import POOLED

Counts = Mapping[str, int | None]
"""People by category of a table; None where withheld."""

Groups = dict[tuple[str, ...], dict[str, int | None]]
Bases = dict[tuple[str, ...], int | None]


def counts(table: Mapping[str, Any]) -> Groups:
    """The cells of a table by the codes of their group."""
    found: Groups = {}
    for cell in table["cells"]:
        found.setdefault(tuple(cell["group"]), {})[cell["category"]] = cell["count"]
    return found


def bases(table: Mapping[str, Any]) -> Bases:
    """The base of every group of a table."""
    return {tuple(group["codes"]): group["base"] for group in table["groups"]}


def substantive(table: Mapping[str, Any]) -> dict[str, list[str]]:
    """The categories of a table without non-response: to each the codes that it stands for."""
    return {
        each["code"]: each.get("of") or [each["code"]]
        for each in table["categories"]
        if each["code"] != POOLED
    }


def added(numbers: Iterable[int | None]) -> int | None:
    """The sum, which is withheld as soon as one part of it is."""
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total
