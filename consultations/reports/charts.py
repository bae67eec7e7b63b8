"""Diverging bars of a question: opposition to one side, support to the other, the rest apart."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from consultations.codebook import POOLED
from consultations.reports.labels import Labels
from consultations.reports.matrix import rising

AGAINST_STRONG, AGAINST, NEUTRAL, FOR, FOR_STRONG, APART = (
    "against-strong",
    "against",
    "neutral",
    "for",
    "for-strong",
    "apart",
)
LEFT, SPLIT, RIGHT = "left", "split", "right"
SCALE = (
    (AGAINST_STRONG, LEFT),
    (AGAINST, LEFT),
    (NEUTRAL, SPLIT),
    (FOR, RIGHT),
    (FOR_STRONG, RIGHT),
)
POSITION = ((AGAINST_STRONG, LEFT), (FOR, RIGHT), (FOR_STRONG, RIGHT))


def chart(
    question: str, tables: Iterable[Mapping[str, Any]], labels: Labels
) -> dict[str, Any] | None:
    """The chart of a position or five-point scale: everyone first, then the groups shown.

    None where the question is of another kind. A row whose counts are withheld has no parts.
    """
    asked = labels.words["questions"][question]
    order = _order(asked["role"], asked["kind"], list(asked["choices"]))
    if order is None:
        return None
    rows = []
    for table in tables:
        for group in table["groups"]:
            if bool(group["codes"]) == bool(table["by"]):
                names = labels.groups(table["by"], group)
                label = " · ".join(names) or gettext("Everyone")
                rows.append(_row(table, group, label, order, asked["choices"], labels))
    return {"title": labels.question(question), "note": None, "rows": rows}


def _order(role: str | None, kind: str, codes: list[str]) -> list[tuple[str, str, str]] | None:
    """The codes from most opposed to most in favour, each with its tone and side."""
    if role == "position" and len(codes) == 4:
        support, changes, oppose, _ = codes
        return [
            (code, *look) for code, look in zip((oppose, changes, support), POSITION, strict=True)
        ]
    if kind == "scale" and len(codes) == 5:
        return [(code, *look) for code, look in zip(rising(codes), SCALE, strict=True)]
    return None


def _row(
    table: Mapping[str, Any],
    group: Mapping[str, Any],
    label: str,
    order: Sequence[tuple[str, str, str]],
    choices: Mapping[str, Mapping[str, str]],
    labels: Labels,
) -> dict[str, Any]:
    cells = [each for each in table["cells"] if each["group"] == group["codes"]]
    whole = cells and all(each["count"] is not None for each in cells)
    return {
        "label": label,
        "base": group["base"],
        "parts": _parts(table, cells, order, labels) if whole and group["base"] else None,
    }


def _parts(
    table: Mapping[str, Any],
    cells: Sequence[Mapping[str, Any]],
    order: Sequence[tuple[str, str, str]],
    labels: Labels,
) -> list[dict[str, Any]]:
    """A merged category takes the look of the outermost code in it."""
    look = {code: (place, tone, side) for place, (code, tone, side) in enumerate(order)}
    parts, apart = [], 0.0
    for cell in cells:
        category = next(each for each in table["categories"] if each["code"] == cell["category"])
        codes = category.get("of") or [category["code"]]
        known = [look[code] for code in codes if code in look]
        if not known or POOLED in codes:
            apart += cell["percent"]
            continue
        place, tone, side = min(known) if known[0][2] == LEFT else max(known)
        label = labels.category(table["question"], category)
        parts.append((place, {"tone": tone, "side": side, "label": label,
                              "percent": cell["percent"]}))  # fmt: skip
    parts.sort(key=lambda pair: pair[0])
    rest = {"tone": APART, "side": APART, "label": gettext("No view or no answer"),
            "percent": round(apart, 1)}  # fmt: skip
    return [*(part for _, part in parts), rest]
