"""What a plan would show of so many people, before anybody has answered.

People are invented at random: in the shares of the population that the organizer stated (equal
ones where none are), each dimension by itself; every choice a quarter less often than the one
before it; one in twenty says nothing. Their answers are merged and withheld as real ones would
be, short of the linear programming that withholds a little more.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from consultations.analysis.choosing import chosen_categories, chosen_groups, families, likely_gaps
from consultations.analysis.ground import Ground, layouts
from consultations.analysis.layout import Layout
from consultations.analysis.listed import counts_of
from consultations.analysis.plan import GROUP, CountedQuestion, Responses, TablePlan
from consultations.analysis.quantities import Quantity
from consultations.analysis.tallies import Tallies
from consultations.analysis.usefulness import planned_rows
from consultations.codebook import NOT_ASKED, POOLED, SKIPPED, Dimension

DRAWS = 3
"""Populations drawn; what is forecast is their average."""
ENOUGH = 10_000
"""People after which nothing changes any more."""
RARER = 0.75
SILENT = 0.05
STATES = ("alone", "merged", "gap")

Place = tuple[tuple[str, ...], tuple[str, ...]]
"""A view, and the group in it; of a crossing no group."""
Codes = NDArray[np.str_]


@dataclass(frozen=True)
class Outlook:
    """What becomes of the planned cells of a group (or of a crossing: no codes), as shares.

    by, codes: the view and the group in it; cells: how many are planned; alone, merged, gap:
    which share (0 to 1) of them is likely to be shown as planned, within another, or not at all.
    """

    by: tuple[str, ...]
    codes: tuple[str, ...]
    cells: int
    alone: float
    merged: float
    gap: float


def outlook(
    plan: TablePlan, participants: int, chances: Mapping[str, float] | None = None
) -> tuple[Outlook, ...]:
    """The groups of every dimension, then those over categories, then each crossing as a whole.

    chances: question -> how likely (0 to 1) a participant is asked it; 1 where it is not named.
    The same plan and number give the same outlook.
    """
    asked = chances or {}
    states: dict[Place, Counter[str]] = {}
    for seed in range(DRAWS):
        people = invented(plan, min(participants, ENOUGH), asked, default_rng(seed))
        for place, cells in _states(plan, people):
            states.setdefault(place, Counter()).update(cells)
    return tuple(
        Outlook(by, codes, found.total() // DRAWS, *(found[s] / found.total() for s in STATES))
        for (by, codes), found in states.items()
        if found.total()
    )


def invented(
    plan: TablePlan, people: int, chances: Mapping[str, float], random: Generator
) -> Responses:
    """The answers of invented people to a plan."""
    dimension = {
        each.name: _drawn(random, people, *_shares(each), silent=POOLED) for each in plan.dimensions
    }
    answers: dict[str, Codes] = {}
    for each in plan.questions:
        given = _drawn(random, people, each.codes, _falling(len(each.codes)), silent=SKIPPED)
        asked = random.random(people) < chances.get(each.name, 1.0)
        if each.route and each.route.question in answers:
            asked &= np.isin(answers[each.route.question], list(each.route.codes))
        answers[each.name] = np.where(asked, given, NOT_ASKED)
    return Responses(
        people,
        {each.name: _as_given(each, answers[each.name]) for each in plan.questions},
        {name: codes.tolist() for name, codes in dimension.items()},
    )


def _as_given(question: CountedQuestion, codes: Codes) -> list[str] | list[tuple[str, ...]]:
    given = [str(code) for code in codes]
    if not question.multiple:
        return given
    several: list[tuple[str, ...]] = [(code,) for code in given]
    return several


def _states(plan: TablePlan, people: Responses) -> Iterator[tuple[Place, Counter[str]]]:
    """Of every table broken down: its groups, and the states of their cells."""
    tallies = Tallies(plan, counts_of(plan, people))
    ground = Ground(plan, tallies, chosen_groups(plan, tallies))
    enough = people.n >= plan.policy.threshold
    for family in families(plan.questions):
        categories = chosen_categories(ground, family)
        for question in family:
            for layout in layouts(ground, question, categories):
                by = layout.view.by
                for row in planned_rows(ground, layout, _withheld(ground, layout)) if by else ():
                    place = by, row.group if len(by) == 1 else ()
                    yield place, Counter(row.cells.values() if enough else ["gap"] * len(row.cells))


def _withheld(ground: Ground, layout: Layout) -> set[Quantity]:
    rows = [row for row in layout.rows if row.codes]
    gaps = likely_gaps(
        ground, layout.question, rows, layout.categories, exclusive=layout.view.by != (GROUP,)
    )
    return {
        rows[place].cell(ground.universe, layout.question.name, layout.categories[at])
        for place, at in gaps
    }


def _shares(dimension: Dimension) -> tuple[Sequence[str], Sequence[float]]:
    codes = [each.code for each in dimension.categories]
    stated = dimension.reference.shares if dimension.reference else {}
    left = max(1 - sum(stated.values()), 0.0)
    unknown = [code for code in codes if code not in stated]
    return codes, [stated.get(code, left / max(len(unknown), 1)) for code in codes]


def _falling(count: int) -> list[float]:
    return [RARER**place for place in range(count)]


def _drawn(
    random: Generator, people: int, codes: Sequence[str], weights: Sequence[float], *, silent: str
) -> Codes:
    shares = np.array(weights, dtype=float)
    shares = shares / shares.sum() if shares.sum() else np.full(len(codes), 1 / len(codes))
    chosen = random.choice(np.array(codes), size=people, p=shares)
    return np.where(random.random(people) < SILENT, silent, chosen)
