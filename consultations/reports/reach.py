"""How much of the tables by one characteristic reaches the reader, as the reader can see it.

Rows are the groups that are shown, with the bases that are shown: whether a group inside a merged
one reaches the minimum base is no reader's business, and would follow from a share of all rows.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from consultations.analysis.merging import FEWEST
from consultations.codebook import POOLED
from consultations.reports.counts import bases, counts, substantive

Json = Mapping[str, Any]
CLOSE = 1e-9


def reach(report: Json, reached: float | None) -> dict[str, float | None]:
    """Shares from 0 to 1, cut to whole per cent; None where there is nothing to share.

    reached: planned figures that are shown, alone or merged. `rows_without_gap`: rows of groups at
    or over the minimum base that are told in three categories at least, or as many as there are.
    """
    rows = [row for table in _by_one(report) for row in _rows(report, table)]
    return {
        "reached": None if reached is None else _cut(reached),
        "rows_without_gap": _cut(sum(rows) / len(rows)) if rows else None,
    }


def _cut(share: float) -> float:
    return int(100 * share + CLOSE) / 100


def _by_one(report: Json) -> Iterator[Json]:
    known = {each["dimension"] for each in report["coverage"]["groups"]}
    for table in report["tables"]:
        alone = table["population"] == "individuals" and len(table["by"]) == 1
        if alone and table["by"][0] in known:
            yield table


def _rows(report: Json, table: Json) -> Iterator[bool]:
    """Whether each row of a table is whole; all rows of a table that is withheld are not."""
    least = report["policy"]["minimum_base"]
    if table["status"] == "withheld":
        for group in report["coverage"]["groups"]:
            if [group["dimension"]] == table["by"] and _large(group, group["count"], least):
                yield False
        return
    told, enough = counts(table), min(FEWEST, sum(map(len, substantive(table).values())))
    base = bases(table)
    for group in table["groups"]:
        codes = tuple(group["codes"])
        if codes and _large(group, base[codes], least):
            row = list(told[codes].values())
            yield None not in row and len(row) >= enough


def _large(group: Json, people: int | None, least: int) -> bool:
    return group["codes"] != [POOLED] and people is not None and people >= least
