"""Who was heard: groups of people against their share in the population."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

UNHEARD = 0.8
"""A group whose share among those heard is under this part of its share in the population."""


@dataclass(frozen=True)
class HeardGroup:
    """A group over categories, or a category of a dimension.

    `count` is None where it is withheld; shares are from 0 to 1.
    """

    by: str
    code: str
    of: Mapping[str, tuple[str, ...]]
    count: int | None
    share: float | None
    reference_share: float | None


def heard_groups(numbers: Mapping[str, Any]) -> list[HeardGroup]:
    """The declared groups over categories; where there are none, the groups of each dimension."""
    return list(_over_categories(numbers)) or list(_of_dimensions(numbers))


def least_heard(groups: list[HeardGroup]) -> list[HeardGroup]:
    """Those heard far less than their share in the population, the worst first."""
    ratios = [
        (each.share / each.reference_share, each)
        for each in groups
        if each.share is not None and each.reference_share
    ]
    return [each for ratio, each in sorted(ratios, key=lambda pair: pair[0]) if ratio < UNHEARD]


def _over_categories(numbers: Mapping[str, Any]) -> Iterator[HeardGroup]:
    coverage = numbers["coverage"]
    for code, of in numbers["words"]["groups_of"].items():
        name, codes = next(iter(of.items()))
        parts = _parts(coverage["groups"], name, set(codes)) if len(of) == 1 else []
        counts = [each["count"] for each in parts]
        count = None if not parts or None in counts else sum(counts)
        references = [each["reference_share"] for each in parts]
        reference = None if not parts or None in references else sum(references)
        yield HeardGroup("group", code, of, count, _share(count, coverage), reference)


def _parts(
    groups: list[Mapping[str, Any]], dimension: str, codes: set[str]
) -> list[Mapping[str, Any]]:
    """The published groups that make up `codes` exactly; empty where they do not."""
    parts = [
        each for each in groups if each["dimension"] == dimension and _of(each, dimension) & codes
    ]
    covered = set().union(*(_of(each, dimension) for each in parts)) - {"-"}
    return parts if covered == codes & covered and covered else []


def _of(group: Mapping[str, Any], dimension: str) -> set[str]:
    return set(group.get("of", {}).get(dimension) or group["codes"])


def _of_dimensions(numbers: Mapping[str, Any]) -> Iterator[HeardGroup]:
    coverage = numbers["coverage"]
    for each in coverage["groups"]:
        if each["codes"] != ["-"]:
            yield HeardGroup(
                each["dimension"],
                each["codes"][0],
                each.get("of", {}),
                each["count"],
                _share(each["count"], coverage),
                each["reference_share"],
            )


def _share(count: int | None, coverage: Mapping[str, Any]) -> float | None:
    individuals = coverage["individuals"]
    return None if count is None or not individuals else count / individuals
