"""What the answers of everyone would be if the groups had the shares they have in the population.

Weights are made of published counts only, and so is what they weigh: by one dimension, or by two
whose crossing the tables show. More at once would need counts of people that are not published.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np

from consultations.analysis.plan import GROUP
from consultations.analysis.weighting import (
    Raked,
    Table,
    design_effect,
    effective_size,
    rake,
    weighted_share,
)
from consultations.codebook import POOLED
from consultations.reports.counts import added, bases, counts, substantive

Tables = Sequence[Mapping[str, Any]]
Places = Sequence[tuple[str, ...]]


def weighted(
    tables: Iterable[Mapping[str, Any]], coverage: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """One entry for every way of weighting: what it costs, and every answer weighted and not.

    Weighted figures are of everyone, in whole per cent, and None as soon as a count that they
    need is withheld. A way of weighting whose own counts are not all published, or which reaches
    no answer, is left out.
    """
    people = [each for each in tables if each["population"] == "individuals" and each["by"]]
    known = _known(coverage)
    found = []
    for by in dict.fromkeys(tuple(each["by"]) for each in people):
        if not all(name in known for name in by):
            continue
        mine = [each for each in people if tuple(each["by"]) == by]
        places = list(product(*(known[name] for name in by)))
        heard = _heard(by, places, mine, coverage)
        if heard is not None:
            shape = [len(known[name]) for name in by]
            table = np.array(heard, dtype=float).reshape(shape)
            raked = rake(table, [_targets(list(known[name].values())) for name in by])
            figures = list(_figures(mine, places, raked.weights.ravel()))
            found.append(_entry(by, table, raked, figures))
    return [each for each in found if any(one["weighted"] is not None for one in each["figures"])]


def _known(coverage: Mapping[str, Any]) -> dict[str, dict[str, Mapping[str, Any]]]:
    """The dimensions of which every group is counted, and some have a share to be weighted to."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for group in coverage["groups"]:
        if group["dimension"] != GROUP:  # they overlap
            found.setdefault(group["dimension"], {})[group["codes"][0]] = group
    return {
        name: groups
        for name, groups in found.items()
        if all(each["count"] for each in groups.values())
        and any(each["reference_share"] for each in groups.values())
    }


def _targets(groups: Sequence[Mapping[str, Any]]) -> Table:
    """The share that each group is to have.

    Who did not say keeps the share heard. A group without a reference has what the others leave
    of the population; where they leave nothing, the share heard as well.
    """
    heard = np.array([each["count"] for each in groups], dtype=float)
    heard /= heard.sum()
    stated = np.array([each["reference_share"] or 0.0 for each in groups])
    silent = np.array([each["codes"] == [POOLED] for each in groups])
    left = 1 - stated.sum()
    kept = silent if left > 0 else silent | (stated == 0)
    open_ = ~kept & (stated == 0)
    if open_.any():
        stated[open_] = left * heard[open_] / heard[open_].sum()
    return np.where(kept, heard, stated / stated.sum() * (1 - heard[kept].sum()))


def _heard(
    by: Sequence[str], places: Places, tables: Tables, coverage: Mapping[str, Any]
) -> list[int] | None:
    """How many people were heard in each place, if that is published."""
    if len(by) == 1:
        return [each["count"] for each in coverage["groups"] if each["dimension"] == by[0]]
    for table in tables:
        base = bases(table)
        people = [base.get(place, 0) for place in places]
        if added(people) == coverage["individuals"]:
            return [each or 0 for each in people]
    return None


def _figures(tables: Tables, places: Places, weights: Table) -> Iterator[dict[str, Any]]:
    for table in tables:
        cells, base = counts(table), bases(table)
        shown = {each["category"]: each["percent"] for each in table["cells"] if not each["group"]}
        whole = _people(base, places)
        for category in substantive(table) if cells else ():
            part = _people({group: each[category] for group, each in cells.items()}, places)
            share = None
            if part is not None and whole is not None and shown[category] is not None:
                share = weighted_share(part, whole, weights)
            yield {
                "question": table["question"],
                "table": table["id"],
                "category": category,
                "percent": shown[category],
                "weighted": None if share is None else round(100 * share),
            }


def _people(numbers: Mapping[tuple[str, ...], int | None], places: Places) -> Table | None:
    """The people in each place, where nobody stands if the table does not name it."""
    found = [numbers.get(place, 0) for place in places]
    return None if added(found) is None else np.array(found, dtype=float)


def _entry(
    by: Sequence[str], people: Table, raked: Raked, figures: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    return {
        "by": list(by),
        "design_effect": round(design_effect(raked.weights, people), 3),
        "effective_size": round(effective_size(raked.weights, people)),
        "largest_weight": round(float(raked.weights[people > 0].max()), 2),
        "trimmed": raked.trimmed,
        "missed": round(100 * raked.missed, 1),
        "figures": figures,
    }
