"""The most rows that any pattern of gaps could tell without a gap, with any groups we would merge.

Counted are rows without a number that is too small itself, under the best groups and categories
for each dimension; where a single row of a table has one, another goes, as it would tell the gap.
"""

from collections.abc import Sequence

from benchmarks.surveys import Survey
from consultations.analysis.choosing import (
    chosen_groups,
    families,
    holds,
    offered,
    ways,
)
from consultations.analysis.ground import Ground
from consultations.analysis.listed import counts_of
from consultations.analysis.merging import Partition
from consultations.analysis.plan import CountedQuestion, View
from consultations.analysis.protection import first_cell
from consultations.analysis.tallies import Tallies
from consultations.codebook import POOLED


def most_rows(survey: Survey) -> int:
    """The bound, over all tables by one dimension."""
    plan, total = survey.plan, 0
    tallies = Tallies(plan, counts_of(plan, survey.responses))
    shown = chosen_groups(plan, tallies)
    for dimension in plan.dimensions:
        name, view = dimension.name, View((dimension.name,))
        grounds = [
            Ground(plan, tallies, {**shown, name: partition})
            for partition in {shown[name], *offered(dimension, plan, tallies)}
        ]
        total += max(_by_groups(ground, view) for ground in grounds)
    return total


def _by_groups(ground: Ground, view: View) -> int:
    asked = [question for question in ground.plan.questions if ground.counted(question)]
    return sum(
        max(sum(_whole(ground, each, view, way) for each in family) for way in ways(ground, family))
        for family in families(asked)
    )


def _whole(ground: Ground, question: CountedQuestion, view: View, way: Partition) -> int:
    rows = [row for row in ground.rows(view) if row.codes]
    planned = [row for row in ground.planned(view) if POOLED not in row.codes]
    large = [
        row
        for row in planned
        if ground.count(row.base(ground.universe, question.name)) >= ground.minimum
    ]
    told = [
        sum(holds(row, one, view) for one in large)
        for row in rows
        if not any(first_cell(ground, question, row, category) for category in way)
    ]
    return _without_one(told) if len(told) == len(rows) - 1 else sum(told)


def _without_one(told: Sequence[int]) -> int:
    return sum(told) - min(told, default=0)
