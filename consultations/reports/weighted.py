"""What the answers of everyone would be if the groups had the shares they have in the population.

Weights are made of published counts only, and so is what they weigh: by one dimension, or by two
whose crossing the tables show. More at once would need counts of people that are not published.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from consultations.analysis.plan import GROUP
from consultations.analysis.statistics.weighting import (
    People,
    Place,
    Raked,
    Weights,
    design_effect,
    effective_size,
    rake,
    weighted_share,
)
from consultations.codebook import POOLED
from consultations.reports.counts import added, bases, counts, substantive

Tables = Sequence[Mapping[str, Any]]
NOTHING = 1e-6
"""A share of the population that is no more than this is an error of rounding."""


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
    ways = dict.fromkeys(tuple(each["by"]) for each in people)
    found = []
    for by in (each for each in ways if all(name in known for name in each)):
        mine = [each for each in people if tuple(each["by"]) == by]
        heard = _heard([known[name] for name in by], mine, coverage["individuals"])
        if heard is not None:
            raked = rake(heard, [_targets(known[name]) for name in by])
            figures = [one for table in mine for one in _figures(table, raked.weights)]
            found.append(_entry(by, heard, raked, figures))
    return [each for each in found if any(one["weighted"] is not None for one in each["figures"])]


Groups = Mapping[str, Mapping[str, Any]]
"""The groups of a dimension in the coverage, by their code."""


def _known(coverage: Mapping[str, Any]) -> dict[str, Groups]:
    """The dimensions of which every group is counted, and some have a share to be weighted to."""
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for group in coverage["groups"]:
        if group["dimension"] != GROUP:  # they overlap
            found.setdefault(group["dimension"], {})[group["codes"][0]] = group
    return {
        name: groups
        for name, groups in found.items()
        if all(each["count"] for each in groups.values())
        and any(each.get("reference_share") for each in groups.values())
    }


def _targets(groups: Groups) -> dict[str, float]:
    """The share that each group is to have.

    Who did not say keeps the share heard. A group without a reference has what the others leave
    of the population; where they leave nothing, the share heard as well.
    """
    people = sum(each["count"] for each in groups.values())
    heard = {code: each["count"] / people for code, each in groups.items()}
    shares = {code: each.get("reference_share") or 0.0 for code, each in groups.items()}
    left = 1 - sum(shares.values())
    unknown = [code for code, share in shares.items() if not share and code != POOLED]
    if left > NOTHING:
        among = sum(heard[code] for code in unknown)
        shares |= {code: left * heard[code] / among for code in unknown}
    kept = sum(heard[code] for code, share in shares.items() if not share)
    stated = sum(shares.values())
    return {
        code: share / stated * (1 - kept) if share else heard[code]
        for code, share in shares.items()
    }


def _heard(groups: Sequence[Groups], tables: Tables, individuals: int) -> People | None:
    """How many people were heard in each place, if that is published."""
    if len(groups) == 1:
        return {(code,): each["count"] for code, each in groups[0].items()}
    for table in tables:
        base = bases(table)
        people = {place: base.get(place, 0) for place in product(*groups)}
        if added(people.values()) == individuals:
            return {place: number or 0 for place, number in people.items()}
    return None


def _figures(table: Mapping[str, Any], weights: Weights) -> Iterator[dict[str, Any]]:
    cells, base = counts(table), bases(table)
    shown = {each["category"]: each["percent"] for each in table["cells"] if not each["group"]}
    whole = _people(base, weights)
    for category in substantive(table) if cells else ():
        part = _people({group: each[category] for group, each in cells.items()}, weights)
        whole_told = whole is not None and part is not None and shown[category] is not None
        share = weighted_share(part or {}, whole or {}, weights) if whole_told else None
        yield {
            "question": table["question"],
            "table": table["id"],
            "category": category,
            "percent": shown[category],
            "weighted": None if share is None else round(100 * share),
        }


def _people(numbers: Mapping[Place, int | None], weights: Weights) -> People | None:
    """The people in each place; None if one is withheld, or stands where nothing is weighted."""
    groups = {place: number for place, number in numbers.items() if place}
    if added(groups.values()) is None or any(groups[place] for place in groups.keys() - weights):
        return None
    return {place: groups.get(place) or 0 for place in weights}


def _entry(
    by: Sequence[str], people: People, raked: Raked, figures: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    return {
        "by": list(by),
        "design_effect": round(design_effect(raked.weights, people), 3),
        "effective_size": round(effective_size(raked.weights, people)),
        "largest_weight": round(max(raked.weights.values()), 2),
        "trimmed": raked.trimmed,
        "missed": round(100 * raked.missed, 1),
        "figures": figures,
    }
