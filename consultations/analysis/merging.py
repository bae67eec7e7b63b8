"""Merging before withholding: which categories and groups stand together, so that rows compare.

Sensible merges only: neighbours on a scale, declared parents, the smallest of a list; a
substantive answer never with non-response, except "no view" with "not stated"; no scale under
three categories.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from consultations.analysis.plan import CountedQuestion
from consultations.codebook import POOLED, Dimension, Group, Parent

FEWEST = 3
"""Categories of an answer that merging leaves."""

FEW = 3
"""Groups of neighbours, at most, that a scale is tried in."""


@dataclass(frozen=True)
class Merged:
    """A category or group as it is shown: its code and the planned codes it stands for."""

    code: str
    of: tuple[str, ...]

    @property
    def merged(self) -> bool:
        return self.of != (self.code,)


Partition = tuple[Merged, ...]
NOT_STATED = Merged(POOLED, (POOLED,))


def as_planned(codes: Sequence[str]) -> Partition:
    """Every code for itself."""
    return tuple(Merged(code, (code,)) for code in codes)


def heap(*parts: Merged) -> Merged:
    """Several categories as one, coded by all of their codes."""
    of = tuple(code for part in parts for code in part.of)
    return Merged("+".join(of), of)


def groups(dimension: Dimension, counts: Mapping[str, int], minimum: int) -> Partition:
    """The groups of a dimension as every table and the coverage show them.

    counts: people by code, only those that occur, in the codebook's order. Groups of fewer than
    `minimum` merge into a declared parent, a neighbour, or with the next smallest, while two
    groups are left; non-response of fewer than `minimum` goes to the largest group.
    """
    people = {part.code: part for part in as_planned([code for code in counts if code != POOLED])}
    shown = list(people.values())
    while len(shown) > 2 and (small := _smallest_under(shown, counts, minimum)):
        mates = _mates(dimension, small, shown, counts)
        place = min(shown.index(part) for part in mates)
        merged = _named(dimension, heap(*mates))
        shown = [part for part in shown if part not in mates]
        shown.insert(place, merged)
    silent = counts.get(POOLED, 0)
    if not silent:
        return tuple(shown)
    if silent >= minimum or not shown:
        return (*shown, NOT_STATED)
    largest = max(shown, key=lambda part: (size(part, counts), -shown.index(part)))
    with_silent = Merged(largest.code, (*largest.of, POOLED))
    return tuple(with_silent if part == largest else part for part in shown)


def coarsened(dimension: Dimension, counts: Mapping[str, int], minimum: int) -> Partition:
    """The groups where every declared parent takes its categories in."""
    parent_of = {code: parent for parent in dimension.parents for code in parent.of}
    codes = [code for code in counts if code != POOLED]
    heaps: dict[str, list[str]] = {}
    for code in codes:
        heaps.setdefault(parent_of[code].code if code in parent_of else code, []).append(code)
    if len(heaps) < 2:
        return groups(dimension, counts, minimum)
    shown = [_named(dimension, Merged("+".join(of), tuple(of))) for of in heaps.values()]
    sizes = {part.code: size(part, counts) for part in shown}
    sizes |= {POOLED: counts[POOLED]} if POOLED in counts else {}
    again = groups(dimension, sizes, minimum)
    inside = {part.code: part.of for part in shown} | {POOLED: (POOLED,)}
    return tuple(
        Merged(part.code, tuple(code for one in part.of for code in inside[one])) for part in again
    )


def neighbours(counts: Mapping[str, int]) -> Iterator[Partition]:
    """A scale in few groups of neighbours, non-response apart."""
    codes = as_planned([code for code in counts if code != POOLED])
    silent = (NOT_STATED,) if counts.get(POOLED) else ()
    for many in range(min(len(codes) - 1, FEW), 1, -1):
        for cuts in combinations(range(1, len(codes)), many - 1):
            parts = pairwise((0, *cuts, len(codes)))
            yield (*(heap(*codes[start:end]) for start, end in parts), *silent)


def size(part: Merged, counts: Mapping[str, int]) -> int:
    """The people in a category or group."""
    return sum(counts.get(code, 0) for code in part.of)


def of_group(
    group: Group, shown: Mapping[str, Partition], counts: Callable[[str, str], int]
) -> dict[str, tuple[str, ...]] | None:
    """A group over categories made of the merged ones: those that are mostly inside it.

    counts: (dimension, code) -> people. Nothing where no merged group is mostly inside.
    """
    within: dict[str, tuple[str, ...]] = {}
    for name, codes in group.of.items():
        inside: list[str] = []
        for part in shown[name]:
            people = sum(counts(name, code) for code in part.of if code != POOLED)
            mine = sum(counts(name, code) for code in part.of if code in codes)
            if mine * 2 > people:
                inside += part.of
        if not inside:
            return None
        within[name] = tuple(inside)
    return within


def options(question: CountedQuestion, totals: Mapping[str, int]) -> tuple[Partition, ...]:
    """The ways of showing a question's categories, finest first, non-response the last of each.

    totals: people by choice over the whole family.
    """
    planned = as_planned(question.codes)
    plain = (*planned, NOT_STATED)
    count = len(planned)
    if question.multiple or count <= FEWEST:
        return (plain,)
    if question.role == "position" and count == 4:
        both = heap(*planned[:2])
        silent = heap(planned[3], NOT_STATED)
        return plain, (both, *planned[2:], NOT_STATED), (both, planned[2], silent)
    if question.kind == "scale":
        return tuple((*option, NOT_STATED) for option in (planned, *_scales(planned)))
    return (plain, *_others(planned, totals))


def _scales(planned: Partition) -> list[Partition]:
    count = len(planned)
    ends, middle = (count - 1) // 2, (count - 1) // 2 + (2 - count % 2)
    if count == 4:
        return [(planned[0], heap(*planned[1:3]), planned[3])]
    return (
        [(heap(*planned[:ends]), heap(*planned[ends:middle]), heap(*planned[middle:]))]
        if (middle - ends > 1)
        else [(heap(*planned[:ends]), planned[ends], heap(*planned[middle:]))]
    )


def _others(planned: Partition, totals: Mapping[str, int]) -> list[Partition]:
    """The smallest choices in one heap, of two choices and of more, at the heap's first place."""
    smallest = sorted(planned, key=lambda part: (size(part, totals), -planned.index(part)))
    found: list[Partition] = []
    for many in range(2, len(planned) - FEWEST + 2):
        inside = [part for part in planned if part in smallest[:many]]
        apart = (part for part in planned if part not in inside)
        found.append((*apart, heap(*inside), NOT_STATED))
    return found


