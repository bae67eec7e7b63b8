"""The attacker who holds two publications of one round, and knows that people only came, or went.

Everyone belongs to a wave: those who stand in both reports, and those who moved in between. Each
report is then a statement about some waves, and what can be worked out of both together is worked
out as of one.
"""

from collections import defaultdict
from dataclasses import replace
from math import ceil, floor

from tests.attack.attacker import CLOSE, Bounder, Breach, Reading, count, problems

WAVE, STAYED, MOVED = "(wave)", "stayed", "moved"


class Waves(Reading):
    """The claims of two reports; `first` and `second` are the waves each of them tells of."""

    def __init__(self, reports, waves, routes=None, beside=()):
        readings = [Reading(report, routes=routes, beside=beside) for report in reports]
        self.k, self.routes = readings[0].k, routes or {}
        self.tables = [table for each in readings for table in each.tables]
        self.multiple = set().union(*(each.multiple for each in readings))
        self.claims = [
            replace(claim, where=f"{place}: {claim.where}", count=_of(claim.count, wave))
            for place, (reading, wave) in enumerate(zip(readings, waves, strict=True), start=1)
            for claim in reading.claims
        ]
        self.ratios, self.derived, self.kinds = [], [], {}
        self.dims, self.states = defaultdict(dict), defaultdict(dict)
        for each in readings:
            for mine, theirs in ((self.dims, each.dims), (self.states, each.states)):
                for name, codes in theirs.items():
                    mine[name].update(codes)
        self.dims[WAVE] = dict.fromkeys([STAYED, MOVED])


def _of(one, waves):
    return replace(one, region=one.region | {(WAVE, frozenset(waves))})


def attack_waves(before, after, protected, movers, *, came, routes=None, limit=40_000, of=(MOVED,)):
    """What two publications tell of those who came in between, or went.

    protected: counts among the `movers`, of whom a reader knows how many they are; or among
    those of the waves `of`.
    """
    targets = [
        count(question, [codes] if isinstance(codes, str) else codes, {**region, WAVE: of})
        for question, codes, region in protected
    ]
    waves = ([STAYED], [STAYED, MOVED]) if came else ([STAYED, MOVED], [STAYED])
    reading = Waves([before, after], waves, routes, targets)
    reach = min(reading.k, movers) if of == (MOVED,) else reading.k
    breaches = []
    for problem in problems(reading, targets, limit):
        mine = [one for one in targets if _told(one) and problem.places(one) is not None]
        if not mine:
            continue
        bounder = Bounder(problem, mine)
        bounder.sweep(range(len(mine)), reach)
        for row, one in enumerate(mine):
            low = 0 if bounder.low[row] <= CLOSE else ceil(bounder.minimum(row) - CLOSE)
            far = bounder.high[row] >= reach - CLOSE
            high = reach if far else floor(bounder.maximum(row) + CLOSE)
            if low > 0 or high < reach:
                breaches.append(Breach("moved", _name(one), *bounder.exact(row)))
    return breaches


def _told(one):
    return bool(one.states) or one.question is None


def _name(one):
    region = ", ".join(f"{name}={'+'.join(sorted(codes))}" for name, codes in sorted(one.region))
    return f"{one.question or 'people'} {'+'.join(sorted(one.states))} [{region}]"
