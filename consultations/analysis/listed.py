"""Counting plain lists of answers in memory."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import TypeVar

import numpy as np

from consultations.analysis.coding import Column, Key, columns, numbers
from consultations.analysis.counts import CELLS, Counts, Numbers, Table
from consultations.analysis.plan import CHANNEL, ENTRY, LANGUAGE, Responses, TablePlan

T = TypeVar("T")


def counts_of(plan: TablePlan, responses: Responses) -> Counts:
    """Counts of answers that come as parallel lists."""
    coded: dict[Key, Numbers] = {}
    dimensions: dict[str, list[str]] = {}
    for name, values in _dimensions(plan, responses).items():
        dimensions[name], coded[name] = _encoded(values)
    for question in plan.questions:
        found, place = _encoded(responses.answers[question.name])
        own = columns(question)
        read = np.array([numbers(question, answer) for answer in found] or [(0,) * len(own)])
        for column, of in zip(own, read.T, strict=True):
            coded[column] = of[place]
    size = {key: key.size if isinstance(key, Column) else len(dimensions[key]) for key in coded}

    def ask(sets: Sequence[frozenset[Key]]) -> Iterator[Table]:
        for keys in dict.fromkeys(sets):
            yield _table([*keys], coded, size)

    return Counts(responses.n, dimensions, ask)


def _dimensions(plan: TablePlan, responses: Responses) -> dict[str, Sequence[str]]:
    declared = {each.name: responses.dimension[each.name] for each in plan.dimensions}
    beside = {CHANNEL: responses.channel, LANGUAGE: responses.language, ENTRY: responses.entry}
    return {name: values for name, values in beside.items() if len(values)} | declared


def _encoded(values: Sequence[T]) -> tuple[list[T], Numbers]:
    place: dict[T, int] = {}
    coded = [place.setdefault(value, len(place)) for value in values]
    return list(place), np.array(coded, dtype=np.int64)


def _table(keys: Sequence[Key], coded: Mapping[Key, Numbers], size: Mapping[Key, int]) -> Table:
    """Count the combinations that occur."""
    shape = tuple(size[key] for key in keys)
    flat = np.ravel_multi_index([coded[key] for key in keys], shape)
    if prod(shape) <= CELLS + len(flat):
        people = np.bincount(flat)
        cells = np.flatnonzero(people)
        people = people[cells]
    else:
        cells, people = np.unique(flat, return_counts=True)
    return Table(tuple(keys), tuple(np.unravel_index(cells, shape)), people)