def _smallest_under(
    shown: Sequence[Merged], counts: Mapping[str, int], minimum: int
) -> Merged | None:
    small = [part for part in shown if size(part, counts) < minimum]
    return min(small, key=lambda part: size(part, counts), default=None)


def _mates(
    dimension: Dimension, small: Merged, shown: Sequence[Merged], counts: Mapping[str, int]
) -> list[Merged]:
    """What a small group merges with, itself included."""
    for parent in dimension.parents:
        family = [part for part in shown if set(part.of) <= set(parent.of)]
        if small in family and 1 < len(family) < len(shown):
            return family
    rest = [part for part in shown if part != small]
    if dimension.ordered:
        place = list(shown).index(small)
        rest = [*shown[max(place - 1, 0) : place], *shown[place + 1 : place + 2]]
    mate = min(rest, key=lambda part: size(part, counts))
    return [part for part in shown if part in (small, mate)]


def _named(dimension: Dimension, part: Merged) -> Merged:
    """A heap that is just a declared parent (of what occurs) carries the parent's code."""
    fitting = (parent for parent in dimension.parents if _fits(parent, part))
    parent = next(fitting, None)
    return Merged(parent.code, part.of) if parent else part


def _fits(parent: Parent, part: Merged) -> bool:
    return len(part.of) > 1 and set(part.of) <= set(parent.of)
