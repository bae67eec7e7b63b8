"""Which merged categories a family of questions shows in each view."""

from collections.abc import Mapping, Sequence

from consultations.analysis.ground import Ground
from consultations.analysis.merging import Partition, options
from consultations.analysis.plan import CountedQuestion, View
from consultations.codebook import POOLED

Categories = Mapping[tuple[str, ...], Partition]


def families(questions: Sequence[CountedQuestion]) -> dict[str, list[CountedQuestion]]:
    """Questions by choice list, in the order of the plan."""
    found: dict[str, list[CountedQuestion]] = {}
    for question in questions:
        key = f"{question.family}\n{question.kind}\n{' '.join(question.codes)}"
        found.setdefault(key, []).append(question)
    return found


def ways(ground: Ground, family: Sequence[CountedQuestion]) -> tuple[Partition, ...]:
    """The ways of showing the categories of a family, finest first."""
    universe = ground.universe
    totals = {
        code: sum(ground.count(universe.quantity(q.name, (code,), {})) for q in family)
        for code in family[0].codes
    }
    return options(family[0], totals)


def fitting(ground: Ground, family: Sequence[CountedQuestion]) -> dict[tuple[str, ...], Partition]:
    """For each view the finest way without a small cell, or else the one with the fewest."""
    found = ways(ground, family)
    overall = {(): found[0]}
    return overall | {
        view.by: min(found, key=lambda way: (_small_cells(ground, family, view, way)))
        for view in ground.views
        if view.by
    }


def finest(ground: Ground, family: Sequence[CountedQuestion]) -> dict[tuple[str, ...], Partition]:
    """Categories as planned, in every view."""
    return dict.fromkeys((view.by for view in ground.views), ways(ground, family)[0])


def _small_cells(
    ground: Ground, family: Sequence[CountedQuestion], view: View, way: Partition
) -> int:
    universe = ground.universe
    return sum(
        ground.small(ground.count(row.cell(universe, question.name, category)))
        for question in family
        for row in ground.rows(view)
        if ground.count(row.base(universe, question.name)) >= ground.minimum
        for category in way
        if category.code != POOLED or question.sensitive
    )
