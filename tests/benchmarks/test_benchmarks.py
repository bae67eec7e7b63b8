"""The benchmarks run, small, and give what they say they give."""

import pytest

from benchmarks import answering, counting, growth, memory
from benchmarks.answering import FIGURES, HEADER

SECONDS = 0.2


@pytest.mark.parametrize("database", answering.DATABASES)
def test_answering_is_measured_beside_the_bare_application(database: str) -> None:
    measured = answering.measure([database], repeats=1, seconds=SECONDS)
    assert [each.system for each in measured] == ["bare", "consultations", "with 20 conditions"]
    for each in measured:
        assert not each.failed
        assert all(each.typical(figure) > 0 for figure in FIGURES), each
    lines = answering.table(measured).splitlines()
    assert lines[0] == HEADER
    assert {line.count("|") for line in lines} == {HEADER.count("|")}


@pytest.mark.parametrize("database", answering.DATABASES)
def test_growth_is_measured(database: str) -> None:
    turns = growth.measure(database, (10, 2_000), repeats=1, seconds=SECONDS)
    assert set(turns) == {10, 2_000}
    assert all(min(turn) > 0 for found in turns.values() for turn in found)


def test_growth_is_told_turn_by_turn() -> None:
    assert growth.of_first([[10, 100, 1], [9, 90, 5]]) == [1, 0.9]


def test_memory_does_not_grow_with_answers() -> None:
    found = memory.measure(600)
    assert len(found) == memory.SAMPLES
    half, end = found[memory.SAMPLES // 2], found[-1]
    assert end.answers >= 500
    assert end.proportional < end.resident < 1.1 * half.resident


def test_counting_is_measured() -> None:
    least, ours, held, live = counting.counting(2_000, 1)
    assert 0 < least.wall < ours.wall
    assert 0 < least.processor < ours.processor
    assert held > 0 < live.wall
    assert min(counting.appending(1_000, 1)) > 0
    assert min(counting.rebuilding(1_000)) > 0
