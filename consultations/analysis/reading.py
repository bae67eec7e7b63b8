"""A published report as a reader sees it: counts that are told, and counts that are withheld.

Reads the shape of report.json and nothing else; what planned codes a merged one stands for is
taken from `of`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from consultations.analysis.chordal import Clique, cliques
from consultations.analysis.plan import CHANNEL, GROUP, LANGUAGE
from consultations.analysis.quantities import ANSWERED, EVERYONE, Quantity, Region, Route, Universe
from consultations.codebook import NOT_ASKED, POOLED

Json = Mapping[str, Any]
Within = Mapping[str, tuple[str, ...]]

WAVE = "_wave"
"""When people were counted, where several reports are read as one; no dimension is called so."""


@dataclass(frozen=True)
class Statement:
    """A number of a report, or its gap. where: the table's id (or `coverage`) and the place."""

    where: str
    quantity: Quantity
    value: int | None


@dataclass
class Reading:
    """Everything one report says, as quantities of one universe.

    kinds:   question -> its kinds of non-response, overall.
    regions: the groups that its tables are planned to be broken down by.
    """

    universe: Universe
    threshold: int
    statements: list[Statement]
    kinds: dict[str, dict[str, int | None]]
    cliques: list[Clique] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)

    def of_questions(self, questions: Collection[str]) -> list[Statement]:
        """What is said of some questions and of everyone."""
        return [
            one
            for one in self.statements
            if one.quantity.question in (EVERYONE, *questions)
            and LANGUAGE not in one.quantity.dimensions
        ]


def read(published: Json, beside: Iterable[Collection[str]] = ()) -> Reading:
    """Read a report. `beside`: sets of dimensions that something will be asked of together."""
    tables = [t for t in published["tables"] if t.get("population", "individuals") == "individuals"]
    universe = Universe(_dimensions(published, tables), _questions(tables), _choices(tables))
    places = {each["question"]: each["place_of"] for each in tables if "place_of" in each}
    universe = replace(universe, routes=_routes(universe, tables), places=places)
    together = [set(dict(within)) for t in tables for within in _all_within(t)]
    together += [set(t["by"]) for t in tables if t["by"] != [GROUP]]
    together += [set(names) for names in beside]
    names = set(universe.dimensions) - {LANGUAGE}
    together = [set(inside) for inside in {frozenset(inside & names) for inside in together}]
    return Reading(
        universe=universe,
        threshold=published["policy"]["threshold"],
        statements=list(_statements(universe, published, tables)),
        kinds=_kinds(published),
        cliques=cliques(names, together),
    )


@dataclass(frozen=True)
class Together:
    """Reports of one round as one. waves: of each, whom it tells of; by_report: what it says."""

    reading: Reading
    waves: Sequence[tuple[str, ...]]
    by_report: list[list[Statement]]


def read_together(published: Sequence[Json], waves: Sequence[tuple[str, ...]]) -> Together:
    """Read reports of one round as one, each as what it says of some waves of people."""
    own = [
        [t for t in each["tables"] if t.get("population", "individuals") == "individuals"]
        for each in published
    ]
    tables = [table for each in own for table in each]
    dimensions: dict[str, tuple[str, ...]] = {}
    for report, mine in zip(published, own, strict=True):
        for name, codes in _dimensions(report, mine).items():
            dimensions[name] = tuple(dict.fromkeys((*dimensions.get(name, ()), *codes)))
    dimensions[WAVE] = tuple(dict.fromkeys(wave for told in waves for wave in told))
    universe = Universe(dimensions, _questions(tables), _choices(tables))
    places = {each["question"]: each["place_of"] for each in tables if "place_of" in each}
    universe = replace(universe, routes=_routes(universe, tables), places=places)
    by_report = [
        list(_of_waves(universe, report, mine, told, f"{place}: "))
        for place, (report, mine, told) in enumerate(zip(published, own, waves, strict=True), 1)
    ]
    regions = list(_planned(universe, tables))
    together = [{name for name, _ in region} for region in regions]
    names = set(dimensions) - {LANGUAGE, WAVE}
    reading = Reading(
        universe=universe,
        threshold=published[-1]["policy"]["threshold"],
        statements=[statement for each in by_report for statement in each],
        kinds={},
        cliques=[tuple(sorted((*each, WAVE))) for each in cliques(names, together)],
        regions=regions,
    )
    return Together(reading, waves, by_report)


def among(quantity: Quantity, region: Region) -> Quantity:
    """Those of a quantity who are in a group by another dimension too."""
    return replace(quantity, within=quantity.within | region)


def _of_waves(
    universe: Universe, published: Json, tables: Sequence[Json], waves: tuple[str, ...], prefix: str
) -> Iterator[Statement]:
    told = universe.region({WAVE: waves})
    for one in _statements(universe, published, tables):
        yield Statement(prefix + one.where, among(one.quantity, told), one.value)
    listed: dict[str, set[str]] = {}
    for name, inside, _ in _groups(published["coverage"]):
        listed.setdefault(name, set()).update(inside[name])
    for name, codes in listed.items():
        if unheard := set(universe.dimensions[name]) - codes:
            nobody = universe.quantity(EVERYONE, (), {name: tuple(unheard), WAVE: waves})
            yield Statement(f"{prefix}coverage.{name} absent", nobody, 0)


