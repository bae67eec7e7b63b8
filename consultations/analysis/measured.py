"""What is published of laid out tables, with its measures."""

from collections.abc import Mapping, Sequence

from consultations.analysis import assembly, usefulness
from consultations.analysis.ground import Ground
from consultations.analysis.layout import Layout
from consultations.analysis.publication import Coverage, Protected
from consultations.analysis.quantities import Quantity
from consultations.analysis.usefulness import Planned


def assembled(
    ground: Ground,
    tables: Mapping[str, Sequence[Layout]],
    withheld: set[Quantity],
    audit: tuple[str, ...],
) -> Protected:
    """What is published, with its measures."""
    planned = planned_tables(ground, tables)
    shown = tuple(
        assembly.table(ground, layout, withheld)
        if layout
        else assembly.withheld_table(question, view)
        for question, view, layout in planned
    )
    return Protected(
        policy=ground.plan.policy,
        coverage=assembly.coverage(ground, withheld),
        tables=shown,
        disclosure=usefulness.disclosure(ground, planned, shown, withheld),
        usefulness=usefulness.usefulness(ground, planned, shown, withheld),
        audit=audit,
    )


def nothing(ground: Ground) -> Protected:
    """How many people answered, and no more: where they are fewer than the threshold."""
    planned = [
        (question, view, None) for question in ground.plan.questions for view in ground.views
    ]
    tables = tuple(assembly.withheld_table(question, view) for question, view, _ in planned)
    return Protected(
        policy=ground.plan.policy,
        coverage=Coverage(ground.tallies.n, {}, {}, (), ()),
        tables=tables,
        disclosure=usefulness.disclosure(ground, planned, tables, set()),
        usefulness=usefulness.usefulness(ground, planned, tables, set()),
    )


def planned_tables(ground: Ground, tables: Mapping[str, Sequence[Layout]]) -> list[Planned]:
    """Every table of the plan, with how it is laid out."""
    return [
        (question, view, next((one for one in tables[question.name] if one.view == view), None))
        for question in ground.plan.questions
        for view in ground.views
    ]
