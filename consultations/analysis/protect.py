"""The one way from answers to numbers: count, merge, withhold, audit."""

from collections.abc import Callable, Mapping, Sequence

from consultations.analysis import assembly, usefulness
from consultations.analysis.choosing import (
    Categories,
    chosen_categories,
    chosen_groups,
    families,
)
from consultations.analysis.ground import Ground, layouts
from consultations.analysis.lattice import full, joint, joint_size, of_question
from consultations.analysis.layout import Layout
from consultations.analysis.plan import CountedQuestion, Responses, TablePlan
from consultations.analysis.protection import Case
from consultations.analysis.publication import Protected
from consultations.analysis.quantities import EVERYONE, Quantity
from consultations.analysis.tallies import Tallies

JOINT_LIMIT = 60_000
"""Unknowns up to which all questions are audited over all dimensions at once."""


def protect(plan: TablePlan, responses: Responses) -> Protected:
    """Count the answers to a plan and withhold what could give someone away.

    The same answers give the same numbers, in whatever order they come.
    """
    tallies = Tallies(plan, responses)
    if responses.n < plan.policy.threshold:
        return assembly.nothing(plan, responses)
    ground = Ground(plan, tallies, chosen_groups(plan, tallies))
    chosen: dict[str, Categories] = {}
    for family in families(plan.questions):
        chosen |= dict.fromkeys((q.name for q in family), chosen_categories(ground, family))
    tables = {
        q.name: layouts(ground, q, chosen[q.name]) if ground.counted(q) else ()
        for q in plan.questions
    }
    withheld = separately(ground, tables)
    withheld, audit = together(ground, tables, withheld)
    return assembled(ground, tables, withheld, audit)


def separately(
    ground: Ground, tables: Mapping[str, Sequence[Layout]]
) -> set[Quantity]:
    """Protect the coverage, then question by question, until no shared count changes."""
    withheld: set[Quantity] = set()
    people = Case(ground, of_question(ground.collapsed, EVERYONE, _with_language(ground)), (), ())
    withheld |= settled(people, withheld)
    cases = [
        Case(ground, of_question(ground.collapsed, question.name, ground.cliques),
             tables[question.name], (question,))
        for question in ground.plan.questions
        if tables[question.name]
    ]
    shared: set[Quantity] = set()
    while True:
        for case in cases:
            withheld |= settled(case, withheld)
        if shared == (shared := {q for q in withheld if q.question == EVERYONE}):
            return withheld
        withheld |= settled(people, withheld)


def settled(case: Case, withheld: set[Quantity]) -> set[Quantity]:
    """What one case withholds, without the gaps that turn out not to be needed."""
    first = case.first() | withheld
    pattern = case.pattern(first)
    pattern.settle()
    pattern.restore(case.dearest_first(pattern, first))
    pattern.settle()
    return case.hidden(pattern)


def together(
    ground: Ground, tables: Mapping[str, Sequence[Layout]], withheld: set[Quantity]
) -> tuple[set[Quantity], tuple[str, ...]]:
    """Audit all questions over all dimensions at once where that is feasible, and repair."""
    names = {name for clique in ground.cliques for name in clique}
    questions = [question for question in ground.plan.questions if tables[question.name]]
    asked = [question.name for question in questions]
    if not asked or joint_size(ground.collapsed, asked, names) > JOINT_LIMIT:
        return withheld, ("questions",)
    every = [layout for name in asked for layout in tables[name]]
    case = Case(ground, joint(ground.collapsed, asked, names), every, questions)
    proven: set[Quantity] = set()
    floors: set[Quantity] = set()
    for question in questions:
        alone = Case(ground, full(ground.collapsed, question.name, names), tables[question.name],
                     (question,), ground.profiles)
        met, raised = alone.proven(alone.pattern(withheld))
        proven |= {q for q in met if q.question != EVERYONE}
        floors |= {q for q in raised if q.question != EVERYONE}
    pattern = case.pattern(withheld, proven, floors)
    pattern.settle()
    return withheld | case.hidden(pattern), ("questions", "joint")


def assembled(
    ground: Ground, tables: Mapping[str, Sequence[Layout]], withheld: set[Quantity],
    audit: tuple[str, ...],
) -> Protected:
    """What is published, with its measures."""
    planned = [
        (question, view, next((one for one in tables[question.name] if one.view == view), None))
        for question in ground.plan.questions
        for view in ground.views
    ]
    every = [layout for _, _, layout in planned if layout]
    shown = tuple(
        assembly.table(ground, layout, withheld) if layout
        else assembly.withheld_table(question, view)
        for question, view, layout in planned
    )
    return Protected(
        policy=ground.plan.policy,
        coverage=assembly.coverage(ground, withheld),
        tables=shown,
        disclosure=usefulness.disclosure(ground, every, shown, withheld),
        usefulness=usefulness.usefulness(ground, every, withheld),
        audit=audit,
    )


def _with_language(ground: Ground) -> list[tuple[str, ...]]:
    rest = [(name,) for name in ground.universe.dimensions if (name,) not in ground.cliques]
    inside = {name for clique in ground.cliques for name in clique}
    return ground.cliques + [clique for clique in rest if clique[0] not in inside]
