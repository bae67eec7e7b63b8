"""Groups whose answers a report withholds: exactly those of which a reader sees that already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consultations.analysis.plan import GROUP
from consultations.codebook import POOLED


@dataclass(frozen=True)
class SmallGroup:
    """A group none of whose answers is told in numbers.

    by:      its dimension, or `group` for a declared one; `codes` are the categories it is made
             of where several were merged.
    counted: whether the report tells how many people it has: then somebody was heard, while a
             count that is withheld may be none at all.
    """

    by: str
    code: str
    codes: tuple[str, ...]
    counted: bool

    @property
    def key(self) -> tuple[str, str]:
        """What its prose is kept under."""
        return self.by, self.code


def small_groups(numbers: Mapping[str, Any]) -> list[SmallGroup]:
    """From protected numbers: declared groups, then those of the dimensions, in their order."""
    return [*_declared(numbers), *_of_dimensions(numbers)]


def _declared(numbers: Mapping[str, Any]) -> Iterator[SmallGroup]:
    for code in numbers["words"]["groups"]:
        bases, told = _rows(numbers, GROUP, code)
        if not told and 0 not in bases:
            yield SmallGroup(GROUP, code, (), any(bases))


def _of_dimensions(numbers: Mapping[str, Any]) -> Iterator[SmallGroup]:
    for each in numbers["coverage"]["groups"]:
        by, code, count = each["dimension"], each["codes"][0], each["count"]
        if by not in numbers["words"]["dimensions"] or code == POOLED or count == 0:
            continue
        if count is None or not _rows(numbers, by, code)[1]:
            codes = tuple(each.get("of", {}).get(by, ()))
            yield SmallGroup(by, code, codes, count is not None)


def _rows(numbers: Mapping[str, Any], by: str, code: str) -> tuple[list[int | None], bool]:
    """A group's bases in its tables, and whether any of them tells what somebody answered."""
    tables = [table for table in numbers["tables"] if table["by"] == [by]]
    bases = [row["base"] for table in tables for row in table["groups"] if row["codes"] == [code]]
    told = any(
        cell["count"] and cell["category"] != POOLED
        for table in tables
        for cell in table["cells"]
        if cell["group"] == [code]
    )
    return bases, told