def _planned(universe: Universe, tables: Sequence[Json]) -> Iterator[Region]:
    """Every group of a breakdown before any merging, those over categories as they are told."""
    found: dict[Region, None] = {universe.region({}): None}
    known = universe.dimensions
    for table in tables:
        if table["by"] == [GROUP]:
            found |= {universe.region(inside): None for inside in _all_within(table)}
        elif all(name in known for name in table["by"]):
            for codes in product(*(known[name] for name in table["by"])):
                inside = {name: (code,) for name, code in zip(table["by"], codes, strict=True)}
                found[universe.region(inside)] = None
    yield from found


def _statements(universe: Universe, published: Json, tables: Sequence[Json]) -> Iterator[Statement]:
    coverage = published["coverage"]
    everyone = universe.quantity(EVERYONE, (), {})
    yield Statement("coverage", everyone, coverage["individuals"])
    for name, within, count in _groups(coverage):
        yield Statement(f"coverage.{name}", universe.quantity(EVERYONE, (), within), count)
    for table in tables:
        yield from _of_table(universe, table)


def _of_table(universe: Universe, table: Json) -> Iterator[Statement]:
    name, where = table["question"], table["id"]
    if table["status"] == "withheld":
        return
    of = {one["code"]: tuple(one.get("of", [one["code"]])) for one in table["categories"]}
    within = {tuple(g["codes"]): _within(table, g) for g in table["groups"]}
    regions = {codes: universe.region(inside) for codes, inside in within.items()}
    for group in table["groups"]:
        inside = regions[tuple(group["codes"])]
        base = universe.counted(name, universe.asked(name), inside)
        answered = universe.counted(name, universe.answered(name), inside)
        label = f"{where} {'+'.join(group['codes'])}"
        yield Statement(f"{label} base", base, group["base"])
        yield Statement(f"{label} answered", answered, group["answered"])
    for cell in table["cells"]:
        inside = regions[tuple(cell["group"])]
        quantity = universe.counted(name, of[cell["category"]], inside)
        label = f"{where} {'+'.join(cell['group'])} {cell['category']}"
        yield Statement(label, quantity, cell["count"])
    for absent in _absent(table, within):
        yield Statement(f"{where} absent", universe.quantity(EVERYONE, (), absent), 0)


def _absent(table: Json, within: Mapping[tuple[str, ...], Within]) -> Iterator[Within]:
    """Crossed groups that a table leaves out: a reader concludes that nobody is in them."""
    if len(table["by"]) < 2:
        return
    parts = [list(dict.fromkeys(of[name] for of in within.values() if of)) for name in table["by"]]
    listed = {tuple(of.values()) for of in within.values()}
    for codes in product(*parts):
        if codes not in listed:
            yield dict(zip(table["by"], codes, strict=True))


def _groups(coverage: Json) -> Iterator[tuple[str, Within, int | None]]:
    for group in coverage["groups"]:
        name = group["dimension"]
        of = group.get("of", {}).get(name, group["codes"])
        yield name, {name: tuple(of)}, group["count"]
    for name, key in ((CHANNEL, "by_channel"), (LANGUAGE, "by_language")):
        for one in coverage[key]:
            yield name, {name: tuple(one.get("of", [one["code"]]))}, one["count"]


def _within(table: Json, group: Json) -> Within:
    """Dimension -> codes of a row, in the order of the table's dimensions."""
    of = {name: tuple(codes) for name, codes in group.get("of", {}).items()}
    if table["by"] == [GROUP] or not group["codes"]:
        return of
    pairs = zip(table["by"], group["codes"], strict=True)
    return {name: of.get(name, (code,)) for name, code in pairs}


def _all_within(table: Json) -> list[Within]:
    return [_within(table, group) for group in table["groups"]]


def _dimensions(published: Json, tables: Sequence[Json]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    inside = [within for _, within, _ in _groups(published["coverage"])]
    inside += [within for table in tables for within in _all_within(table)]
    for within in inside:
        for name, codes in within.items():
            found.setdefault(name, {}).update(dict.fromkeys(codes))
    return {name: tuple(codes) for name, codes in found.items()}


def _codes(tables: Sequence[Json]) -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for table in tables:
        codes = found.setdefault(table["question"], {})
        for one in table["categories"]:
            codes.update(dict.fromkeys(one.get("of", [one["code"]])))
    return found


def _questions(tables: Sequence[Json]) -> dict[str, tuple[str, ...]]:
    multiple = {table["question"] for table in tables if table["kind"] == "multiple"}
    return {
        name: (
            *((ANSWERED,) if name in multiple else (c for c in codes if c != POOLED)),
            POOLED,
            NOT_ASKED,
        )
        for name, codes in _codes(tables).items()
    }


def _choices(tables: Sequence[Json]) -> dict[str, tuple[str, ...]]:
    multiple = {table["question"] for table in tables if table["kind"] == "multiple"}
    return {
        name: tuple(code for code in codes if code != POOLED)
        for name, codes in _codes(tables).items()
        if name in multiple
    }


def _routes(universe: Universe, tables: Sequence[Json]) -> dict[str, Route]:
    """After which answers a question is asked, where those answers are told of."""
    found = {}
    for table in tables:
        stated = table.get("asked_after")
        if stated and table["status"] != "withheld":
            codes = frozenset(stated["codes"])
            if codes <= frozenset(universe.questions.get(stated["question"], ())) | frozenset(
                universe.choices.get(stated["question"], ())
            ):
                route = Route(stated["question"], codes, stated["exact"])
                found[table["question"]] = route
    return found


def _kinds(published: Json) -> dict[str, dict[str, int | None]]:
    found: dict[str, dict[str, int | None]] = {}
    for one in published["coverage"]["non_response"]:
        found.setdefault(one["question"], {})[one["code"]] = one["count"]
    return found
