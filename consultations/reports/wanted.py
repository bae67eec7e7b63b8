"""What each group wants changed, and which alternative of each open bracket it prefers.

Nothing is counted here: every number stands in a published table, and comes out as it is there.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from consultations.codebook import POOLED
from consultations.questionnaires.brackets import NO_VIEW

Table = Mapping[str, Any]
Words = Mapping[str, Any]


def themes(tables: Iterable[Table], words: Words) -> list[dict[str, Any]]:
    """For every provision and group, the themes in what people wrote.

    Base are those who were asked to write, answered those whose words carry a theme.
    """
    return [
        {**row, "answered": group["answered"], "themes": cells(table, group)}
        for table, group, row in _rows(tables, words)
        if words["questions"][table["question"]]["told_in"]
    ]


def preferences(tables: Iterable[Table], words: Words) -> list[dict[str, Any]]:
    """For every open bracket and group, the alternatives and the one most people prefer."""
    return [
        {
            **row,
            "bracket": words["questions"][table["question"]]["bracket"],
            "preferred": preferred(table, group),
            "alternatives": cells(table, group),
        }
        for table, group, row in _rows(tables, words)
        if words["questions"][table["question"]]["bracket"]
    ]


def _rows(
    tables: Iterable[Table], words: Words
) -> Iterator[tuple[Table, Mapping[str, Any], dict[str, Any]]]:
    """Every group of the overall and one-dimension tables about provisions."""
    for table in tables:
        provision = words["questions"][table["question"]]["provision"]
        if not provision or len(table["by"]) > 1:
            continue
        for group in table["groups"]:
            if group["codes"] or not table["by"]:
                yield table, group, {
                    "provision": provision,
                    "question": table["question"],
                    "group": {name: group[name] for name in ("codes", "of") if name in group},
                    "table": table["id"],
                    "base": group["base"],
                }  # fmt: skip


def cells(table: Table, group: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What of a group stands in a table, without those who gave no answer."""
    categories = {each["code"]: each for each in table["categories"]}
    return [
        {
            "code": cell["category"],
            **({"of": of} if (of := categories[cell["category"]].get("of")) else {}),
            "count": cell["count"],
            "percent": cell["percent"],
        }
        for cell in table["cells"]
        if cell["group"] == group["codes"] and cell["category"] != POOLED
    ]


def preferred(table: Table, group: Mapping[str, Any]) -> str | None:
    """The alternative that more people chose than any other; None where a gap or a tie hides it."""
    alternatives = [each for each in cells(table, group) if each["code"] != NO_VIEW]
    counts = [each["count"] for each in alternatives]
    if not counts or None in counts:
        return None
    first = max(alternatives, key=lambda each: each["count"])
    alone = counts.count(first["count"]) == 1 and "of" not in first
    return first["code"] if alone else None
