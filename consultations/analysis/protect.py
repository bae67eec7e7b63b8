"""The one way from answers to numbers: count, merge, withhold, audit."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import product

from consultations.analysis.audit import Target, audit
from consultations.analysis.choosing import (
    Categories,
    chosen_categories,
    chosen_groups,
    families,
    groups_instead,
    too_many,
)
from consultations.analysis.counts import Counts
from consultations.analysis.ground import Ground, layouts
from consultations.analysis.layout import Layout
from consultations.analysis.listed import counts_of
from consultations.analysis.measured import assembled, nothing, planned_tables
from consultations.analysis.merging import Partition
from consultations.analysis.plan import Responses, TablePlan, View
from consultations.analysis.protection import protected_counts, protected_groups
from consultations.analysis.publication import Protected
from consultations.analysis.quantities import EVERYONE, Quantity
from consultations.analysis.settling import Settled, separately, tied_questions, together
from consultations.analysis.tallies import Tallies
from consultations.analysis.usefulness import Kept, kept
from consultations.analysis.withdrawing import adrift, least_useful, sparse


def protect(plan: TablePlan, answers: Responses | Counts) -> Protected:
    """Count the answers to a plan and withhold what could give someone away.

    `answers` are plain lists, or counts that an engine gives.
    The same answers give the same numbers, in whatever order they come. Where a dimension tells too
    few rows, other groups are tried; a crossing is shown where it costs no simpler table numbers.
    """
    counts = answers if isinstance(answers, Counts) else counts_of(plan, answers)
    return protected(plan, Tallies(plan, counts))


def protected(plan: TablePlan, tallies: Tallies) -> Protected:
    """The same from tallies."""
    if tallies.n < plan.policy.threshold:
        return nothing(Ground(plan, tallies, {}))
    simple = _by_groups(plan, tallies)
    best = max(simple, key=_enough)
    others = [draft for draft in simple if _reach(draft) < _reach(best)]
    drafts = [best, *others, *_with_crossings(best)]
    while True:
        best = max(drafts, key=_reach)
        if not best.joined:
            best.join()
            continue
        unsafe, model = audited(best.ground, best.tables, best.result)
        if not unsafe:
            return replace(best.result, audit=(*best.result.audit, *model))
        best.withdraw(unsafe)


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
    kept: Mapping[tuple[str, View], Kept]

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

    def kept_of(self, question: str) -> Kept:
        """What reaches the reader of a question's tables."""
        return sum((kept for (name, _), kept in self.kept.items() if name == question), Kept())

    def kept_by(self, dimension: str) -> Kept:
        """What reaches the reader of the tables by a dimension."""
        by = (dimension,)
        return sum((kept for (_, view), kept in self.kept.items() if view.by == by), Kept())

    def withdraw(self, unsafe: set[str]) -> None:
        """Withhold more tables of some questions, until protection holds again."""
        more = least_useful(self.ground, unsafe)
        if more:
            self.ground = replace(self.ground, withdrawn=self.ground.withdrawn | more)
            self._attempt()
        else:
            self.tables, self.result, self.joined = {}, nothing(self.ground), True
            self.kept = {}

    def join(self) -> None:
        """Withhold what all questions together would give away."""
        withheld, unsafe, models = together(self.ground, self.tables, self.withheld)
        if unsafe:
            self.withdraw(unsafe)
        else:
            self.result = assembled(self.ground, self.tables, withheld, models)
            self.kept = self._kept(withheld)
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
            self.kept = self._kept(self.withheld)
            self.joined = False

    def _kept(self, withheld: set[Quantity]) -> Mapping[tuple[str, View], Kept]:
        planned = planned_tables(self.ground, self.tables)
        return kept(self.ground, planned, self.result.tables, withheld)


def _by_groups(plan: TablePlan, tallies: Tallies) -> list[Draft]:
    """Drafts without crossings: other groups for every dimension that tells too few rows."""

    def draft(shown: Mapping[str, Partition]) -> Draft:
        ground = Ground(plan, tallies, shown)
        return Draft(replace(ground, withdrawn=_crossings(ground)))

    drafts = [draft(chosen_groups(plan, tallies))]
    shown = dict(drafts[0].ground.shown)
    gapped = [d.name for d in plan.dimensions if _fine(drafts[0], d.name)[0]]
    drafts += [draft(each) for each in groups_instead(plan, tallies, shown, gapped)]
    for name in gapped:
        best = max(drafts, key=lambda draft: _fine(draft, name))
        shown[name] = best.ground.shown[name]
    if shown not in [each.ground.shown for each in drafts]:
        drafts.append(draft(shown))
    return drafts


def _fine(draft: Draft, dimension: str) -> tuple[int, int, int]:
    """Too many rows with a gap (negative); groups; cells of the tables by a dimension."""
    kept = draft.kept_by(dimension)
    short = too_many(kept.rows - kept.whole, kept.rows)
    return -short, len(draft.ground.shown[dimension]), kept.cells


def _with_crossings(simple: Draft) -> list[Draft]:
    """The same with all crossings; and with those that cost no simpler table its numbers.

    A question that all of its crossings cost numbers is offered them one after the other.
    """
    crossings = _crossings(simple.ground)

    def draft(shown: Set[tuple[str, View]]) -> Draft:
        left = simple.ground.withdrawn - shown
        return Draft(replace(simple.ground, withdrawn=left), simple.settled)

    def harmed(draft: Draft) -> set[str]:
        names = [question.name for question in simple.ground.plan.questions]
        return {n for n in names if draft.kept_of(n).simple < simple.kept_of(n).simple}

    full = draft(crossings)
    drafts, offered = [full], crossings - full.ground.withdrawn
    costly = harmed(full)
    taken = {one for one in offered if one[0] not in costly}
    for view in simple.ground.views:
        if more := {(name, each) for name, each in offered if each == view and name in costly}:
            drafts.append(draft(taken | more))
            taken |= {(name, each) for name, each in more if name not in harmed(drafts[-1])}
    if taken and offered - taken:
        drafts.append(draft(taken))
    return drafts


def _crossings(ground: Ground) -> frozenset[tuple[str, View]]:
    crossed = [view for view in ground.views if len(view.by) > 1]
    return frozenset(product((q.name for q in ground.plan.questions), crossed))


def _enough(draft: Draft) -> tuple[int, int]:
    """Too many rows with a gap (negative); cells of every table."""
    told = sum(draft.kept.values(), Kept())
    return -too_many(told.rows - told.whole, told.rows), told.every


def _reach(draft: Draft) -> tuple[int, int, int]:
    """Rows without a gap and cells of the simpler tables that reach a reader; all cells."""
    told = sum(draft.kept.values(), Kept())
    return told.whole, told.cells, told.every


def audited(
    ground: Ground, tables: Mapping[str, Sequence[Layout]], result: Protected
) -> tuple[set[str], tuple[str, ...]]:
    """The questions that fail an audit which reads nothing but what would be published.

    And whether all that is protected was shown to be open by populations of whole people (docs/
    decisions/0024): `whole`, or by its `bounds`.
    """
    if not any(tables.values()):
        return set(), ()
    questions = [each for tied in tied_questions(ground, tables) for each in tied]
    targets = [
        Target(q.question, q.codes, q.within, zero)
        for question in questions
        for q, zero in protected_counts(ground, question)
    ]
    targets += [Target(EVERYONE, q.codes, q.within) for q in protected_groups(ground)]
    found, by_bounds = audit(result.as_published(), targets, joint_limit=0)
    return {failure.question for failure in found}, ("bounds" if by_bounds else "whole",)
