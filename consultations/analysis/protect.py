"""The one way from answers to numbers: count, merge, withhold, audit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consultations.analysis import assembly, usefulness
from consultations.analysis.audit import Target, audit
from consultations.analysis.choosing import (
    Categories,
    chosen_categories,
    chosen_groups,
    crossings_in_the_way,
    families,
    gapped_dimensions,
)
from consultations.analysis.counts import Counts
from consultations.analysis.ground import Ground, layouts
from consultations.analysis.layout import Layout
from consultations.analysis.listed import counts_of
from consultations.analysis.plan import (
    CHANNEL,
    ENTRY,
    GROUP,
    Responses,
    TablePlan,
    View,
)
from consultations.analysis.protection import (
    first_cell,
    protected_counts,
    protected_groups,
)
from consultations.analysis.publication import Coverage, Protected
from consultations.analysis.quantities import EVERYONE, Quantity
from consultations.analysis.settling import Settled, separately, tied_questions, together
from consultations.analysis.tallies import Tallies
from consultations.codebook import POOLED

SPARSE = 1 / 3
"""Share of a crossing's cells that may be too small before it is withheld as a whole."""


def protect(plan: TablePlan, answers: Responses | Counts) -> Protected:
    """Count the answers to a plan and withhold what could give someone away.

    `answers` are plain lists, or counts that an engine gives.
    The same answers give the same numbers, in whatever order they come. Where the simpler tables
    of a question come out with gaps, it is tried without its crossings as well; where a dimension
    still does, one step coarser; and what reaches the reader more is published.
    """
    counts = answers if isinstance(answers, Counts) else counts_of(plan, answers)
    return protected(plan, Tallies(plan, counts))


def protected(plan: TablePlan, tallies: Tallies) -> Protected:
    """The same from tallies."""
    if tallies.n < plan.policy.threshold:
        return nothing(Ground(plan, tallies, {}))
    drafts = _without_crossings(Draft(Ground(plan, tallies, chosen_groups(plan, tallies))))
    if gapped := gapped_dimensions(plan, drafts[-1].result):
        coarser = Ground(plan, tallies, chosen_groups(plan, tallies, gapped))
        drafts += _without_crossings(Draft(coarser))
    while True:
        best = max(drafts, key=_reach)
        if not best.joined:
            best.join()
        elif unsafe := audited(best.ground, best.tables, best.result):
            best.withdraw(unsafe)
        else:
            return best.result


class Draft:
    """What could be published of a plan whose groups are chosen.

    What no pattern of gaps makes safe is withheld table by table, the least useful first. Each
    question is protected at once; all of them together (`join`) only where a draft is the best,
    as that can only take numbers away from it.
    """

    tables: Mapping[str, Sequence[Layout]]
    withheld: set[Quantity]
    result: Protected
    joined: bool

    def __init__(self, ground: Ground, settled: Settled | None = None) -> None:
        """settled: what was settled for a draft with the same groups."""
        self.settled: Settled = {} if settled is None else settled
        self.chosen: dict[str, Categories] = {}
        for family in families(ground.plan.questions):
            categories = chosen_categories(ground, family)
            self.chosen |= dict.fromkeys((q.name for q in family), categories)
        gone = frozenset([*adrift(ground), *sparse(ground, self.chosen)])
        self.ground = replace(ground, withdrawn=ground.withdrawn | gone)
        self._attempt()

    def withdraw(self, unsafe: set[str]) -> None:
        """Withhold more tables of some questions, until protection holds again."""
        more = _least_useful(self.ground, unsafe)
        if more:
            self.ground = replace(self.ground, withdrawn=self.ground.withdrawn | more)
            self._attempt()
        else:
            self.tables, self.result, self.joined = {}, nothing(self.ground), True

    def join(self) -> None:
        """Withhold what all questions together would give away."""
        withheld, unsafe, models = together(self.ground, self.tables, self.withheld)
        if unsafe:
            self.withdraw(unsafe)
        else:
            self.result = assembled(self.ground, self.tables, withheld, models)
            self.joined = True

    def _attempt(self) -> None:
        self.tables = {
            q.name: layouts(self.ground, q, self.chosen[q.name]) if self.ground.counted(q) else ()
            for q in self.ground.plan.questions
        }
        self.withheld, unsafe = separately(self.ground, self.tables, self.settled)
        if unsafe:
            self.withdraw(unsafe)
        else:
            self.result = assembled(self.ground, self.tables, self.withheld, ("questions",))
            self.joined = False


def _without_crossings(draft: Draft) -> list[Draft]:
    """A draft, and the same with ever fewer of the crossings that cost other tables numbers."""
    drafts = [draft]
    while gone := crossings_in_the_way(drafts[-1].ground, drafts[-1].result):
        ground = drafts[-1].ground
        fewer = replace(ground, withdrawn=ground.withdrawn | gone)
        drafts.append(Draft(fewer, drafts[-1].settled))
    return drafts


def _reach(draft: Draft) -> tuple[int, int]:
    """Planned one-dimension cells that reach a reader, then rows without a gap."""
    measures = draft.result.usefulness
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


def audited(ground: Ground, tables: Mapping[str, Sequence[Layout]], result: Protected) -> set[str]:
    """The questions that fail an audit which reads nothing but what would be published."""
    if not any(tables.values()):
        return set()
    questions = [each for tied in tied_questions(ground, tables) for each in tied]
    targets = [
        Target(q.question, q.codes, q.within, zero)
        for question in questions
        for q, zero in protected_counts(ground, question)
    ]
    targets += [Target(EVERYONE, q.codes, q.within) for q in protected_groups(ground)]
    found = audit(result.as_published(), targets, joint_limit=0)
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
