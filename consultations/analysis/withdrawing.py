"""Tables that are withheld as a whole: which, and in which order."""

from collections.abc import Iterator, Mapping

from consultations.analysis.choosing import Categories
from consultations.analysis.ground import Ground, layouts
from consultations.analysis.plan import CHANNEL, ENTRY, GROUP, View
from consultations.analysis.protection import first_cell
from consultations.codebook import POOLED

SPARSE = 1 / 3
"""Share of a crossing's cells that may be too small before it is withheld as a whole."""


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


def least_useful(ground: Ground, unsafe: set[str]) -> frozenset[tuple[str, View]]:
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
