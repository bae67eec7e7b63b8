"""What a question's tables say of the groups that stand across the matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consultations.reports.numbers import ORGANISATIONS
from consultations.reports.told import Told

Column = tuple[str, tuple[str, ...]]
"""What a group is of, and its codes."""

Heap = tuple[str, ...]
"""Categories that stand together, by their codes."""


@dataclass(frozen=True)
class Shown:
    """A number of a table, or its gap; not asked where no table is planned.

    percent is of the base of the group.
    """

    count: int | None = None
    percent: float | None = None
    asked: bool = True


class Across:
    """The groups of some columns in the tables of one question."""

    def __init__(self, told: Told, question: str, columns: Sequence[Column]) -> None:
        self.question = question
        self._tables = {each["id"]: each for each in told.tables.get(question, ())}
        self._columns = [(self._table(by), codes) for by, codes in columns]

    def bases(self) -> list[Shown]:
        """How many were asked, by column."""
        return [self._of_group(table, codes, "base") for table, codes in self._columns]

    def counts(self, heap: Heap) -> list[Shown]:
        """Those who chose any of some categories."""
        return [self._count(table, codes, heap) for table, codes in self._columns]

    def heaps(self, codes: Sequence[str]) -> list[Heap]:
        """The choices, together where any column's table shows them together: alike in all."""
        heaps = [{code} for code in codes]
        for table, _ in self._columns:
            for category in table["categories"] if table else ():
                of = set(category.get("of") or [category["code"]])
                apart = [heap for heap in heaps if not heap & of]
                together: set[str] = set().union(*(heap for heap in heaps if heap & of))
                heaps = [*apart, together] if together else apart
        found = [tuple(code for code in codes if code in heap) for heap in heaps]
        return sorted(found, key=lambda heap: codes.index(heap[0]))

    def _table(self, by: str) -> Mapping[str, Any] | None:
        name = "overall" if by in ("", ORGANISATIONS) else f"by.{by}"
        apart = f".{ORGANISATIONS}" if by == ORGANISATIONS else ""
        return self._tables.get(f"{self.question}.{name}{apart}")

    @staticmethod
    def _group(table: Mapping[str, Any], codes: Sequence[str]) -> Mapping[str, Any] | None:
        return next((each for each in table["groups"] if each["codes"] == list(codes)), None)

    def _of_group(self, table: Mapping[str, Any] | None, codes: Sequence[str], name: str) -> Shown:
        if table is None:
            return Shown(asked=False)
        group = self._group(table, codes)
        return Shown(group[name] if group else None)

    def _count(self, table: Mapping[str, Any] | None, codes: Sequence[str], heap: Heap) -> Shown:
        base = self._of_group(table, codes, "base")
        if table is None or not base.count:
            return Shown(asked=base.asked)
        inside = {
            each["code"]
            for each in table["categories"]
            if set(each.get("of") or [each["code"]]) <= set(heap)
        }
        counts = [
            cell["count"]
            for cell in table["cells"]
            if cell["group"] == list(codes) and cell["category"] in inside
        ]
        if None in counts:
            return Shown()
        count = sum(counts)
        return Shown(count, round(100 * count / base.count, 1))
