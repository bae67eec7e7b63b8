"""Nothing protected can be worked out of what the product publishes of invented people."""

import pytest

from tests.attack.attacker import attack
from tests.attack.populations import protected, random_population
from tests.attack.protecting import published

LONG = pytest.mark.long


@pytest.mark.parametrize(
    "seed", [*range(12), *(pytest.param(n, marks=LONG) for n in range(12, 200))]
)
def test_no_protected_count_can_be_worked_out(seed):
    population = random_population(seed)
    assert attack(published(population), protected(population)) == []
