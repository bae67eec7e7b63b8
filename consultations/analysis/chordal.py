"""The dimensions that stand together in a table, as the cliques of a chordal graph."""

from collections.abc import Collection, Iterable
from itertools import combinations

Clique = tuple[str, ...]


def cliques(dimensions: Iterable[str], together: Iterable[Collection[str]]) -> list[Clique]:
    """The maximal cliques of the graph of the dimensions that stand together, made chordal."""
    near: dict[str, set[str]] = {name: set() for name in sorted(dimensions)}
    for names in together:
        for one, other in combinations(sorted(names), 2):
            near[one].add(other)
            near[other].add(one)
    found: list[frozenset[str]] = []
    while near:
        name = min(near, key=lambda name: (_fill(near, name), len(near[name]), name))
        around = near.pop(name)
        for one, other in combinations(sorted(around), 2):
            near[one].add(other)
            near[other].add(one)
        for neighbour in around:
            near[neighbour].discard(name)
        clique = frozenset(around | {name})
        if not any(clique <= other for other in found):
            found.append(clique)
    return [tuple(sorted(clique)) for clique in found] or [()]


def _fill(near: dict[str, set[str]], name: str) -> int:
    pairs = combinations(near[name], 2)
    return sum(1 for one, other in pairs if other not in near[one])
