"""What a corrected report tells beside the one it corrects gives nobody away.

The attacker holds both, and knows that people only came, or only went. What was protected in
either report, and what would be protected of those who moved, is bounded by all that both say.
Tables that stand add nothing to this: they are those of the first report.
"""

from random import Random

import pytest

from consultations.analysis.protect import protect
from consultations.reports.correcting import corrected
from tests.attack.populations import protected, random_population, truth
from tests.attack.protecting import plan, responses
from tests.attack.waves import MOVED, STAYED, attack_waves

QUICK = (1, 4, 14, 37, 49)


def _long(seed):
    return pytest.param(seed, marks=pytest.mark.long)


class Correction:
    """A population, some of whom came later or went, and what is told of it twice."""

    def __init__(self, seed):
        draw = Random(f"correction {seed}")
        self.whole = random_population(seed)
        people, k = self.whole["people"], self.whole["k"]
        many = min(draw.choice([1, k - 1, 2 * k, 8 * k, len(people)]), len(people) // 2)
        if draw.random() < 0.5:
            self.movers = draw.sample(people, many)
        else:  # all from one corner
            self.movers = sorted(people, key=lambda each: [*each["dims"].values()])[:many]
        self.rest = [each for each in people if not any(each is one for one in self.movers)]
        self.came = draw.random() < 0.5
        first, second = (self.rest, people) if self.came else (people, self.rest)
        self.before = protect(plan(self.whole), self._answers(first)).as_published()
        counted = protect(plan(self.whole), self._answers(second))
        found = corrected(plan(self.whole), counted, [self.before], merging=draw.random() < 0.7)
        self.after, self.silent = found.protected.as_published(), found.silent

    def _answers(self, people):
        return responses({**self.whole, "people": people})

    def breaches(self, protected_of, waves):
        """Of whom nobody stayed, a reader knows that they are no more than those who moved."""
        if self.silent:  # nothing is published, not even how many there are now
            return []
        population = {**self.whole, "people": protected_of}
        hidden = [each for each in protected(population) if each[2] or each[0]]
        if waves != (MOVED,):
            stayed = {**self.whole, "people": self.rest}
            hidden = [(q, c, r) for q, c, r in hidden if truth(stayed, q, c, r)]
        return attack_waves(
            self.before, self.after, hidden, len(self.movers), came=self.came, of=waves
        )


@pytest.fixture(
    params=[*QUICK, *map(_long, range(300, 371))],
    scope="module",
)
def correction(request):
    return Correction(request.param)


def test_nothing_of_those_who_moved_can_be_worked_out(correction):
    assert correction.breaches(correction.movers, (MOVED,)) == []


def test_nothing_that_either_report_protects_can_be_worked_out(correction):
    assert correction.breaches(correction.whole["people"], (STAYED, MOVED)) == []
    assert correction.breaches(correction.rest, (STAYED,)) == []
