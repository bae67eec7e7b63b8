"""How the answers on a scale lean and agree, as the page of a report shows it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale, gettext

from consultations import figures
from consultations.analysis.plan import GROUP
from consultations.reports.told import Told, breakdown

Row = Mapping[str, Any]
IN_POINTS = ("top_two", "bottom_two", "net", "from_rest")
INDICES = ("agreement", "polarisation")


def scale_shown(told: Told, question: str) -> list[dict[str, Any]]:
    """A row for everyone and each group of people; none where no figure can be told."""
    rows = [each for each in told.numbers.get("scales", []) if each["question"] == question]
    people = [each for each in rows if breakdown(each) in ("", GROUP)]
    if len(people) < 2:
        people = [each for each in rows if breakdown(each) in ("", *told.dimensions)]
    if all(each["agreement"] is None for each in people):
        return []
    most = max(each["points"] for each in people)
    return [_shown(told, each, most) for each in people]


def _shown(told: Told, row: Row, most: int) -> dict[str, Any]:
    """Where points were merged, how many are left stands beside the name."""
    everyone = not row["group"]["codes"]
    return {
        "label": gettext("Everyone") if everyone else told.row_name(row),
        "total": everyone,
        "points": row["points"] if row["points"] < most else None,
        **{name: row[name] for name in IN_POINTS},
        **{name: _index(row[name]) for name in INDICES},
    }


def _index(value: float | None) -> str | None:
    return None if value is None else figures.index(value, get_locale())
