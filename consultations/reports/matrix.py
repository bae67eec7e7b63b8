"""The clause by group matrix: how far support goes beyond opposition, for every group.

A position counts its first two choices as support and its third as opposition; a five-point
scale its two highest and two lowest points. Figures are in per cent of the base; where one of
the counts they need is withheld, they are withheld too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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


def rows(tables: Iterable[Mapping[str, Any]], words: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of the matrix, of the overall and one-dimension tables about provisions."""
    found = []
    for table in tables:
        question = words["questions"][table["question"]]
        support, oppose = sides(question["role"], question["kind"], list(question["choices"]))
        if not question["provision"] or not support or len(table["by"]) > 1:
            continue
        for group in table["groups"]:
            if table["by"] and not group["codes"]:
                continue
            found.append(_row(table, group, question["provision"], support, oppose))
    return found


def _row(
    table: Mapping[str, Any],
    group: Mapping[str, Any],
    provision: str,
    support: frozenset[str],
    oppose: frozenset[str],
) -> dict[str, Any]:
    base = group["base"]
    for_it, against = (_share(table, group, codes, base) for codes in (support, oppose))
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


def _share(
    table: Mapping[str, Any], group: Mapping[str, Any], codes: frozenset[str], base: int | None
) -> float | None:
    """Per cent of the base in the codes; None where a count is withheld or straddles them."""
    if not base:
        return None
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
    return 100 * total / base


def _stands_for(table: Mapping[str, Any], code: str) -> frozenset[str]:
    category = next(each for each in table["categories"] if each["code"] == code)
    return frozenset(category.get("of") or [code])


def rising(codes: Sequence[str]) -> list[str]:
    """The codes of a scale from its lowest to its highest point."""
    if all(re.fullmatch(r"-?\d+", code) for code in codes):
        return sorted(codes, key=int)
    lower_first, lower_last = AGAINST.search(codes[0]), AGAINST.search(codes[-1])
    return list(reversed(codes)) if lower_last and not lower_first else list(codes)
