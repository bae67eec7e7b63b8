"""What leaves the counting core: protected tables and coverage, free of any language."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from consultations.analysis.quantities import Route
from consultations.codebook import Policy


@dataclass(frozen=True)
class ShownCategory:
    """A category of a table; `of` lists the planned codes where it is a merged one."""

    code: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownGroup:
    """A group of a table; empty codes are everyone. `of`: dimension -> planned codes, if merged."""

    codes: tuple[str, ...]
    of: Mapping[str, tuple[str, ...]]
    base: int | None
    answered: int | None


@dataclass(frozen=True)
class Cell:
    """People of a group who gave an answer, and in per cent of the base; nothing if withheld."""

    category: str
    group: tuple[str, ...]
    count: int | None
    percent: float | None


@dataclass(frozen=True)
class Merge:
    """Planned codes that stand together. kind: categories, groups."""

    kind: str
    code: str
    of: tuple[str, ...]
    dimension: str | None = None


@dataclass(frozen=True)
class ProtectedTable:
    """A planned table and what became of it: published, merged or withheld."""

    id: str
    question: str
    kind: str
    by: tuple[str, ...]
    population: str
    status: str
    asked_after: Route | None = None
    place_of: str | None = None
    merges: tuple[Merge, ...] = ()
    categories: tuple[ShownCategory, ...] = ()
    groups: tuple[ShownGroup, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def hidden(self) -> int:
        """Withheld cells."""
        return sum(1 for cell in self.cells if cell.count is None)


@dataclass(frozen=True)
class CoverageGroup:
    """How many people of a group were heard; nothing where they are too few to count."""

    dimension: str
    codes: tuple[str, ...]
    of: Mapping[str, tuple[str, ...]]
    count: int | None


@dataclass(frozen=True)
class NonResponse:
    """A kind of non-response to a question, overall."""

    question: str
    code: str
    count: int | None


@dataclass(frozen=True)
class Coverage:
    """Who was heard."""

    individuals: int
    by_channel: Mapping[str, int | None]
    by_language: Mapping[str, int | None]
    non_response: tuple[NonResponse, ...]
    groups: tuple[CoverageGroup, ...]


@dataclass(frozen=True)
class Disclosure:
    """What was done with the plan. Cells are those of the plan before merging, without totals."""

    tables: int
    as_planned: int
    merged: int
    with_suppressed_cells: int
    withheld: int
    cells_planned: int
    cells_reached: int
    cells_hidden: int


@dataclass(frozen=True)
class Usefulness:
    """What a reader gets of the one-dimension tables, as counts and shares (nothing of nothing).

    rows:        question x planned group at or over the minimum base.
    whole:       those told without a gap in three categories at least.
    worst_group: the least share of whole rows of any group.
    gaps:        planned cells that are withheld for the base of their group, or otherwise.
    information: share of the mutual information between answers and groups that is kept.
    """

    cells_planned: int
    cells_alone: int
    cells_merged: int
    rows: int
    whole: int
    worst_group: float | None
    gaps: Mapping[str, int]
    information: float | None

    @property
    def reached(self) -> float | None:
        return _share(self.cells_alone + self.cells_merged, self.cells_planned)

    @property
    def rows_without_gap(self) -> float | None:
        return _share(self.whole, self.rows)


@dataclass(frozen=True)
class Protected:
    """All that may be published of a round's counted answers.

    audit: the models in which it was shown safe (`questions`, `joint`), and how what is
           protected was shown to be open (`whole`, `bounds`), for the method annex.
    """

    policy: Policy
    coverage: Coverage
    tables: tuple[ProtectedTable, ...]
    disclosure: Disclosure
    usefulness: Usefulness
    audit: tuple[str, ...] = field(default=())

    def as_published(self) -> dict[str, Any]:
        """Policy, coverage and tables in the shape of report.json, with codes and no labels."""
        return {
            "policy": {
                "threshold": self.policy.threshold,
                "minimum_base": self.policy.minimum_base,
                "sensitive_zero_rule": self.policy.sensitive_zero_rule,
            },
            "coverage": _coverage(self.coverage),
            "tables": [_table(table) for table in self.tables],
        }


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "individuals": coverage.individuals,
        "by_channel": [{"code": c, "count": n} for c, n in coverage.by_channel.items()],
        "by_language": [{"code": c, "count": n} for c, n in coverage.by_language.items()],
        "non_response": [asdict(one) for one in coverage.non_response],
        "groups": [
            {
                "dimension": group.dimension,
                "codes": list(group.codes),
                **_of(group.of),
                "count": group.count,
            }
            for group in coverage.groups
        ],
    }


def _table(table: ProtectedTable) -> dict[str, Any]:
    shape: dict[str, Any] = {"id": table.id, "question": table.question, "kind": table.kind}
    if table.kind == "multiple":
        shape["exclusive"] = False
    if route := table.asked_after:
        shape["asked_after"] = {
            "question": route.question,
            "codes": sorted(route.codes),
            "exact": route.exact,
        }
    if table.place_of:
        shape["place_of"] = table.place_of
    return shape | {
        "by": list(table.by),
        "population": table.population,
        "status": table.status,
        "merges": [_merge(merge) for merge in table.merges],
        "categories": [
            {"code": one.code, **({"of": list(one.of)} if one.of else {})}
            for one in table.categories
        ],
        "groups": [
            {
                "codes": list(group.codes),
                **_of(group.of),
                "base": group.base,
                "answered": group.answered,
            }
            for group in table.groups
        ],
        "cells": [
            {
                "category": cell.category,
                "group": list(cell.group),
                "count": cell.count,
                "percent": cell.percent,
            }
            for cell in table.cells
        ],
    }


def _merge(merge: Merge) -> dict[str, Any]:
    named = {"dimension": merge.dimension} if merge.dimension else {}
    return {"kind": merge.kind, **named, "code": merge.code, "of": list(merge.of)}


def _of(of: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    return {"of": {name: list(codes) for name, codes in of.items()}} if of else {}
