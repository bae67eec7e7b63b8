"""What a report tells beside its counts: figures made of them, and the same as CSV.

Whatever is worked out from a withheld count must be withheld with it, and no format may tell more
than the tables do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from consultations.analysis.statistics.representation import representation_ratio
from consultations.codebook import POOLED
from consultations.reports import wanted
from consultations.reports.disclosed import disclosed, fewest_reached
from consultations.reports.precision import with_intervals
from consultations.reports.reach import reach
from consultations.reports.scales import scales
from consultations.reports.statements import statements
from consultations.reports.tables_csv import tables_csv
from consultations.reports.weighted import weighted

Json = Mapping[str, Any]
ROUNDED = 0.051
"""How far a figure with one decimal may be from what it is made of."""

FIGURES: Mapping[str, Callable[[Json], object]] = {
    "scales": lambda report: scales(report["tables"]),
    "statements": lambda report: statements(report["tables"]),
    "weighted": lambda report: weighted(report["tables"], report["coverage"]),
    "reach": lambda report: reach(report, report["reach"]["reached"]),
}
"""Parts of a report that are worked out from the others, and how."""


def told_beside(report: Json) -> Iterator[str]:
    """Figures that tell something else than the counts of the report, a sentence each."""
    for table in report["tables"]:
        yield from _percentages(table)
    tables = {table["id"]: table for table in report["tables"]}
    for row in report["matrix"]:
        if row["table"] not in tables:
            yield f"the matrix names the table {row['table']}, which is not there"
        elif not _is_of(row, tables[row["table"]]):
            yield f"the matrix takes {row['table']} for a table about another question"
        elif not _row_follows(row, tables[row["table"]]):
            group = "+".join(row["group"]["codes"]) or "everyone"
            yield f"the matrix tells of {row['table']} {group} what its table does not"
        elif not _rest_follows(row, tables[row["table"]], report["matrix"]):
            yield f"the matrix tells of the rest to {row['table']} what its table does not"
    yield from _figures(report)
    yield from _done(report)
    for group in report["coverage"]["groups"]:
        if not _ratio_follows(group, report["coverage"]["individuals"]):
            of = f"{group['dimension']} {'+'.join(group['codes'])}"
            yield f"the ratio of {of} is not of its count"
    for part, kind in (("themes", "themes"), ("preferences", "alternatives")):
        for row in report.get(part, ()):
            if not _wanted_follows(row, kind, tables.get(row["table"])):
                yield f"the part {part} tells of {row['table']} what its table does not"
    if _few(report["campaigns"], report["policy"]["threshold"]):
        threshold = report["policy"]["threshold"]
        yield f"the part campaigns tells a number of people under {threshold}"


def _few(part: Any, threshold: int) -> bool:
    """Whether a whole number from 1 to under the threshold stands anywhere in a part."""
    if isinstance(part, Mapping):
        return any(_few(each, threshold) for each in part.values())
    if isinstance(part, list | tuple):
        return any(_few(each, threshold) for each in part)
    return isinstance(part, int) and 0 < part < threshold


def _figures(report: Json) -> Iterator[str]:
    """Figures are those that the tables give, to the last digit."""
    for name, made_of in FIGURES.items():
        if name in report and report[name] != made_of(report):
            yield f"the part {name} tells what the tables do not"
    tables = report["tables"]
    shown = any("interval" in cell for table in tables for cell in table["cells"])
    if shown and with_intervals(tables) != tables:
        yield "the intervals are not those of the counts"


def _done(report: Json) -> Iterator[str]:
    """What was done with the planned tables is what became of those that stand here."""
    stated = report["disclosure"]
    least = fewest_reached(report["tables"])
    for name, number in disclosed(report["tables"]).items():
        some = name == "cells_reached" and least <= stated[name] <= number
        if stated[name] != number and not some:
            yield f"the figure {name} says {stated[name]}; the tables say {number}"
    if stated["cells_reached"] + stated["cells_hidden"] != stated["cells_planned"]:
        yield "the figures of cells do not add up"


def same_as_csv(report: Json, content: bytes) -> bool:
    """Whether a CSV holds the numbers of a report and no others."""
    return content == tables_csv(report).encode()


def of_organisations(report: Json) -> dict[str, Any] | None:
    """The tables of organisations as a report of their own, so that they can be audited too."""
    tables = [
        {**table, "population": "individuals"}
        for table in report["tables"]
        if table["population"] == "organisations"
    ]
    bases = [group["base"] or 0 for table in tables for group in table["groups"]]
    if not any(bases):
        return None
    coverage: dict[str, Any] = {
        "individuals": max(report["coverage"]["organisations"] or 0, *bases),
        "by_channel": [], "by_language": [], "non_response": [], "groups": [],
    }  # fmt: skip
    return {**report, "coverage": coverage, "tables": tables}


def _percentages(table: Json) -> Iterator[str]:
    bases = {tuple(group["codes"]): group["base"] for group in table["groups"]}
    for cell in table["cells"]:
        count, percent, base = cell["count"], cell["percent"], bases.get(tuple(cell["group"]))
        if percent is None:
            continue
        if count is None or not base or abs(percent - 100 * count / base) > ROUNDED:
            group = "+".join(cell["group"]) or "everyone"
            yield f"the percentage of {table['id']} {group} {cell['category']} is not of its count"


def _is_of(row: Json, table: Json) -> bool:
    """Whether a row names the question and provision of its table, and one of its groups."""
    names = [{name: group[name] for name in ("codes", "of") if name in group}
             for group in table["groups"]]  # fmt: skip
    about = (row["question"], row["provision"]) == (table["question"], table.get("provision"))
    return about and row["group"] in names


def _row_follows(row: Json, table: Json) -> bool:
    """Whether a row of the matrix can be worked out from what its table shows."""
    codes = row["group"]["codes"]
    bases = [group["base"] for group in table["groups"] if group["codes"] == codes]
    base = bases[0] if bases else None
    if row["base"] != base:
        return False
    counts = [
        cell["count"]
        for cell in table["cells"]
        if cell["group"] == codes and cell["category"] != POOLED and cell["count"] is not None
    ]
    shares = [row["support"], row["oppose"]]
    if not all(share is None or (base and _made_of(counts, base, share)) for share in shares):
        return False
    if row["net"] is None:
        return True
    return None not in shares and abs(row["net"] - (shares[0] - shares[1])) <= 2 * ROUNDED


def _rest_follows(row: Json, table: Json, matrix: Sequence[Json]) -> bool:
    """Whether everyone else is what is left of everyone, as far as rounding lets one say."""
    rest = row.get("rest")
    if rest is None:
        return True
    whole = next(group["base"] for group in table["groups"] if not group["codes"])
    if row["net"] is None or whole is None or rest["base"] != whole - row["base"]:
        return False
    if abs(rest["distance"] - (row["net"] - rest["net"])) > 3 * ROUNDED:
        return False
    nets = [
        each["net"]
        for each in matrix
        if each["question"] == row["question"] and each["table"].endswith(".overall")
    ]
    if not nets or nets[0] is None:
        return True
    found = (nets[0] * whole - row["net"] * row["base"]) / rest["base"]
    return bool(abs(found - rest["net"]) <= ROUNDED * (1 + (whole + row["base"]) / rest["base"]))


def _ratio_follows(group: Json, individuals: int) -> bool:
    """Whether a group's share, divided by that in the population, is that of its count."""
    ratio, count, share = (group.get(name) for name in ("ratio", "count", "reference_share"))
    if ratio is None:
        return True
    if not (count is not None and share and individuals):
        return False
    return bool(abs(ratio - representation_ratio(count, individuals, share)) <= ROUNDED / 10)


def _wanted_follows(row: Json, kind: str, table: Json | None) -> bool:
    """Whether a row of what a group wants is what its table shows of that group."""
    if table is None or not _is_of(row, table):
        return False
    group = next((g for g in table["groups"] if g["codes"] == row["group"]["codes"]), None)
    if group is None or any(
        row[name] != group[name] for name in ("base", "answered") if name in row
    ):
        return False
    shown = [{name: cell[name] for name in cell if name != "label"} for cell in row[kind]]
    if shown != wanted.cells(table, group):
        return False
    return "preferred" not in row or row["preferred"] == wanted.preferred(table, group)


def _made_of(counts: Sequence[int], base: int, share: float) -> bool:
    return any(
        abs(share - 100 * sum(some) / base) <= ROUNDED
        for many in range(len(counts) + 1)
        for some in combinations(counts, many)
    )
