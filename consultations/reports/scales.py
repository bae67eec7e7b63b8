"""Where the answers on every scale lean, and how far they agree, overall and group by group."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consultations.analysis.statistics.agreement import ENDS, agreement, polarisation
from consultations.analysis.statistics.differences import points_from_the_rest
from consultations.reports.counts import Bases, Counts, Groups, added, bases, counts, substantive
from consultations.reports.matrix import rising

FEWEST_POINTS = 5
"""A scale of fewer points has no top two and no bottom two."""


def scales(tables: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row for every scale and group: ends and net in per cent of the base, agreement.

    Agreement is over the points that the table shows (`points`), of those who answered. Every
    figure is None as soon as one of its counts is withheld.
    """
    return [
        row
        for table in tables
        if table["kind"] == "scale" and len(table["by"]) < 2
        for row in _rows(_Scale(table))
    ]


@dataclass(frozen=True)
class _Scale:
    """A table of a scale; `points` are its categories, to each the codes it stands for."""

    table: Mapping[str, Any]

    @cached_property
    def points(self) -> dict[str, list[str]]:
        return substantive(self.table)

    @cached_property
    def climbing(self) -> list[str]:
        return rising([code for of in self.points.values() for code in of])

    @cached_property
    def order(self) -> list[str]:
        """The points from the lowest to the highest."""
        return sorted(self.points, key=lambda point: self.climbing.index(self.points[point][0]))

    @property
    def ends(self) -> tuple[list[str], list[str]]:
        """The codes at the top and at the bottom; none of a short scale."""
        wide = len(self.climbing) >= FEWEST_POINTS
        return (self.climbing[-ENDS:], self.climbing[:ENDS]) if wide else ([], [])

    def people(self, cells: Counts, codes: Collection[str]) -> int | None:
        """People at one end; None where a point reaches beyond it."""
        inside = [point for point, of in self.points.items() if set(of) & set(codes)]
        if not inside or any(not set(self.points[point]) <= set(codes) for point in inside):
            return None
        return added(cells.get(point) for point in inside)


def _rows(scale: _Scale) -> Iterator[dict[str, Any]]:
    table = scale.table
    cells, base = counts(table), bases(table)
    for group in table["groups"]:
        codes = tuple(group["codes"])
        if bool(codes) == bool(table["by"]):
            yield {
                "question": table["question"],
                "table": table["id"],
                "group": {name: group[name] for name in ("codes", "of") if name in group},
                "base": group["base"],
                "answered": group["answered"],
                **_ends(scale, cells[codes], base[codes]),
                "from_rest": _from_rest(scale, cells, base, codes) if codes else None,
                "points": len(scale.order),
                **_agreement([cells[codes][point] for point in scale.order]),
            }


def _ends(scale: _Scale, cells: Counts, base: int | None) -> dict[str, float | None]:
    top, bottom = (scale.people(cells, codes) for codes in scale.ends)
    if top is None or bottom is None or not base:
        return {"top_two": None, "bottom_two": None, "net": None}
    shares = {"top_two": top, "bottom_two": bottom, "net": top - bottom}
    return {name: round(100 * people / base, 1) for name, people in shares.items()}


def _from_rest(scale: _Scale, cells: Groups, base: Bases, group: tuple[str, ...]) -> float | None:
    """How many points the net of a group is above that of everyone else."""
    net, of_everyone = (_net(scale, cells[codes]) for codes in (group, ()))
    people, everyone = base[group], base[()]
    if net is None or of_everyone is None or people is None or everyone is None:
        return None
    apart = points_from_the_rest(net, people, of_everyone, everyone)
    return None if apart is None else round(apart, 1)


def _net(scale: _Scale, cells: Counts) -> int | None:
    top, bottom = (scale.people(cells, codes) for codes in scale.ends)
    return None if top is None or bottom is None else top - bottom


def _agreement(told: Sequence[int | None]) -> dict[str, float | None]:
    known = [number for number in told if number is not None]
    whole = len(known) == len(told)
    figures = {"agreement": agreement, "polarisation": polarisation}
    found = {name: figure(known) if whole else None for name, figure in figures.items()}
    return {name: None if value is None else round(value, 3) for name, value in found.items()}
