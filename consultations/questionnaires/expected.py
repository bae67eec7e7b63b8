"""How many people each provision can expect, worked out before anybody has answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb, floor

from consultations.questionnaires.drawing import Amount, everything
from consultations.questionnaires.structure import Questionnaire

_NOTHING_LOST = 1e-9
"""So much a sum of fractions may be off a whole number."""


@dataclass(frozen=True)
class Chance:
    """How likely (0 to 1) one participant is asked about a provision, as `drawing.draw` draws."""

    provision: str
    position: float
    in_depth: float


@dataclass(frozen=True)
class Expected:
    """So many people of a group are asked, whole ones.

    enough: whether they reach the minimum base; needed: how many have to take part in all so
    that they do, None where no number is enough.
    """

    people: int
    enough: bool
    needed: int | None


def chances(
    questionnaire: Questionnaire, *, positions: Amount, in_depth: Amount
) -> tuple[Chance, ...]:
    """The chances of every provision that is asked about, in the order of the questionnaire."""
    offered = everything(questionnaire)
    asked_for, details = set(offered.positions), set(offered.in_depth)
    every = dict.fromkeys(each.about for each in questionnaire.questions if each.about)
    position = _share(positions, len(asked_for))
    both, alone = _in_depth(
        len(asked_for), len(details & asked_for), len(details - asked_for), positions, in_depth
    )
    return tuple(
        Chance(
            eid,
            position if eid in asked_for else 0.0,
            (both if eid in asked_for else alone) if eid in details else 0.0,
        )
        for eid in every
    )


def expected(chance: float, share: float, participants: int, *, minimum_base: int) -> Expected:
    """What a group can expect that is `share` (0 to 1) of all who take part."""
    each = chance * share
    people = floor(participants * each + _NOTHING_LOST)
    needed = ceil(minimum_base / each - _NOTHING_LOST) if each else None
    return Expected(people, people >= minimum_base, needed)


def _share(amount: Amount, of: int) -> float:
    return 1.0 if amount == "all" or amount >= of else amount / of


def _in_depth(
    asked_for: int, both: int, alone: int, positions: Amount, in_depth: Amount
) -> tuple[float, float]:
    """The chance in depth of provisions with a position to take, and of those without.

    Provisions in depth are drawn among those whose position is asked and those without one; how
    many there are follows a hypergeometric distribution where positions are drawn as well.
    """
    if in_depth == "all" or in_depth >= both + alone:
        return 1.0, 1.0
    drawn = asked_for if positions == "all" else min(positions, asked_for)
    of_both = of_alone = 0.0
    for found in _possible(asked_for, both, drawn):
        ways = comb(both, found) * comb(asked_for - both, drawn - found) / comb(asked_for, drawn)
        nearest = found + alone
        if in_depth > nearest:
            of_both += ways * in_depth / (both + alone)
            of_alone += ways * in_depth / (both + alone)
        elif nearest:
            of_both += ways * in_depth / nearest * (found / both if both else 0.0)
            of_alone += ways * in_depth / nearest
    return of_both, of_alone


def _possible(of: int, both: int, drawn: int) -> Sequence[int]:
    """How many of `both` may be among `drawn` of `of`."""
    return range(max(0, drawn - (of - both)), min(both, drawn) + 1)
