"""What a consultation declared before its round opened, as values of the codebook."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from consultations.codebook import (
    DIMENSIONS,
    GROUPS,
    Dimension,
    Group,
    Parent,
    Policy,
    Reference,
    adults_only,
    declared,
)


def declared_dimensions(plan: Mapping[str, Any]) -> tuple[Dimension, ...]:
    """The dimensions of a plan: the codebook's own, changed as declared, and new ones."""
    return tuple(_dimension(name, stated or {}) for name, stated in plan["dimensions"].items())


def offered_dimensions(plan: Mapping[str, Any]) -> tuple[Dimension, ...]:
    """The dimensions to ask for: people under 18 only where somebody looks after their safety."""
    dimensions = declared_dimensions(plan)
    return dimensions if plan.get("safeguarding") else tuple(map(adults_only, dimensions))


def declared_groups(plan: Mapping[str, Any]) -> tuple[Group, ...]:
    """The groups over categories; one that only names its code is the codebook's own."""
    dimensions = {each.name: each for each in declared_dimensions(plan)}
    return tuple(_group(each, dimensions) for each in plan.get("groups", ()))


def declared_crossings(plan: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The pairs of dimensions to break down by together."""
    return tuple((first, second) for first, second in plan.get("crossings", ()))


def declared_policy(policy: Mapping[str, Any]) -> Policy:
    """The policy; the minimum base is the larger of 20 and 2k where none is named."""
    threshold = int(policy.get("threshold", 5))
    return Policy(
        threshold=threshold,
        minimum_base=int(policy.get("minimum_base") or max(20, 2 * threshold)),
        sensitive_zero_rule=bool(policy.get("sensitive_zero_rule", True)),
    )


def _dimension(name: str, stated: Mapping[str, Any]) -> Dimension:
    categories, parents = stated.get("categories"), stated.get("parents")
    reference = stated.get("reference")
    return declared(
        name,
        label=stated.get("label") or _known_label(name),
        why=stated.get("why"),
        question=stated.get("question"),
        categories=[(each["code"], each.get("label")) for each in categories or ()] or None,
        parents=tuple(
            Parent(each["code"], each["label"], tuple(str(code) for code in each["of"]))
            for each in parents or ()
        )
        or None,
        sensitive=stated.get("sensitive"),
        reference=(
            Reference(
                reference.get("source", ""),
                {str(code): float(share) for code, share in reference.get("shares", {}).items()},
            )
            if reference
            else None
        ),
    )


def _group(stated: Mapping[str, Any], dimensions: Mapping[str, Dimension]) -> Group:
    code = stated["code"]
    own = GROUPS.get(code) or Group(code, {}, {})
    return Group(
        code,
        stated.get("label") or own.label,
        {
            name: tuple(_codes(dimensions.get(name), codes))
            for name, codes in (stated.get("of") or own.of).items()
        },
    )


def _known_label(name: str) -> Mapping[str, str] | None:
    return None if name in DIMENSIONS else {"en": name}


def _codes(dimension: Dimension | None, codes: Iterable[str]) -> Iterator[str]:
    """Category codes as they are, a parent's code as those of its categories."""
    parents = {each.code: each.of for each in dimension.parents} if dimension else {}
    categories = {each.code for each in dimension.categories} if dimension else set()
    for code in map(str, codes):
        yield from parents[code] if code in parents and code not in categories else (code,)
