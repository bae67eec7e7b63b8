"""Protecting costs as much for many people as for few."""

from dataclasses import replace

from benchmarks import protecting
from consultations.analysis.plan import Responses, TablePlan


def small() -> tuple[TablePlan, Responses]:
    """Two questions of R by three of its dimensions."""
    asked = protecting.plan(items=1, selects=1)
    kept = [each for each in asked.dimensions if each.name in ("gender", "age", "minority")]
    asked = replace(asked, dimensions=tuple(kept), crossings=protecting.CROSSINGS[:2])
    return asked, protecting.people(20_000)


def times(responses: Responses, many: int) -> Responses:
    """The same people so many times over."""
    return Responses(
        responses.n * many,
        {name: [*answers] * many for name, answers in responses.answers.items()},
        {name: [*codes] * many for name, codes in responses.dimension.items()},
    )


def test_protecting_takes_no_longer_for_ten_times_as_many() -> None:
    asked, responses = small()
    few, many = (
        protecting.measure(asked, people, repeats=1) for people in (responses, times(responses, 10))
    )
    assert many.people == 10 * few.people
    assert many.protecting < 3 * few.protecting
    assert few.ratio > 0
    lines = protecting.table([few, many]).splitlines()
    assert {line.count("|") for line in lines} == {protecting.HEADER.count("|")}


def test_the_workload_is_that_of_the_design() -> None:
    asked = protecting.plan()
    tables = len(asked.questions) * (len(asked.dimensions) + len(asked.crossings))
    assert (len(asked.questions), tables) == (14, 126)
    assert protecting.people(50) == protecting.people(50)
