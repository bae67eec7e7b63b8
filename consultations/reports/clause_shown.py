"""All that a report tells of one provision, in the columns of the matrix.

How each group answered, how far it is from the rest, what it wants changed, which alternative of
each open bracket it prefers.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from consultations.codebook import POOLED
from consultations.questionnaires.brackets import NO_VIEW
from consultations.reports.columns import Across, Column, Heap, Shown
from consultations.reports.told import Told

PERCENT, PEOPLE, POINTS = "percent", "people", "points"
"""What the cells of a line show first."""

MOST = 2
"""Themes named before the rest is opened."""


def clause_shown(
    told: Told,
    question: str,
    columns: Sequence[Column],
    rows: Mapping[Column, Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """The sections of a provision: {caption, question, table, lines: {label, shows, cells}}.

    `question` is the one that the matrix shows; `rows` are its rows of the matrix.
    """
    provision = told.asked(question)["provision"]
    answered = _section(told, question, gettext("How they answered"), columns)
    answered["lines"].append(_from_the_rest(columns, rows))
    sections = [answered]
    sections += [_wanted(told, name, columns) for name in _asked_of(told, provision, "told_in")]
    sections += [
        _section(told, name, gettext("What should stand in the brackets"), columns, best=True)
        for name in _asked_of(told, provision, "bracket")
    ]
    return sections


def leading_themes(told: Told, provision: str) -> list[dict[str, Any]]:
    """The themes that most people wrote about a provision: {label, count}."""
    found = [
        (shown.count, told.labels.category(name, {"code": code}))
        for name in _asked_of(told, provision, "told_in")
        for code in told.asked(name)["choices"]
        for shown in Across(told, name, [("", ())]).counts((code,))
        if shown.count
    ]
    most = sorted(found, key=lambda each: -each[0])[:MOST]
    return [{"label": label, "count": count} for count, label in most]


def _asked_of(told: Told, provision: str, sign: str) -> Iterator[str]:
    for name in told.tables:
        asked = told.asked(name)
        if asked["provision"] == provision and asked.get(sign):
            yield name


def _section(
    told: Told, question: str, caption: str, columns: Sequence[Column], *, best: bool = False
) -> dict[str, Any]:
    """The choices of a question, then who gave no answer, then how many were asked."""
    across = Across(told, question, columns)
    codes = list(told.asked(question)["choices"])
    heaps = across.heaps([*codes, POOLED])
    lines = [_line(told, question, heap, across.counts(heap), PERCENT) for heap in heaps]
    if best:
        _mark_best(heaps, lines)
    passage = told.labels.say(told.asked(question).get("passage") or {})
    return {
        "caption": caption,
        "question": f"{told.labels.question(question)} {passage}".strip(),
        "table": _table(told, question, columns),
        "lines": [*lines, _asked(across)],
    }


def _wanted(told: Told, question: str, columns: Sequence[Column]) -> dict[str, Any]:
    """The themes in what people wrote, those of most people first."""
    across = Across(told, question, columns)
    codes = sorted(
        told.asked(question)["choices"],
        key=lambda code: -(across.counts((code,))[-1].count or 0),
    )
    lines = [_line(told, question, (code,), across.counts((code,)), PEOPLE) for code in codes]
    return {
        "caption": gettext("What they want changed"),
        "question": told.labels.question(question),
        "table": _table(told, question, columns),
        "lines": [*lines, _asked(across)],
    }


def _line(
    told: Told, question: str, heap: Heap, cells: Sequence[Shown], shows: str
) -> dict[str, Any]:
    category = {"code": heap[0], "of": list(heap)}
    return {
        "label": told.labels.category(question, category),
        "shows": shows,
        "cells": [{"shown": each, "best": False} for each in cells],
    }


def _asked(across: Across) -> dict[str, Any]:
    return {
        "label": gettext("People asked"),
        "shows": PEOPLE,
        "base": True,
        "cells": [{"shown": each, "best": False} for each in across.bases()],
    }


def _from_the_rest(
    columns: Sequence[Column], rows: Mapping[Column, Mapping[str, Any]]
) -> dict[str, Any]:
    """Points between a group's net and that of everyone else; there is no rest to everyone."""
    found: list[dict[str, Any]] = []
    for column in columns:
        rest = (rows.get(column) or {}).get("rest")
        found.append(
            {
                "shown": Shown(asked=bool(column[1])),
                "points": rest["distance"] if rest else None,
                "best": False,
            }
        )
    return {
        "label": gettext("Points from everyone else who answered"),
        "shows": POINTS,
        "cells": found,
    }


def _mark_best(heaps: Sequence[Heap], lines: Sequence[Mapping[str, Any]]) -> None:
    """Mark in every column the alternative that more people chose than any other."""
    alternatives = [
        [(each, len(heap)) for each in line["cells"]]
        for heap, line in zip(heaps, lines, strict=True)
        if not {NO_VIEW, POOLED} & set(heap)
    ]
    for cells in zip(*alternatives, strict=True):
        counts = [each["shown"].count for each, _ in cells]
        if None not in counts and counts.count(max(counts)) == 1:
            most, alone = cells[counts.index(max(counts))]
            most["best"] = alone == 1


def _table(told: Told, question: str, columns: Sequence[Column]) -> str:
    """The table that tells of most columns."""
    names = [f"{question}.by.{by}" for by, codes in columns if codes]
    known = {each["id"] for each in told.tables[question]}
    return next((name for name in names if name in known), f"{question}.overall")
