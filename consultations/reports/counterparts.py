"""Tables of two publications that tell of the same people, though they break them down otherwise.

Whoever holds an overall table and a later one by age can read the same total off both: a table
that was withheld before is no news to compare with itself, but its margins are with others.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from consultations.analysis.plan import GROUP

Json = Mapping[str, Any]
Codes = tuple[str, ...]


def counterparts(earlier: Json, later: Json) -> Iterator[tuple[str, Json, Json]]:
    """(id of a later table, an earlier one, the later one), both reduced to what they share."""
    before: dict[tuple[str, str], list[Json]] = {}
    known = _known(earlier, later)
    for table in _shown(earlier, known):
        before.setdefault(_about(table), []).append(table)
    for table in _shown(later, known):
        for other in before.get(_about(table), ()):
            yield from ((table["id"], *pair) for pair in _reduced(other, table))


def told(table: Json) -> bool:
    """Whether anything of a table is shown."""
    return bool(table["status"] != "withheld")


def _known(*reports: Json) -> dict[str, set[str]]:
    """The codes of each dimension, as far as the reports tell of them."""
    found: dict[str, set[str]] = {}
    for report in reports:
        for group in report["coverage"]["groups"]:
            of = group.get("of", {}).get(group["dimension"], group["codes"])
            found.setdefault(group["dimension"], set()).update(of)
        for table in report["tables"]:
            for group in table["groups"] if table["by"] != [GROUP] else ():
                for name in table["by"] if group["codes"] else ():
                    found.setdefault(name, set()).update(_codes(table, group, name))
    return found


def _shown(report: Json, known: Mapping[str, set[str]]) -> Iterator[Json]:
    """Its tables that show anything; a group that holds all of a dimension is not by it."""
    for table in filter(told, report["tables"]):
        if table["by"] != [GROUP]:
            yield table
            continue
        groups = [
            {**group, "of": {
                name: codes
                for name, codes in group.get("of", {}).items()
                if not known.get(name, {""}) <= set(codes)
            }}
            for group in table["groups"]
        ]  # fmt: skip
        yield {**table, "groups": groups}


def _about(table: Json) -> tuple[str, str]:
    return table["question"], table.get("population", "")


def _reduced(one: Json, other: Json) -> Iterator[tuple[Json, Json]]:
    if one["by"] == other["by"]:
        yield one, other
        return
    shared = [name for name in one["by"] if name in other["by"]]
    yield _onto(one, shared), _onto(other, shared)
    if one["by"] == [GROUP]:
        yield one, _in_groups(other, one)
    elif other["by"] == [GROUP]:
        yield _in_groups(one, other), other


def _onto(table: Json, names: Sequence[str]) -> Json:
    """A table by fewer dimensions, or by none."""
    places = [table["by"].index(name) for name in names]
    whole = [group for group in table["groups"] if not group["codes"]]
    rows: dict[Codes, list[Json]] = {}
    for group in table["groups"] if names else ():
        if group["codes"]:
            rows.setdefault(tuple(group["codes"][place] for place in places), []).append(group)
    made = [
        ({"codes": [*codes], "of": _only(parts[0], names)}, parts) for codes, parts in rows.items()
    ]
    return _made(table, names, [*made, ({"codes": []}, whole)])


def _only(group: Json, names: Sequence[str]) -> dict[str, Any]:
    return {name: codes for name, codes in group.get("of", {}).items() if name in names}


def _in_groups(table: Json, by_group: Json) -> Json:
    """A table by dimensions as one by groups over their categories, as far as they make them up."""
    made: list[tuple[dict[str, Any], list[Json]]] = [
        ({"codes": []}, [group for group in table["groups"] if not group["codes"]])
    ]
    for group in by_group["groups"]:
        of = group.get("of", {})
        if group["codes"] and set(of) <= set(table["by"]):
            parts = list(_inside(table, of))
            if parts and _fill(table, parts, of):
                made.append(({"codes": group["codes"], "of": of}, parts))
    return _made(table, [GROUP], made)


def _inside(table: Json, of: Json) -> Iterator[Json]:
    for group in table["groups"]:
        if group["codes"] and all(_codes(table, group, name) <= set(of[name]) for name in of):
            yield group


def _fill(table: Json, parts: Sequence[Json], of: Json) -> bool:
    """Whether parts hold all of the people of a group that a table has at all."""
    rows = [group for group in table["groups"] if group["codes"]]
    touched = [
        group for group in rows if all(_codes(table, group, name) & set(of[name]) for name in of)
    ]
    return len(touched) == len(parts)


def _codes(table: Json, group: Json, name: str) -> set[str]:
    return set(group.get("of", {}).get(name) or [group["codes"][table["by"].index(name)]])


def _made(
    table: Json, by: Sequence[str], groups: Sequence[tuple[dict[str, Any], Sequence[Json]]]
) -> Json:
    """A table of groups, each made of some of another's."""
    cells = {(tuple(c["group"]), c["category"]): c["count"] for c in table["cells"]}
    kinds = [each["code"] for each in table["categories"]]
    return {
        **table,
        "by": [*by],
        "groups": [
            group | {name: _sum(part[name] for part in parts) for name in ("base", "answered")}
            for group, parts in groups
        ],
        "cells": [
            {
                "group": group["codes"],
                "category": kind,
                "count": _sum(cells[tuple(part["codes"]), kind] for part in parts),
            }
            for group, parts in groups
            for kind in kinds
        ],
    }


def _sum(values: Iterator[int | None]) -> int | None:
    return reduce(_plus, values)


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
