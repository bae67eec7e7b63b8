"""Nothing protected can be worked out of what the product publishes of invented people."""

from functools import lru_cache

import pytest

from tests.attack.attacker import SILENT, Reading, attack
from tests.attack.populations import protected, random_population, truth
from tests.attack.protecting import published

QUICK = (1, 2, 4, 6, 10, 13, 14, 15, 37, 49, 53, 54)


@lru_cache(maxsize=1)
def case(seed):
    """A population and its report, protected once for all tests of the seed."""
    population = random_population(seed)
    return population, published(population)


@pytest.fixture(
    params=[*QUICK, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(60, 260))],
    scope="module",
)
def drawn(request):
    return case(request.param)


def test_no_protected_count_can_be_worked_out(drawn):
    population, report = drawn
    assert attack(report, protected(population)) == []


def test_every_number_told_is_true(drawn):
    population, report = drawn
    for claim in Reading(report).claims:
        if claim.value is not None:
            one = claim.count
            counted = truth(population, one.question, one.states, dict(one.region))
            assert (claim.where, claim.value) == (claim.where, counted)


def test_small_groups_stay_untold(drawn):
    """Under k people a group has no count; under the minimum base its answers are withheld.

    A zero may stand: where nobody of a larger group gave an answer, nobody of a smaller one did.
    """
    population, report = drawn
    for group in report["coverage"]["groups"]:
        assert group["count"] is None or not 0 < group["count"] < population["k"]
    for table in report["tables"]:
        small = [g["codes"] for g in table["groups"] if g["codes"] and _small(g, population)]
        cells = [cell for cell in table["cells"] if cell["category"] != SILENT]
        assert [cell for cell in cells if cell["group"] in small and cell["count"]] == []


def _small(group, population):
    return group["base"] is None or 0 < group["base"] < population["minimum_base"]
