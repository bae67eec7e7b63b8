"""Protected tables made coarser: merged further, or withdrawn.

What comes out is worked out from protected tables alone, so it tells a reader nothing that those
would not have told.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from consultations.analysis.merging import Merged
from consultations.analysis.plan import CHANNEL, ENTRY, GROUP, LANGUAGE
from consultations.analysis.publication import (
    Cell,
    Coverage,
    CoverageGroup,
    Disclosure,
    Merge,
    Protected,
    ProtectedTable,
    ShownCategory,
    ShownGroup,
    Usefulness,
)
from consultations.codebook import POOLED
from consultations.reports.disclosed import fewest_reached

Parts = Mapping[str, Merged]
"""From the code of a group or category as it is shown, to the one that takes it in."""

UNMEASURED = Usefulness(0, 0, 0, 0, 0, None, {}, None)
"""Of tables that were changed after they were protected, usefulness is not measured again."""


def withdrawn(table: ProtectedTable) -> ProtectedTable:
    """The table with nothing shown."""
    return replace(
        table, status="withheld", asked_after=None, place_of=None, merges=(), categories=(),
        groups=(), cells=()
    )  # fmt: skip


def merged(table: ProtectedTable, groups: Mapping[str, Parts], categories: Parts) -> ProtectedTable:
    """The table with groups (by dimension) and categories added up."""
    rows: dict[tuple[str, ...], ShownGroup] = {}
    taken: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in table.groups:
        codes, of = _group(table, row, groups)
        taken[row.codes] = codes
        known = rows.get(codes)
        base = row.base if known is None else _sum(known.base, row.base)
        answered = row.answered if known is None else _sum(known.answered, row.answered)
        rows[codes] = ShownGroup(codes, of, base, answered)
    kinds = {each.code: categories.get(each.code) or _alone(each) for each in table.categories}
    counts: dict[tuple[tuple[str, ...], str], int | None] = {}
    for cell in table.cells:
        key = taken[cell.group], kinds[cell.category].code
        counts[key] = _sum(counts[key], cell.count) if key in counts else cell.count
    shown = dict.fromkeys(kinds.values())
    merges = (*_category_merges(shown), *_group_merges(table, rows.values()))
    return replace(
        table,
        status="merged" if merges else table.status,
        merges=merges,
        categories=tuple(ShownCategory(one.code, one.of if one.merged else ()) for one in shown),
        groups=tuple(rows.values()),
        cells=tuple(
            Cell(category, group, count, _percent(count, rows[group].base))
            for (group, category), count in counts.items()
        ),
    )


def coverage(
    of: Coverage, groups: Mapping[str, Parts], gone: Collection[str], silent: Collection[str]
) -> Coverage:
    """The coverage with groups added up, without the breakdowns that are `gone` and without the
    kinds of non-response to the questions that are `silent`."""
    found: dict[tuple[str, str], CoverageGroup] = {}
    for one in of.groups:
        if one.dimension in gone:
            continue
        part = groups.get(one.dimension, {}).get(one.codes[0])
        code = part.code if part else one.codes[0]
        known = found.get((one.dimension, code))
        stands_for = {one.dimension: part.of} if part and part.merged else one.of
        count = one.count if known is None else _sum(known.count, one.count)
        found[one.dimension, code] = CoverageGroup(one.dimension, (code,), stands_for, count)
    return replace(
        of,
        by_channel={} if CHANNEL in gone else of.by_channel,
        by_language={} if LANGUAGE in gone else of.by_language,
        non_response=tuple(one for one in of.non_response if one.question not in silent),
        groups=tuple(found.values()),
    )


def with_tables(
    protected: Protected, tables: Sequence[ProtectedTable], heard: Coverage
) -> Protected:
    """Protected tables with others in their places, and what was done counted again."""
    if tuple(tables) == protected.tables and heard == protected.coverage:
        return protected
    figures = protected.disclosure
    status = [table.status for table in tables]
    lost = sum(map(_reached, protected.tables)) - sum(map(_reached, tables))
    result = replace(protected, coverage=heard, tables=tuple(tables), usefulness=UNMEASURED)
    # Of a merged group of a crossing, planned groups may have been counted that never occurred.
    reached = max(figures.cells_reached - lost, fewest_reached(result.as_published()["tables"]))
    return replace(
        result,
        disclosure=Disclosure(
            tables=figures.tables,
            as_planned=status.count("published"),
            merged=status.count("merged"),
            with_suppressed_cells=sum(1 for table in tables if table.hidden),
            withheld=status.count("withheld"),
            cells_planned=figures.cells_planned,
            cells_reached=reached,
            cells_hidden=figures.cells_planned - reached,
        ),
    )


def _reached(table: ProtectedTable) -> int:
    """Planned cells that a table shows, alone or merged, without totals and non-response groups."""
    kinds = {each.code: len(each.of) or 1 for each in table.categories}
    many = {row.codes: _planned_groups(table, row) for row in table.groups}
    return sum(
        kinds[cell.category] * many[cell.group] for cell in table.cells if cell.count is not None
    )


def _planned_groups(table: ProtectedTable, row: ShownGroup) -> int:
    if not row.codes:
        return 0
    if table.by == (GROUP,):
        return 1
    many = 1
    for name, code in zip(table.by, row.codes, strict=True):
        many *= sum(1 for one in row.of.get(name, (code,)) if one != POOLED)
    return many


def _group(
    table: ProtectedTable, row: ShownGroup, groups: Mapping[str, Parts]
) -> tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]:
    if not row.codes or table.by == (GROUP,):
        return row.codes, row.of
    codes, of = [], dict(row.of)
    for name, code in zip(table.by, row.codes, strict=True):
        part = groups.get(name, {}).get(code)
        codes.append(part.code if part else code)
        if part and part.merged:
            of[name] = part.of
    return tuple(codes), of


def _alone(category: ShownCategory) -> Merged:
    return Merged(category.code, category.of or (category.code,))


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _percent(count: int | None, base: int | None) -> float | None:
    return round(100 * count / base, 1) if count is not None and base else None


def _category_merges(categories: Collection[Merged]) -> list[Merge]:
    return [Merge("categories", one.code, one.of) for one in categories if one.merged]


def _group_merges(table: ProtectedTable, rows: Collection[ShownGroup]) -> list[Merge]:
    if table.by in ((GROUP,), (CHANNEL,), (ENTRY,)):
        return [merge for merge in table.merges if merge.kind == "groups"]
    found = {
        (name, code): Merge("groups", code, row.of[name], name)
        for row in rows
        for name, code in zip(table.by, row.codes, strict=bool(row.codes))
        if name in row.of
    }
    return list(found.values())
