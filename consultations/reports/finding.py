"""What the matrix says at first glance: what unites the groups and what divides them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from consultations.analysis.plan import CHANNEL, ENTRY, GROUP
from consultations.codebook import POOLED
from consultations.reports.numbers import ORGANISATIONS
from consultations.reports.told import breakdown

FEWEST_GROUPS = 2
"""So many groups must be shown on a provision before it can unite or divide them."""

WIDE = 20.0
"""Points between the most and the least favourable group that count as a division."""


@dataclass(frozen=True)
class Spread:
    """How far apart the groups stand on one question about a provision.

    `lowest` and `highest` are rows of the matrix; `everyone` is the net of all, if shown.
    """

    provision: str
    question: str
    lowest: Mapping[str, Any]
    highest: Mapping[str, Any]
    everyone: float | None
    groups: int

    @property
    def width(self) -> float:
        """Points between the highest and the lowest group."""
        return float(self.highest["net"] - self.lowest["net"])


def spreads(numbers: Mapping[str, Any]) -> list[Spread]:
    """The spread of every position on a provision that enough groups are shown for."""
    questions = numbers["words"]["questions"]
    rows = [each for each in numbers["matrix"] if questions[each["question"]]["role"] == "position"]
    names = dict.fromkeys(each["question"] for each in rows)
    found = (_spread([row for row in rows if row["question"] == name]) for name in names)
    return [each for each in found if each is not None]


def uniting(found: Iterable[Spread]) -> list[Spread]:
    """Positions that more people support than oppose in every group shown, the clearest first.

    Where fewer than half of the groups are shown, nothing is said of all of them.
    """
    known = list(found)
    half = max((each.groups for each in known), default=0) / 2
    in_favour = [each for each in known if each.lowest["net"] > 0 and each.groups > half]
    return sorted(in_favour, key=lambda each: -each.lowest["net"])


def dividing(found: Iterable[Spread]) -> list[Spread]:
    """Positions on which groups stand wide apart, the widest first."""
    return sorted((each for each in found if each.width >= WIDE), key=lambda each: -each.width)


def _spread(rows: list[Mapping[str, Any]]) -> Spread | None:
    everyone = next((each["net"] for each in rows if not breakdown(each)), None)
    groups = [each for each in _groups(rows) if each["net"] is not None]
    if len(groups) < FEWEST_GROUPS:
        return None
    groups.sort(key=lambda each: each["net"])
    return Spread(
        provision=rows[0]["provision"],
        question=rows[0]["question"],
        lowest=groups[0],
        highest=groups[-1],
        everyone=everyone,
        groups=len(groups),
    )


def _groups(rows: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The declared groups over categories, as the matrix shows them; else those of dimensions."""
    people = [each for each in rows if _is_of_people(each)]
    return [each for each in people if breakdown(each) == GROUP] or people


def _is_of_people(row: Mapping[str, Any]) -> bool:
    """A group of people that said of itself what it is; not a channel, not organisations."""
    by, codes = breakdown(row), row["group"]["codes"]
    return bool(by) and by not in (CHANNEL, ENTRY, ORGANISATIONS) and codes != [POOLED]
