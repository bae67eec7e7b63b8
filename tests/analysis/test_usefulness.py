"""What reaches the reader, table by table and in all."""

import pytest

from benchmarks import surveys
from consultations.analysis.choosing import chosen_groups
from consultations.analysis.ground import Ground
from consultations.analysis.listed import counts_of
from consultations.analysis.plan import GROUP, View
from consultations.analysis.protect import Draft
from consultations.analysis.tallies import Tallies
from consultations.analysis.usefulness import Kept
from consultations.codebook import Policy


@pytest.fixture(scope="module")
def draft():
    """A draft with gaps, of which one table is withheld."""
    drawn = surveys.drawn(300, crossings=1, policy=Policy(10, 30), seed=1)
    tallies = Tallies(drawn.plan, counts_of(drawn.plan, drawn.responses))
    gone = frozenset([("position0", View(("region",)))])
    return Draft(Ground(drawn.plan, tallies, chosen_groups(drawn.plan, tallies), gone))


def test_the_tables_add_up_to_the_whole(draft):
    measures = draft.result.usefulness
    total = sum(draft.kept.values(), Kept())
    by = sum((draft.kept_by(each.name) for each in draft.ground.plan.dimensions), Kept())
    assert (by.whole, by.rows) == (measures.whole, measures.rows)
    assert by.cells == measures.cells_alone + measures.cells_merged
    assert total.every == draft.result.disclosure.cells_reached
    assert 0 < total.whole < total.rows


def test_what_is_kept_by_questions_and_by_dimensions_and_groups_is_the_same(draft):
    plan = draft.ground.plan
    of = sum((draft.kept_of(question.name) for question in plan.questions), Kept())
    names = [*(dimension.name for dimension in plan.dimensions), GROUP]
    by = sum((draft.kept_by(name) for name in names), Kept())
    assert (of.whole, of.rows, of.cells) == (by.whole, by.rows, by.cells)


def test_the_rows_of_declared_groups_count_as_those_of_a_dimension(draft):
    kept = draft.kept_by(GROUP)
    assert kept.rows > 0
    assert kept.cells > 0


def test_a_table_that_is_withheld_keeps_nothing_of_its_rows(draft):
    lost = draft.kept["position0", View(("region",))]
    told = draft.kept["position1", View(("region",))]
    assert (lost.whole, lost.cells, lost.every) == (0, 0, 0)
    assert lost.rows == told.rows > 0
