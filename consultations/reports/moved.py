"""How far counts moved between two publications of the same people, as a reader can work it out.

Two publications are subtracted from each other: groups and categories that one of them merges are
added up in the other first. What follows from subtraction follows here too: of a row or a column
in which some numbers are withheld, how far all of these moved together.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from math import inf
from typing import Any

from consultations.analysis.plan import CHANNEL, GROUP, LANGUAGE
from consultations.codebook import POOLED
from consultations.reports.counterparts import counterparts

Json = Mapping[str, Any]
Sets = tuple[frozenset[str], ...]
"""For each breakdown, the planned codes that a group stands for; () is everyone."""
Key = tuple[Sets, str | frozenset[str]]
Grid = dict[Key, int | None]
"""Counts by group and category; the category "" is the base."""

Joined = Sequence[Mapping[str, frozenset[str]]]
Common = tuple[Joined, Mapping[str, frozenset[str]]]

BASE, ANSWERED = "", "+"
SILENT = frozenset({POOLED})
DIMENSION, NON_RESPONSE = "coverage.groups", "coverage.non_response"


def moves(earlier: Json, later: Json, sensitive: Collection[str] = ()) -> dict[str, list[int]]:
    """How far every comparable count moved: by id of the later table, and by part of the coverage.

    Takes two reports of one round (`coverage` and `tables` as in report.json). The number of
    individuals alone is left out: everyone may know that one answer more came in. So is how many
    did not answer a question, unless it is `sensitive`: as in every report, that is no secret.
    """
    found: dict[str, list[int]] = {}
    for name, before, after in counterparts(earlier, later):
        found.setdefault(name, []).extend(_of_table(before, after, after["question"] in sensitive))
    parts = _parts(earlier["coverage"]), _parts(later["coverage"])
    for name in parts[0].keys() & parts[1].keys():
        (_, base), *rest = _of_coverage(parts[0][name], parts[1][name]).items()
        found[name] = [value for _, value in rest if value is not None]
        if name != f"{DIMENSION}.{GROUP}":
            found[name] += _left_over(base, [value for _, value in rest])
            found[name] += (least for _, least in _at_least(parts[0][name], parts[1][name]))
    return found | _of_silence(earlier["coverage"], later["coverage"], sensitive)


def opened(earlier: Json, later: Json) -> set[str]:
    """What of two reports of one round tells, together, more than each: named as in `moves`.

    The gaps of a row or column whose withheld numbers did not move, taken together, must be the
    same: where one report tells what the other withholds, what it withholds instead follows.
    """
    parts = _parts(earlier["coverage"]), _parts(later["coverage"])
    pairs = [*counterparts(earlier, later)]
    pairs += [(name, parts[0][name], parts[1][name]) for name in parts[0].keys() & parts[1].keys()]
    return {name for name, before, after in pairs if _is_opened(before, after)}


def moved_too_little(moved: Iterable[int], threshold: int) -> bool:
    """Whether a count moved, but by fewer people than the threshold."""
    return any(0 < abs(value) < threshold for value in moved)


def all_of_one_mind(earlier: Json, later: Json, threshold: int) -> bool:
    """Whether all who changed in a group gave the same answer, and are few enough to protect.

    The rule for sensitive questions, applied to the difference of two tables.
    """
    difference = _difference(earlier, later)
    rows: dict[Sets, list[int]] = {}
    for (group, category), value in difference.items():
        if isinstance(category, frozenset) and value is not None:
            rows.setdefault(group, []).append(value)
    return any(
        0 < abs(sum(row)) < 5 * threshold and sum(1 for value in row if value) == 1
        for row in rows.values()
    )


def _of_table(earlier: Json, later: Json, sensitive: bool) -> list[int]:
    difference = _difference(earlier, later)
    moved = [*difference.items(), *_at_least(earlier, later)]
    moved += _outside(later, difference)
    found = [
        value
        for (_, category), value in moved
        if value is not None and (sensitive or category != SILENT)
    ]
    for total, parts in _lines(later, difference):
        found += _left_over(difference.get(total), [difference[part] for part in parts])
    return found


def _outside(table: Json, difference: Grid) -> Iterator[tuple[Key, int]]:
    """How far everyone outside a group over categories moved."""
    if table["by"] == [GROUP]:
        for (group, category), value in difference.items():
            total = difference.get(((), category))
            if group and value is not None and total is not None:
                yield (group, category), total - value


def _at_least(earlier: Json, later: Json) -> Iterator[tuple[Key, int]]:
    """How many must have moved, since one report tells more than the other leaves room for.

    What stands in a merged group or category is no more than all of it, and what is withheld no
    more than all that its row or column withholds.
    """
    common = _common(earlier, later)
    grids = _grid(earlier, *common), _grid(later, *common)
    lines = list(_lines(later, grids[0] | grids[1]))
    for table, grid in ((earlier, grids[1]), (later, grids[0])):
        most = _most(grid, lines)
        for key, value in _cells(table, *common):
            if value is not None and value > (room := most(key)):
                yield key, value - int(room)


def _most(grid: Grid, lines: Iterable[tuple[Key, list[Key]]]) -> Callable[[Key], float]:
    """How many can stand in each place of a grid at most."""
    found: dict[Key, float] = {}
    for total, parts in lines:
        for rest in _left_over(grid.get(total, 0), [grid.get(part, 0) for part in parts]):
            hidden = [part for part in parts if grid.get(part, 0) is None]
            found |= {part: min(rest, found.get(part, inf)) for part in hidden}

    def most(key: Key) -> float:
        value = grid.get(key, 0)
        return found.get(key, inf) if value is None else value

    return most


def _is_opened(earlier: Json, later: Json) -> bool:
    before, after = _grids(earlier, later)
    difference = _subtracted(before, after)
    gaps = [{key for key in difference if grid.get(key, 0) is None} for grid in (before, after)]
    for total, parts in _lines(later, difference):
        many = max(len(gap.intersection(parts)) for gap in gaps)
        still = _left_over(difference.get(total), [difference[part] for part in parts]) == [0]
        if still and many > 1 and (gaps[0] ^ gaps[1]).intersection(parts):
            return True
    alone = gaps[0] ^ gaps[1] if not later.get("exclusive", True) else set()
    return any(difference.get((group, BASE)) == 0 for group, _ in alone)


def _lines(table: Json, grid: Grid) -> Iterator[tuple[Key, list[Key]]]:
    """The rows and columns of a grid that add up: where their total stands, and their parts."""
    if table.get("exclusive", True):
        rows: dict[Sets, list[Key]] = {}
        for group, category in grid:
            if isinstance(category, frozenset):
                rows.setdefault(group, []).append((group, category))
        yield from (((group, BASE), parts) for group, parts in rows.items())
    if table["by"] and table["by"] != [GROUP]:
        columns: dict[str | frozenset[str], list[Key]] = {}
        for group, category in grid:
            if group:
                columns.setdefault(category, []).append((group, category))
        yield from ((((), category), parts) for category, parts in columns.items())


def _left_over(total: int | None, parts: Sequence[int | None]) -> list[int]:
    """What the withheld parts of a known total moved by, taken together."""
    if total is None or None not in parts:
        return []
    return [total - sum(part for part in parts if part is not None)]


def _difference(earlier: Json, later: Json) -> Grid:
    """Later minus earlier, in the finest groups and categories that both can be added up to."""
    return _subtracted(*_grids(earlier, later))


def _grids(earlier: Json, later: Json) -> tuple[Grid, Grid]:
    """Both tables in the finest groups and categories that both can be added up to."""
    common = _common(earlier, later)
    return _grid(earlier, *common), _grid(later, *common)


def _common(earlier: Json, later: Json) -> Common:
    """To each code, the group or category that both tables can be added up to."""
    within = [[_within(table, group) for group in table["groups"]] for table in (earlier, later)]
    sets = [each for both in within for each in both if each]
    joined = [_joined(codes) for codes in zip(*sets, strict=True)]
    return joined, _joined(_category(c) for table in (earlier, later) for c in table["categories"])


def _subtracted(before: Grid, after: Grid) -> Grid:
    return {key: _minus(after.get(key, 0), before.get(key, 0)) for key in before | after}


def _grid(table: Json, joined: Joined, kinds: Mapping[str, frozenset[str]]) -> Grid:
    found: Grid = {}
    for key, value in _cells(table, joined, kinds):
        so_far = found.get(key, 0)
        found[key] = None if so_far is None or value is None else so_far + value
    return found


def _cells(
    table: Json, joined: Joined, kinds: Mapping[str, frozenset[str]]
) -> Iterator[tuple[Key, int | None]]:
    """Every number of a table, and where it is added up."""
    place = {
        tuple(group["codes"]): tuple(
            part[next(iter(codes))]
            for part, codes in zip(joined, _within(table, group), strict=False)
        )
        for group in table["groups"]
    }
    category = {each["code"]: kinds[next(iter(_category(each)))] for each in table["categories"]}
    for group in table["groups"]:
        for name, field in ((BASE, "base"), (ANSWERED, "answered")):
            yield (place[tuple(group["codes"])], name), group[field]
    for cell in table["cells"]:
        yield (place[tuple(cell["group"])], category[cell["category"]]), cell["count"]


def _minus(later: int | None, earlier: int | None) -> int | None:
    return None if later is None or earlier is None else later - earlier


def _within(table: Json, group: Json) -> Sets:
    of = group.get("of", {})
    if table["by"] == [GROUP] and group["codes"]:
        # Groups over categories overlap: one is comparable only with itself, made alike.
        made = " ".join(f"{name}={'+'.join(sorted(codes))}" for name, codes in sorted(of.items()))
        return (frozenset({f"{group['codes'][0]} {made}"}),)
    return tuple(
        frozenset(of.get(name, (code,)))
        for name, code in zip(table["by"], group["codes"], strict=False)
    )


def _category(category: Json) -> frozenset[str]:
    return frozenset(category.get("of") or [category["code"]])


def _joined(sets: Iterable[frozenset[str]]) -> dict[str, frozenset[str]]:
    """Every code with all codes that some chain of overlapping sets ties it to."""
    found: dict[str, frozenset[str]] = {}
    for codes in sets:
        tied = reduce(frozenset.union, (found.get(code, frozenset()) for code in codes), codes)
        found |= dict.fromkeys(tied, tied)
    return found


def _parts(coverage: Json) -> dict[str, Json]:
    """The coverage as tables of bases, one for each way of breaking everyone down."""
    lists: dict[str, list[Json]] = {}
    for group in coverage["groups"]:
        lists.setdefault(group["dimension"], []).append(group)
    lists |= {CHANNEL: coverage["by_channel"], LANGUAGE: coverage["by_language"]}
    return {
        f"{DIMENSION}.{name}": _of_bases(name, coverage["individuals"], groups)
        for name, groups in lists.items()
        if groups
    }


def _of_bases(name: str, individuals: int, groups: Sequence[Json]) -> Json:
    rows = [
        {"codes": g.get("codes") or [g["code"]], "of": g.get("of", {}), "base": g["count"]}
        for g in groups
    ]
    rows.insert(0, {"codes": [], "base": individuals})
    listed = [{**row, "answered": row["base"]} for row in rows]
    return {"by": [name], "groups": listed, "categories": [], "cells": []}


def _of_coverage(earlier: Json, later: Json) -> dict[Sets, int | None]:
    """How far bases moved, everyone first."""
    difference = _difference(earlier, later)
    return {group: value for (group, name), value in difference.items() if name == BASE}


def _of_silence(earlier: Json, later: Json, sensitive: Collection[str]) -> dict[str, list[int]]:
    before = {(one["question"], one["code"]): one["count"] for one in earlier["non_response"]}
    found: dict[str, list[int]] = {}
    for one in later["non_response"]:
        moved = found.setdefault(f"{NON_RESPONSE} {one['question']}", [])
        then = before.get((one["question"], one["code"]))
        if one["question"] in sensitive and then is not None and one["count"] is not None:
            moved.append(one["count"] - then)
    return found


def parts_of(names: Iterable[str], prefix: str) -> Iterator[str]:
    """The dimensions or questions among the names of `moves`."""
    return (name[len(prefix) + 1 :] for name in names if name.startswith(prefix))
