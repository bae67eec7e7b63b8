"""The one way from answers to numbers: count, merge, withhold, audit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consultations.analysis import assembly, usefulness
from consultations.analysis.audit import Target, audit, verify_intervals
from consultations.analysis.choosing import (
    Categories,
    chosen_categories,
    chosen_groups,
    families,
    gapped_dimensions,
)
from consultations.analysis.counts import Counts
from consultations.analysis.ground import Ground, layouts
from consultations.analysis.lattice import full, joint, joint_size, of_questions
from consultations.analysis.layout import Layout
from consultations.analysis.listed import counts_of
from consultations.analysis.plan import (
    CHANNEL,
    ENTRY,
    GROUP,
    CountedQuestion,
    Responses,
    TablePlan,
    View,
)
from consultations.analysis.protection import (
    Case,
    first_cell,
    protected_counts,
    protected_groups,
)
from consultations.analysis.publication import Coverage, Protected
from consultations.analysis.quantities import EVERYONE, Quantity
from consultations.analysis.tallies import Tallies
from consultations.codebook import POOLED

JOINT_LIMIT = 60_000
"""Unknowns up to which all questions are audited over all dimensions at once."""

WORK_LIMIT = 16_000_000
"""Unknowns times withheld numbers up to which that is done: seconds, on most data.

A count and not a time, so that the same answers give the same numbers on every machine.
"""


SPARSE = 1 / 3
"""Share of a crossing's cells that may be too small before it is withheld as a whole."""


def protect(plan: TablePlan, answers: Responses | Counts) -> Protected:
    """Count the answers to a plan and withhold what could give someone away.

    `answers` are plain lists, or counts that an engine gives.
    The same answers give the same numbers, in whatever order they come. Where a dimension comes
    out with gaps, it is tried one step coarser as well, and what reaches the reader more is
    published.
    """
    counts = answers if isinstance(answers, Counts) else counts_of(plan, answers)
    tallies = Tallies(plan, counts)
    if tallies.n < plan.policy.threshold:
        return nothing(Ground(plan, tallies, {}))
    fine = with_groups(Ground(plan, tallies, chosen_groups(plan, tallies)))
    gapped = gapped_dimensions(plan, fine)
    if not gapped:
        return fine
    coarse = with_groups(Ground(plan, tallies, chosen_groups(plan, tallies, gapped)))
    return max(fine, coarse, key=_reach)


def with_groups(ground: Ground) -> Protected:
    """Protect a plan whose groups are chosen.

    What no pattern of gaps makes safe is withheld table by table, the least useful first, until
    both audits pass.
    """
    plan = ground.plan
    chosen: dict[str, Categories] = {}
    for family in families(plan.questions):
        chosen |= dict.fromkeys((q.name for q in family), chosen_categories(ground, family))
    ground = replace(ground, withdrawn=frozenset([*adrift(ground), *sparse(ground, chosen)]))
    while True:
        result, unsafe = attempt(ground, chosen)
        if not unsafe:
            return result
        more = _least_useful(ground, unsafe)
        if not more:
            return nothing(ground)
        ground = replace(ground, withdrawn=ground.withdrawn | more)


def _reach(protected: Protected) -> tuple[int, int]:
    """Planned one-dimension cells that reach a reader, then rows without a gap."""
    measures = protected.usefulness
    return measures.cells_alone + measures.cells_merged, measures.whole


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


def sparse(ground: Ground, chosen: Mapping[str, Categories]) -> Iterator[tuple[str, View]]:
    """Crossings of which more would be gaps than numbers."""
    for question in ground.plan.questions:
        for layout in layouts(ground, question, chosen[question.name]):
            if len(layout.view.by) > 1 and ground.counted(question):
                cells = [
                    first_cell(ground, question, row, category)
                    for row in layout.rows
                    for category in layout.categories
                    if row.codes and category.code != POOLED
                ]
                if sum(cells) > SPARSE * len(cells):
                    yield question.name, layout.view


def adrift(ground: Ground) -> Iterator[tuple[str, View]]:
    """All tables of questions asked after answers that no count of ours adds up."""
    for name in sorted(ground.tallies.adrift):
        yield from ((name, view) for view in ground.views)


def attempt(ground: Ground, chosen: Mapping[str, Categories]) -> tuple[Protected, set[str]]:
    """Protect what is not withdrawn. Also the questions for which it failed (`EVERYONE`: all)."""
    tables = {
        q.name: layouts(ground, q, chosen[q.name]) if ground.counted(q) else ()
        for q in ground.plan.questions
    }
    withheld, unsafe = separately(ground, tables)
    withheld, failed, models = together(ground, tables, withheld)
    result = assembled(ground, tables, withheld, models)
    return result, unsafe | failed | audited(ground, tables, result)


def audited(ground: Ground, tables: Mapping[str, Sequence[Layout]], result: Protected) -> set[str]:
    """The questions that fail an audit which reads nothing but what would be published."""
    questions = [each for tied in _tied(ground, tables) for each in tied]
    targets = [
        Target(q.question, q.codes, q.within, zero)
        for question in questions
        for q, zero in protected_counts(ground, question)
    ]
    targets += [Target(EVERYONE, q.codes, q.within) for q in protected_groups(ground)]
    published = result.as_published()
    _, _, found = verify_intervals(published, joint_limit=0)
    found += audit(published, targets, joint_limit=0)
    return {failure.question for failure in found}


