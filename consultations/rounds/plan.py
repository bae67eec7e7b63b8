"""What a consultation declared before its round opened, as values of the codebook."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from consultations.codebook import DIMENSIONS, Dimension, Group, Parent, Policy, Reference


def declared_dimensions(plan: Mapping[str, Any]) -> tuple[Dimension, ...]:
    """The dimensions of a plan: the codebook's own, changed as declared, and new ones."""
    return tuple(_dimension(name, stated or {}) for name, stated in plan["dimensions"].items())


def declared_groups(plan: Mapping[str, Any]) -> tuple[Group, ...]:
    """The groups over categories."""
    return tuple(
        Group(
            each["code"],
            each["label"],
            {name: tuple(str(code) for code in codes) for name, codes in each["of"].items()},
        )
        for each in plan.get("groups", ())
    )


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
    known = DIMENSIONS.get(name) or Dimension(name, {"en": name})
    reference = stated.get("reference")
    parents = tuple(
        Parent(each["code"], each["label"], tuple(str(code) for code in each["of"]))
        for each in stated.get("parents") or ()
    )
    return replace(
        known,
        label=stated.get("label") or known.label,
        why=stated.get("why") or known.why,
        parents=parents or known.parents,
        sensitive=stated.get("sensitive", known.sensitive),
        reference=(
            Reference(
                reference.get("source", ""),
                {str(code): float(share) for code, share in reference.get("shares", {}).items()},
            )
            if reference
            else known.reference
        ),
    )
