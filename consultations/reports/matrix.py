"""The clause by group matrix: how far support goes beyond opposition, for every group.

A position counts its first two choices as support and its third as opposition; a five-point
scale its two highest and two lowest points. Figures are in per cent of the base; where one of
the counts they need is withheld, they are withheld too. How far a group is from the rest is worked
out from published counts alone, so it tells nothing that they do not.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from consultations.analysis.statistics.differences import points_from_the_rest
from consultations.codebook import POOLED

AGAINST = re.compile(r"dis|worse|bad|poor|oppos|never|un|not|low|less|weak|contra|no_")
"""What codes of the lower end of a scale look like, where they are words and not numbers."""


def sides(
    role: str | None, kind: str, codes: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """The codes that count as support and as opposition; both empty where there are none."""
    if role == "position" and len(codes) >= 3:
        return frozenset(codes[:2]), frozenset(codes[2:3])
    if kind == "scale" and len(codes) == 5:
        climbing = rising(codes)
        return frozenset(climbing[3:]), frozenset(climbing[:2])
    return frozenset(), frozenset()


def rows(
    tables: Iterable[Mapping[str, Any]], words: Mapping[str, Any], minimum_base: int = 1
) -> list[dict[str, Any]]:
    """The rows of the matrix, of the overall and one-dimension tables about provisions.

    A group is compared with the rest where the rest are `minimum_base` people at least.
    """
    found = []
    for table in tables:
        question = words["questions"][table["question"]]
        support, oppose = sides(question["role"], question["kind"], list(question["choices"]))
        if not question["provision"] or not support or len(table["by"]) > 1:
            continue
        for group in table["groups"]:
            if table["by"] and not group["codes"]:
                continue
            row = _row(table, group, question["provision"], support, oppose)
            found.append(row | {"rest": _rest(table, group, support, oppose, minimum_base)})
    return found


def _row(
    table: Mapping[str, Any],
    group: Mapping[str, Any],
    provision: str,
    support: frozenset[str],
    oppose: frozenset[str],
) -> dict[str, Any]:
    base = group["base"]
    counts = [count_of(table, group, codes) for codes in (support, oppose)]
    for_it, against = (None if not base or n is None else 100 * n / base for n in counts)
    net = None if for_it is None or against is None else for_it - against
    shares = {"support": for_it, "oppose": against, "net": net}
    return {
        "provision": provision,
        "question": table["question"],
        "group": {"codes": group["codes"], **({"of": group["of"]} if "of" in group else {})},
        "table": table["id"],
        "base": base,
        **{name: None if share is None else round(share, 1) for name, share in shares.items()},
    }


def _rest(
    table: Mapping[str, Any],
    group: Mapping[str, Any],
    support: frozenset[str],
    oppose: frozenset[str],
    minimum_base: int,
) -> dict[str, Any] | None:
    """Everyone else: how many were asked, their net, and points from it to the group's."""
    everyone = next(each for each in table["groups"] if not each["codes"])
    lead, whole = (_lead(table, each, support, oppose) for each in (group, everyone))
    if not group["codes"] or lead is None or whole is None:
        return None
    base = everyone["base"] - group["base"]
    if base < max(minimum_base, 1):
        return None
    distance = points_from_the_rest(lead, group["base"], whole, everyone["base"])
    assert distance is not None
    net = 100 * (whole - lead) / base
    return {"base": base, "net": round(net, 1), "distance": round(distance, 1)}


def _lead(
    table: Mapping[str, Any],
    group: Mapping[str, Any],
    support: frozenset[str],
    oppose: frozenset[str],
) -> int | None:
    """How many more of a group support than oppose."""
    pro, con = (count_of(table, group, codes) for codes in (support, oppose))
    return None if pro is None or con is None or not group["base"] else pro - con


def count_of(
    table: Mapping[str, Any], group: Mapping[str, Any], codes: frozenset[str]
) -> int | None:
    """The people of a group in some codes; None where a count is withheld or straddles them."""
    total = 0
    for cell in table["cells"]:
        if cell["group"] != group["codes"] or cell["category"] == POOLED:
            continue
        stands_for = _stands_for(table, cell["category"])
        if stands_for <= codes:
            if cell["count"] is None:
                return None
            total += cell["count"]
        elif stands_for & codes:
            return None
    return total


def _stands_for(table: Mapping[str, Any], code: str) -> frozenset[str]:
    category = next(each for each in table["categories"] if each["code"] == code)
    return frozenset(category.get("of") or [code])


def rising(codes: Sequence[str]) -> list[str]:
    """The codes of a scale from its lowest to its highest point."""
    if all(re.fullmatch(r"-?\d+", code) for code in codes):
        return sorted(codes, key=int)
    lower_first, lower_last = AGAINST.search(codes[0]), AGAINST.search(codes[-1])
    return list(reversed(codes)) if lower_last and not lower_first else list(codes)
