"""What a corrected report shows where it could not tell anew: the numbers published before.

They say nothing that is not known already, so they may stand: each table is marked with the day
on which it was published, and with the report that tells it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from consultations.db import db
from consultations.reports.disclosed import disclosed, fewest_reached
from consultations.reports.models import STAND, Report
from consultations.reports.queries import correction_to

Numbers = Mapping[str, Any]
MADE_OF_TABLES = ("matrix", "scales", "statements", "themes", "preferences")
"""Parts of a report whose rows name the table that they are made of."""


def numbers_shown(report: Report) -> Numbers:
    """The numbers of a report, with those that stand from the report that it corrects."""
    correction = correction_to(report.id)
    if correction is None or correction.choice != STAND:
        return report.numbers
    before = db.session.get_one(Report, correction.report_id)
    marked = _marked(numbers_shown(before), before)
    return with_standing(report.numbers, marked, correction.tables)


def standing(later: Numbers, before: Numbers) -> list[str]:
    """The tables that a report could not tell though the one before it did."""
    told = {each["id"] for each in before["tables"] if each["status"] != "withheld"}
    return sorted(told & {t["id"] for t in later["tables"] if t["status"] == "withheld"})


def with_standing(later: Numbers, before: Numbers, names: Collection[str]) -> dict[str, Any]:
    """`later` with the tables named as they are told in `before`, and all that is made of them.

    So is who was heard, as a whole, where any part of it could not be told again.
    """
    old = {each["id"]: each for each in before["tables"] if each["id"] in names}
    tables = [old.get(each["id"], each) for each in later["tables"]]
    place = {each["id"]: number for number, each in enumerate(tables)}
    found = {
        **later,
        "tables": tables,
        "disclosure": _done(later["disclosure"], tables, old.values()),
    }
    for part in MADE_OF_TABLES:
        rows = [each for each in later.get(part, ()) if each["table"] not in old]
        rows += [each for each in before.get(part, ()) if each["table"] in old]
        found[part] = sorted(rows, key=lambda row: place[row["table"]])
    if not _parts(before["coverage"]) <= _parts(later["coverage"]):
        organisations = later["coverage"]["organisations"]
        found["coverage"] = {**before["coverage"], "organisations": organisations}
    return found


def _marked(numbers: Numbers, report: Report) -> dict[str, Any]:
    """Numbers whose tables say where they stand, if they do not say so already."""
    place = {"report": report.id, "since": report.published_on}
    return {**numbers, "tables": [{"standing": place, **each} for each in numbers["tables"]]}


def _parts(coverage: Numbers) -> set[str]:
    """The lists of people that a coverage holds, and the questions of which it tells silence."""
    lists = {name for name in ("by_channel", "by_language") if coverage[name]}
    lists |= {each["dimension"] for each in coverage["groups"]}
    return lists | {f"not {each['question']}" for each in coverage["non_response"]}


def _done(
    figures: Numbers, tables: Collection[Numbers], stand: Collection[Numbers]
) -> dict[str, int]:
    """What became of the plan, with the tables that stand: of their cells those surely planned."""
    planned = figures["cells_planned"]
    reached = min(figures["cells_reached"] + fewest_reached(stand), planned)
    cells = {"cells_reached": reached, "cells_hidden": planned - reached}
    return {**figures, **disclosed(tables), **cells}
