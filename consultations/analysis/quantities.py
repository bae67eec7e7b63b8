"""The identity of a count: the same people counted in two tables are one quantity.

A quantity is a set of answer codes of one question within a set of codes of some dimensions. It
is written in one way only, so that women in the table by gender, women in the table by group and
women in the coverage are withheld everywhere or nowhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from consultations.codebook import NOT_ASKED, POOLED, WITHDRAWN

ANSWERED = "+"
"""Of a multiple question: those who chose something."""
NOT = "~"
"""Of a multiple question, before a choice: those who answered without choosing it."""
OUTSIDE = (NOT_ASKED, WITHDRAWN)
"""What is no part of a base."""
EVERYONE = ""

Codes = frozenset[str]
Region = frozenset[tuple[str, Codes]]
"""(dimension, codes) pairs, those of all codes left out."""


@dataclass(frozen=True)
class Quantity:
    """A count of people.

    question: `EVERYONE` where answers do not matter.
    codes:    answer codes that are counted; empty for everyone.
    within:   (dimension, codes) pairs, those of all codes left out.
    """

    question: str
    codes: Codes
    within: Region

    @property
    def dimensions(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.within)

    def inside(self, other: "Quantity") -> bool:
        """Whether everyone counted here is counted in another quantity as well."""
        own = dict(self.within)
        groups = all(name in own and own[name] <= codes for name, codes in other.within)
        if other.question == EVERYONE:
            return groups
        return groups and self.question == other.question and self.codes <= other.codes


@dataclass(frozen=True)
class Route:
    """A question is asked after some answers to another one.

    exact: of everyone who gave one of them; else of some of those only.
    """

    question: str
    codes: Codes
    exact: bool = True


@dataclass(frozen=True)
class Universe:
    """The codes that occur.

    dimensions: name -> codes, `-` included where it occurs.
    questions:  name -> codes that partition everyone; of a multiple question `+` stands for
                those who answered.
    choices:    name -> choices of a multiple question, each yes or no for itself.
    routes:     name -> after which answers it is asked, if it is not asked of all.
    places:     second or third place of a ranking -> its first.
    """

    dimensions: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, tuple[str, ...]]
    routes: Mapping[str, Route] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def codes(self, question: str) -> tuple[str, ...]:
        """Every code of a question that a lattice keeps a variable for."""
        return self._codes[question]

    def quantity(
        self, question: str, codes: Iterable[str], within: Mapping[str, Iterable[str]]
    ) -> Quantity:
        """The one way of writing a count; codes that do not occur are dropped."""
        return self.counted(question, codes, self.region(within))

    def region(self, within: Mapping[str, Iterable[str]]) -> Region:
        """The one way of writing a group of people."""
        kept = []
        for name, wanted in within.items():
            every = self.dimensions[name]
            some = frozenset(wanted).intersection(every)
            if len(some) < len(every):
                kept.append((name, some))
        return frozenset(kept)

    def counted(self, question: str, codes: Iterable[str], region: Region) -> Quantity:
        """The people of a group who gave one of some answers.

        The base of a routed question is the count of the answers that route to it.
        """
        if question != EVERYONE:
            chosen = self._known[question].intersection(codes)
            route = self.routes.get(question)
            if route and route.exact and chosen == self.asked(question):
                return self.counted(route.question, route.codes, region)
            if chosen != self._everyone[question]:
                return Quantity(question, chosen, region)
        return Quantity(EVERYONE, frozenset(), region)

    def together(self, questions: Iterable[str]) -> list[tuple[str, ...]]:
        """The questions in sets of those that routes and rankings tie together, in their order."""
        sets: dict[str, list[str]] = {}
        for name in questions:
            root = self.places.get(name, name)
            while root in self.routes:
                root = self.routes[root].question
            sets.setdefault(root, []).append(name)
        return [tuple(names) for names in sets.values()]

    def asked(self, question: str) -> Codes:
        """The codes that make up the base."""
        return self._asked[question]

    def answered(self, question: str) -> Codes:
        """The codes that make up those who gave a substantive answer."""
        return self._answered[question]

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for name, parts in self.questions.items():
            choices = self.choices.get(name, ())
            found[name] = parts + choices + tuple(NOT + code for code in choices)
        return found

    @cached_property
    def _known(self) -> dict[str, Codes]:
        return {name: frozenset(codes) for name, codes in self._codes.items()}

    @cached_property
    def _everyone(self) -> dict[str, Codes]:
        return {name: frozenset(parts) for name, parts in self.questions.items()}

    @cached_property
    def _asked(self) -> dict[str, Codes]:
        return {name: codes - frozenset(OUTSIDE) for name, codes in self._everyone.items()}

    @cached_property
    def _answered(self) -> dict[str, Codes]:
        return {name: codes - {POOLED} for name, codes in self._asked.items()}
