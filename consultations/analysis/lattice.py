"""The unknown population behind the tables: one unknown per cell of every clique.

The graph whose edges join the dimensions that stand in one table is made chordal; nonnegative
tables over its cliques that agree on their separators are exactly the margins of some joint
table (a decomposable model), so the sum of the cliques' sizes replaces the product of all.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from consultations.analysis.chordal import Clique
from consultations.analysis.linear import LinearSystem, Places, Sums, Vector
from consultations.analysis.quantities import (
    ANSWERED,
    EVERYONE,
    NOT,
    Quantity,
    Region,
    Universe,
)


@dataclass(frozen=True)
class Piece:
    """A table of unknowns: a question (or everyone) by the dimensions of a clique."""

    question: str
    clique: Clique


class Lattice:
    """Pieces with an unknown for each cell, agreeing wherever they overlap."""

    def __init__(
        self, universe: Universe, pieces: Sequence[Piece], links: Iterable[tuple[Piece, Piece]]
    ) -> None:
        self.universe, self.pieces, self.links = universe, tuple(pieces), tuple(links)
        self._tables: dict[Piece, Places] = {}
        self.size = 0
        for piece in self.pieces:
            shape = (len(self._codes(piece.question)), *self._shape(piece.clique))
            self._tables[piece] = np.arange(self.size, self.size + prod(shape)).reshape(shape)
            self.size += prod(shape)

    def places(self, quantity: Quantity) -> Places:
        """The unknowns that add up to a quantity. Raises `KeyError` where no piece holds it."""
        return self._cells(self._home(quantity), quantity)

    def has(self, quantity: Quantity) -> bool:
        """Whether a piece holds a quantity."""
        try:
            self._home(quantity)
        except KeyError:
            return False
        return True

    def _cells(self, piece: Piece, quantity: Quantity) -> Places:
        table = self._tables[piece]
        codes = self._parts(piece.question)
        if quantity.question != EVERYONE:
            place = self._place[piece.question]
            codes = [place[code] for code in sorted(quantity.codes)]
        inside = self._inside(piece.clique, quantity.within)
        return table.reshape(len(table), -1).take(codes, 0).take(inside, 1).ravel()

    def _inside(self, clique: Clique, region: Region) -> Places:
        """The cells of a clique that make up a group."""
        found = self._groups.get((clique, region))
        if found is None:
            cells = np.arange(prod(self._shape(clique))).reshape(self._shape(clique))
            for name, chosen in region:
                known = self.universe.dimensions[name]
                places = [place for place, code in enumerate(known) if code in chosen]
                cells = cells.take(places, clique.index(name))
            found = self._groups[clique, region] = cells.ravel()
        return found

    def system(self, quantities: Sequence[Quantity]) -> LinearSystem:
        """The linear system whose rows are the quantities, in their order."""
        rows = Sums()
        for quantity in quantities:
            rows.add(self.places(quantity))
        equal, positive = Sums(), Sums()
        for first, second in self.links:
            self._agree(equal, first, second)
        for piece in self.pieces:
            self._choose(equal, positive, piece)
            self._follow(equal, positive, piece)
            self._rank(positive, piece)
        size = self.size
        return LinearSystem(size, rows.matrix(size), equal.matrix(size), positive.matrix(size))

    def holds(self, one: Quantity, other: Quantity, nobody: Sequence[Quantity]) -> bool:
        """Whether everyone in one quantity is in another, given where nobody is.

        False where no piece holds both, so that they cannot be compared.
        """
        within = one.dimensions | other.dimensions
        empty = [each for each in nobody if each.question == EVERYONE]
        for piece in self.pieces:
            if within <= set(piece.clique) and one.question in (EVERYONE, piece.question):
                if other.question not in (EVERYONE, piece.question):
                    continue
                void = [each for each in empty if each.dimensions <= set(piece.clique)]
                apart = set(self._cells(piece, one)) - set(self._cells(piece, other))
                for each in void:
                    apart -= set(self._cells(piece, each))
                return not apart
        return False

    def _home(self, quantity: Quantity) -> Piece:
        key = (quantity.question, quantity.dimensions)
        found = self._homes.get(key)
        if found is None:
            fitting = [
                piece
                for piece in self.pieces
                if quantity.question in (EVERYONE, piece.question)
                and quantity.dimensions <= set(piece.clique)
            ]
            if not fitting:
                raise KeyError(quantity)
            found = min(fitting, key=lambda piece: self._tables[piece].size)
            self._homes[key] = found
        return found

    @cached_property
    def _place(self) -> dict[str, dict[str, int]]:
        asked = {piece.question for piece in self.pieces} - {EVERYONE}
        return {name: {c: at for at, c in enumerate(self._codes(name))} for name in asked}

    @cached_property
    def _groups(self) -> dict[tuple[Clique, Region], Places]:
        return {}

    @cached_property
    def _homes(self) -> dict[tuple[str, frozenset[str]], Piece]:
        return {}

    def _codes(self, question: str) -> tuple[str, ...]:
        return (EVERYONE,) if question == EVERYONE else self.universe.codes(question)

    def _parts(self, question: str) -> list[int]:
        if question == EVERYONE:
            return [0]
        return list(range(len(self.universe.questions[question])))

    def _shape(self, clique: Clique) -> tuple[int, ...]:
        return tuple(len(self.universe.dimensions[name]) for name in clique)

    def _agree(self, equal: Sums, first: Piece, second: Piece) -> None:
        """Two pieces agree on the dimensions they share, by answer if both ask the same."""
        shared = tuple(name for name in first.clique if name in second.clique)
        one, other = self._margin(first, shared), self._margin(second, shared)
        if first.question != second.question:
            one, other = self._pooled(first, one), self._pooled(second, other)
        equal.add_all(np.hstack([one, other]), _signs(one, other))

    def _margin(self, piece: Piece, shared: Clique) -> Places:
        """Unknowns of a piece: (answer, shared cell) by what is summed away; complements apart."""
        table = self._tables[piece]
        if piece.question in self.universe.choices:
            table = table[: table.shape[0] - len(self.universe.choices[piece.question])]
        axes = [1 + piece.clique.index(name) for name in shared]
        rest = [axis for axis in range(1, table.ndim) if axis not in axes]
        cells = table.transpose([0, *axes, *rest])
        return cells.reshape(table.shape[0] * prod(self._shape(shared)), -1)

    def _pooled(self, piece: Piece, margin: Places) -> Places:
        answers = self._tables[piece].shape[0]
        if piece.question in self.universe.choices:
            answers -= len(self.universe.choices[piece.question])
        by_answer = margin.reshape(answers, -1, margin.shape[1])[self._parts(piece.question)]
        return by_answer.transpose([1, 0, 2]).reshape(by_answer.shape[1], -1)

    def _follow(self, equal: Sums, positive: Sums, piece: Piece) -> None:
        """A routed question is asked of those who gave the answers that route to it."""
        route = self.universe.routes.get(piece.question)
        parent = Piece(route.question, piece.clique) if route else None
        if route is None or parent not in self._tables:
            return
        sources = self._rows(parent, route.codes)
        asked = self._rows(piece, self.universe.asked(piece.question))
        (equal if route.exact else positive).add_all(
            np.hstack([sources.T, asked.T]), _signs(sources.T, asked.T)
        )

    def _rank(self, positive: Sums, piece: Piece) -> None:
        """What somebody puts in a later place of a ranking stands in no earlier one."""
        first, places = piece.question, self.universe.places
        ranked = [first, *(name for name, of in places.items() if of == first)]
        pieces = [Piece(name, piece.clique) for name in ranked]
        pieces = [each for each in pieces if each in self._tables]
        for number, earlier in enumerate(pieces[:-1], start=1):
            for code in self.universe.answered(earlier.question):
                others = self._rows(earlier, self.universe.answered(earlier.question) - {code})
                later = np.vstack([self._rows(each, {code}) for each in pieces[number:]])
                positive.add_all(np.hstack([others.T, later.T]), _signs(others.T, later.T))

    def _rows(self, piece: Piece, wanted: Collection[str]) -> Places:
        """The unknowns of some answers: a row each, a column for every cell of the clique."""
        codes = self._codes(piece.question)
        cells = self._tables[piece].reshape(len(codes), -1)
        return cells[[place for place, code in enumerate(codes) if code in wanted]]

    def _choose(self, equal: Sums, positive: Sums, piece: Piece) -> None:
        """Multiple choice: yes and no make up those who answered, who chose at least one."""
        choices = self.universe.choices.get(piece.question, ())
        if not choices:
            return
        codes = self._codes(piece.question)
        cells = self._tables[piece].reshape(len(codes), -1)
        answered = cells[codes.index(ANSWERED)]
        yes = [cells[codes.index(code)] for code in choices]
        for code, ticked in zip(choices, yes, strict=True):
            triples = np.stack([ticked, cells[codes.index(NOT + code)], answered], axis=1)
            equal.add_all(triples, [1.0, 1.0, -1.0])
        positive.add_all(np.stack([*yes, answered], axis=1), [1.0] * len(choices) + [-1.0])


def _signs(more: Places, less: Places) -> Vector:
    """Factors of rows that say how much more than the other each of two sums is."""
    return np.repeat([1.0, -1.0], [more.shape[1], less.shape[1]])


def of_questions(
    universe: Universe, questions: Sequence[str], cliques: Sequence[Clique]
) -> Lattice:
    """What is known of questions that routes tie together (or of `EVERYONE`: the population)."""
    if len(questions) > 1:
        return linked(universe, questions, cliques)
    pieces = [Piece(questions[0], clique) for clique in cliques]
    return Lattice(universe, pieces, _tree(pieces))


def linked(universe: Universe, questions: Iterable[str], cliques: Sequence[Clique]) -> Lattice:
    """All questions on their cliques, linked through the people they share."""
    base = {clique: Piece(EVERYONE, clique) for clique in cliques}
    pieces, links = list(base.values()), _tree(list(base.values()))
    for question in questions:
        own = [Piece(question, clique) for clique in cliques]
        links += _tree(own) + [(piece, base[piece.clique]) for piece in own]
        pieces += own
    return Lattice(universe, pieces, links)


def joint(universe: Universe, questions: Iterable[str], dimensions: Collection[str]) -> Lattice:
    """All questions, each by all dimensions at once: what a reader can know at the most."""
    return linked(universe, questions, [tuple(sorted(dimensions))])


def full(universe: Universe, questions: Sequence[str], dimensions: Collection[str]) -> Lattice:
    """One question, or some that routes tie together, by all dimensions at once."""
    return of_questions(universe, questions, [tuple(sorted(dimensions))])


def joint_size(universe: Universe, questions: Iterable[str], dimensions: Collection[str]) -> int:
    """How many unknowns the joint lattice has."""
    leaves = prod(len(universe.dimensions[name]) for name in dimensions)
    return leaves * (1 + sum(len(universe.codes(question)) for question in questions))


def _tree(pieces: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """A junction tree: the spanning tree with the largest separators."""
    inside, outside, links = list(pieces[:1]), list(pieces[1:]), []
    while outside:
        near, far = max(
            ((one, other) for one in inside for other in outside),
            key=lambda pair: len(set(pair[0].clique) & set(pair[1].clique)),
        )
        links.append((near, far))
        inside.append(far)
        outside.remove(far)
    return links