def _least_useful(ground: Ground, unsafe: set[str]) -> frozenset[tuple[str, View]]:
    """The next tables to withdraw: of the unsafe questions, crossings before single dimensions.

    What routes tie to an unsafe question goes with it: its tables may be what gives too much away.
    """
    names = [q.name for q in ground.plan.questions if ground.counted(q)]
    tied = ground.universe.together(names)
    unsafe = {name for several in tied if unsafe & {*several} for name in several} or {*names}
    left = [
        (view, [(n, view) for n in names if n in unsafe and (n, view) not in ground.withdrawn])
        for view in sorted(ground.views, key=lambda view: (_rank(view), ground.views.index(view)))
    ]
    return frozenset(next((tables for _, tables in reversed(left) if tables), []))


def _rank(view: View) -> int:
    if len(view.by) > 1:
        return 4
    return {(CHANNEL,): 3, (ENTRY,): 3, (GROUP,): 2, (): 0}.get(view.by, 1)


def separately(
    ground: Ground, tables: Mapping[str, Sequence[Layout]]
) -> tuple[set[Quantity], set[str]]:
    """Protect the coverage, then question by question, until no shared count changes.

    Returns what is withheld, and the questions for which that is not enough.
    """
    everyone = of_questions(ground.collapsed, (EVERYONE,), _with_language(ground))
    cases = {EVERYONE: Case(ground, everyone, (), ())} | {
        questions[0].name: Case(
            ground,
            of_questions(ground.collapsed, [each.name for each in questions], ground.cliques),
            [layout for each in questions for layout in tables[each.name]],
            questions,
        )
        for questions in _tied(ground, tables)
    }
    withheld: set[Quantity] = set()
    unsafe: set[str] = set()
    seen: dict[str, set[Quantity]] = {}
    while True:
        shared = {q for q in withheld if q.question == EVERYONE}
        behind = [name for name in cases if seen.get(name) != shared]
        if not behind:
            return withheld, unsafe
        for name in behind:
            more, failed = settled(cases[name], withheld, again=name in seen)
            withheld |= more
            unsafe = unsafe | {name} if failed else unsafe - {name}
            seen[name] = {q for q in withheld if q.question == EVERYONE}


def settled(case: Case, withheld: set[Quantity], *, again: bool) -> tuple[set[Quantity], bool]:
    """What one case withholds, and whether that fails.

    The first time also without gaps that turn out not to be needed.
    """
    first = case.first() | withheld
    pattern = case.pattern(first)
    pattern.settle()
    if not again:
        pattern.restore(case.dearest_first(pattern, first))
        pattern.settle()
    return case.hidden(pattern), bool(pattern.failed)


def together(
    ground: Ground, tables: Mapping[str, Sequence[Layout]], withheld: set[Quantity]
) -> tuple[set[Quantity], set[str], tuple[str, ...]]:
    """Audit all questions over all dimensions at once where that is feasible, and repair.

    A demand that is met while everyone's characteristics are known is met whatever the other
    questions say; only the rest is asked of all questions together. Returns what is withheld,
    the questions for which that is not enough, and the models that were run.
    """
    names = {name for clique in ground.cliques for name in clique}
    tied = _tied(ground, tables)
    questions = [each for several in tied for each in several]
    asked = [question.name for question in questions]
    size = joint_size(ground.collapsed, asked, names) if asked else 0
    if not asked or size > JOINT_LIMIT or size * len(withheld) > WORK_LIMIT:
        return withheld, set(), ("questions",)
    proven: set[Quantity] = set()
    floors: set[Quantity] = set()
    for several in tied:
        alone = Case(
            ground,
            full(ground.collapsed, [each.name for each in several], names),
            [layout for each in several for layout in tables[each.name]],
            several,
            ground.profiles,
        )
        met, raised = alone.proven(alone.pattern(withheld))
        proven |= {q for q in met if q.question != EVERYONE}
        floors |= {q for q in raised if q.question != EVERYONE}
    every = [layout for name in asked for layout in tables[name]]
    case = Case(ground, joint(ground.collapsed, asked, names), every, questions)
    pattern = case.pattern(withheld, proven, floors)
    pattern.settle()
    failed = {case.quantities[demand.row].question for demand in pattern.failed}
    return withheld | case.hidden(pattern), failed, ("questions", "joint")


def _tied(
    ground: Ground, tables: Mapping[str, Sequence[Layout]]
) -> list[tuple[CountedQuestion, ...]]:
    """The questions to be protected together: each with those that routes tie to it."""
    by_name = {question.name: question for question in ground.plan.questions}
    return [
        tuple(by_name[name] for name in names)
        for names in ground.universe.together(by_name)
        if any(tables[name] for name in names)
    ]


def assembled(
    ground: Ground,
    tables: Mapping[str, Sequence[Layout]],
    withheld: set[Quantity],
    audit: tuple[str, ...],
) -> Protected:
    """What is published, with its measures."""
    planned = [
        (question, view, next((one for one in tables[question.name] if one.view == view), None))
        for question in ground.plan.questions
        for view in ground.views
    ]
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


def _with_language(ground: Ground) -> list[tuple[str, ...]]:
    rest = [(name,) for name in ground.universe.dimensions if (name,) not in ground.cliques]
    inside = {name for clique in ground.cliques for name in clique}
    return ground.cliques + [clique for clique in rest if clique[0] not in inside]
