"""Which question depends on which: an order in which all can be worked out, or the circle."""

from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter


class CircleError(Exception):
    """Questions that depend on each other; `names` goes round and ends where it began."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(" → ".join(names))
        self.names = names


def in_order(depends: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """All names, each after those it depends on; raises `CircleError`."""
    sorted_names = {name: sorted(on) for name, on in depends.items()}
    try:
        return tuple(TopologicalSorter(sorted_names).static_order())
    except CycleError as error:
        raise CircleError(_from_the_first(error.args[1][:0:-1])) from error


def _from_the_first(circle: list[str]) -> list[str]:
    """The circle, begun where the alphabet begins, and closed."""
    start = circle.index(min(circle))
    return [*circle[start:], *circle[:start], circle[start]]


def reached(names: Iterable[str], depends: Mapping[str, Collection[str]]) -> set[str]:
    """The names and all that they depend on, directly or through others."""
    found = set(names)
    waiting = [*found]
    while waiting:
        more = set(depends.get(waiting.pop(), ())) - found
        found |= more
        waiting += more
    return found
