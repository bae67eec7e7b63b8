"""What is kept beside the crude way is measured, and neither way leaks."""

import pytest

from benchmarks import surveys
from benchmarks.most_rows import most_rows
from benchmarks.surveys import POLICIES
from benchmarks.usefulness import CRUDE, HEADER, OURS, WAYS, drawn, gaps, measure


@pytest.fixture(scope="module")
def measured():
    """A small survey of two crossings, in every way."""
    (survey, *_) = drawn([150], [1], 1)
    return {way: measure(survey, way, attacked=way in (OURS, CRUDE)) for way in WAYS}


@pytest.mark.parametrize("way", [OURS, CRUDE])
def test_neither_way_leaks_and_both_are_told_in_a_line(measured, way):
    found = measured[way]
    assert found.leaks == 0
    assert found.line().count(" | ") == HEADER.count(" | ")


def test_one_who_reasons_on_learns_nothing_from_ours(measured):
    assert measured[OURS].on == 0


@pytest.mark.parametrize("way", WAYS)
def test_the_causes_of_the_gaps_add_up_to_the_published_ones(measured, way):
    useful = measured[way].protected.usefulness
    causes = measured[way].gaps
    assert causes["base"] == useful.gaps["base"]
    assert causes.total() == sum(useful.gaps.values()) > 0


@pytest.mark.parametrize("way", WAYS)
def test_no_way_tells_more_rows_than_any_could(measured, way):
    useful = measured[way].protected.usefulness
    assert useful.whole <= most_rows(measured[way].survey) < useful.rows


def test_the_crude_way_hides_whole_rows(measured):
    """What a row says of the answers is told all or not at all."""
    some = set()
    for table in measured[CRUDE].protected.tables:
        for group in table.groups:
            cells = [cell.count for cell in table.cells if cell.group == group.codes]
            assert None not in cells or set(cells) == {None}
            some.add(None in cells)
    assert some == {True, False}


def test_votes_are_read(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text("participant,group-id,n-votes,0,1\n1,0,2,1,-1\n2,1,60,,0\n3,,19,1,\n")
    found = surveys.of_votes(path, POLICIES[0])
    assert found.responses.answers == {
        "s0": ["agree", "-9", "agree"],
        "s1": ["disagree", "pass", "-9"],
    }
    assert found.responses.dimension["cluster"] == ["0", "1", "-"]
    assert found.responses.dimension["voted"] == ["under 020", "under 100", "under 020"]


def test_the_demonstration_can_be_measured():
    found = surveys.of_demonstration()
    assert found.responses.n == 3000
    assert {len(of) for of in found.responses.answers.values()} == {3000}
    assert not gaps(found, measure(found, CRUDE, attacked=False).protected)["base"] > 100
