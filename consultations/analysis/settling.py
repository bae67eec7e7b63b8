"""Which gaps make laid out tables safe: question by question, then all of them together."""

from collections.abc import Mapping, Sequence

import numpy as np

from consultations.analysis.ground import Ground
from consultations.analysis.lattice import full, joint, joint_size, of_questions
from consultations.analysis.layout import Layout
from consultations.analysis.plan import CountedQuestion
from consultations.analysis.protection import Case
from consultations.analysis.quantities import EVERYONE, Quantity

JOINT_LIMIT = 60_000
"""Unknowns up to which all questions are audited over all dimensions at once."""

WORK_LIMIT = 16_000_000
"""Unknowns times withheld numbers up to which that is done: seconds, on most data.

A count and not a time, so that the same answers give the same numbers on every machine.
"""

Settled = dict[tuple[object, ...], tuple[set[Quantity], bool]]
"""What was withheld of a case, and whether that fails, by all that it depends on."""


def separately(
    ground: Ground, tables: Mapping[str, Sequence[Layout]], done: Settled
) -> tuple[set[Quantity], set[str]]:
    """Protect the coverage, then question by question, until no shared count changes.

    Returns what is withheld, and the questions for which that is not enough. What was `done`
    before with the same tables and the same that is known of everyone is not done again.
    """
    cases: dict[str, tuple[CountedQuestion, ...]] = {EVERYONE: ()}
    cases |= {questions[0].name: questions for questions in tied_questions(ground, tables)}
    built: dict[str, Case] = {}
    withheld: set[Quantity] = set()
    unsafe: set[str] = set()
    seen: dict[str, set[Quantity]] = {}
    while True:
        shared = {q for q in withheld if q.question == EVERYONE}
        behind = [name for name in cases if seen.get(name) != shared]
        if not behind or unsafe:
            return withheld, unsafe
        for name in behind:
            shown = tuple(layout for each in cases[name] for layout in tables[each.name])
            names = {EVERYONE, *(each.name for each in cases[name])}
            known = frozenset(q for q in withheld if q.question in names)
            again = name in seen
            tables_of = tuple(each.id for each in shown)
            key = name, again, tables_of, known, ground.coverage, ground.absent
            if key not in done:
                if name not in built:
                    built[name] = case_of(ground, cases[name], shown)
                done[key] = settled(built[name], set(known), again=again)
            more, failed = done[key]
            withheld |= more
            unsafe |= {name} if failed else set()
            seen[name] = {q for q in withheld if q.question == EVERYONE}


def settled(case: Case, withheld: set[Quantity], *, again: bool) -> tuple[set[Quantity], bool]:
    """What one case withholds, and whether that fails.

    The first time also without gaps that turn out not to be needed. What no shown groups add up
    to cannot be withheld safely, so that nothing is tried there.
    """
    first = case.first() | withheld
    if (first or case.demands) and _contradicted(case):
        return first, True
    pattern = case.pattern(first) if case.settled is None else case.settled
    pattern.hide(case.places(first))
    pattern.settle()
    if not (again or pattern.failed):
        pattern.restore(case.dearest_first(pattern, first))
        pattern.settle()
    case.settled = pattern
    return case.hidden(pattern), bool(pattern.failed)


def _contradicted(case: Case) -> bool:
    """Whether people are told of whom no shown groups hold, as a declared group is finer."""
    nobody = np.diff(case.system.rows.indptr) == 0
    return bool((nobody & case.printable & (case.truth > 0)).any())


def case_of(ground: Ground, questions: Sequence[CountedQuestion], shown: Sequence[Layout]) -> Case:
    """Some questions that routes tie together (or none: the coverage) on their cliques."""
    cliques = ground.cliques if questions else _with_language(ground)
    names = [each.name for each in questions] or (EVERYONE,)
    return Case(ground, of_questions(ground.collapsed, names, cliques), shown, questions)


def together(
    ground: Ground, tables: Mapping[str, Sequence[Layout]], withheld: set[Quantity]
) -> tuple[set[Quantity], set[str], tuple[str, ...]]:
    """Audit all questions over all dimensions at once where that is feasible, and repair.

    A demand that is met while everyone's characteristics are known is met whatever the other
    questions say; only the rest is asked of all questions together. Returns what is withheld,
    the questions for which that is not enough, and the models that were run.
    """
    names = {name for clique in ground.cliques for name in clique}
    tied = tied_questions(ground, tables)
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


def tied_questions(
    ground: Ground, tables: Mapping[str, Sequence[Layout]]
) -> list[tuple[CountedQuestion, ...]]:
    """The questions to be protected together: each with those that routes tie to it."""
    by_name = {question.name: question for question in ground.plan.questions}
    return [
        tuple(by_name[name] for name in names)
        for names in ground.universe.together(by_name)
        if any(tables[name] for name in names)
    ]


def _with_language(ground: Ground) -> list[tuple[str, ...]]:
    rest = [(name,) for name in ground.universe.dimensions if (name,) not in ground.cliques]
    inside = {name for clique in ground.cliques for name in clique}
    return ground.cliques + [clique for clique in rest if clique[0] not in inside]
