"""Putting the tables together from counts and the quantities that are withheld."""

from collections.abc import Collection, Mapping, Sequence

from consultations.analysis.coding import KINDS
from consultations.analysis.ground import Ground
from consultations.analysis.layout import Layout, Row
from consultations.analysis.merging import Merged
from consultations.analysis.plan import (
    CHANNEL,
    ENTRY,
    GROUP,
    LANGUAGE,
    CountedQuestion,
    View,
)
from consultations.analysis.publication import (
    Cell,
    Coverage,
    CoverageGroup,
    Merge,
    NonResponse,
    ProtectedTable,
    ShownCategory,
    ShownGroup,
)
from consultations.analysis.quantities import EVERYONE, Quantity
from consultations.codebook import POOLED

Withheld = Collection[Quantity]


def coverage(ground: Ground, withheld: Withheld) -> Coverage:
    """Who was heard: by group, channel and language, and who did not answer what."""
    beside = {CHANNEL, ENTRY, LANGUAGE} - {d.name for d in ground.plan.dimensions}
    return Coverage(
        individuals=ground.tallies.n,
        by_channel=_listed(ground, withheld, CHANNEL),
        by_language=_listed(ground, withheld, LANGUAGE),
        non_response=tuple(
            one for question in ground.plan.questions for one in _silent(ground, withheld, question)
        ),
        groups=tuple(
            CoverageGroup(
                name,
                (part.code,),
                _of({name: part.of}, (part.code,)),
                _people(ground, withheld, {name: part.of}),
            )
            for name, parts in ground.shown.items()
            if name not in beside
            for part in parts
        ),
    )


def table(ground: Ground, layout: Layout, withheld: Withheld) -> ProtectedTable:
    """A table with what may be shown; withheld as a whole where no row but the total's is told."""
    universe, name = ground.universe, layout.question.name
    groups, cells = [], []
    for row in layout.rows:
        base = _shown(ground, withheld, row.base(universe, name))
        answered = _shown(ground, withheld, row.answered(universe, name))
        groups.append(ShownGroup(row.codes, _stands_for(layout.view, row), base, answered))
        for category in layout.categories:
            number = _shown(ground, withheld, row.cell(universe, name, category))
            percent = round(100 * number / base, 1) if number is not None and base else None
            cells.append(Cell(category.code, row.codes, number, percent))
    based = {group.codes for group in groups if group.base is not None}
    told = any(
        cell.count
        and cell.category != POOLED
        and cell.group in based
        and (cell.group or not layout.view.by)
        for cell in cells
    )
    if not told:
        return withheld_table(layout.question, layout.view)
    merges = (*_category_merges(layout), *_group_merges(ground, layout))
    return ProtectedTable(
        layout.id,
        name,
        layout.question.kind,
        layout.view.by,
        "individuals",
        "merged" if merges else "published",
        universe.routes.get(name),
        universe.places.get(name),
        merges,
        tuple(ShownCategory(c.code, c.of if c.merged else ()) for c in layout.categories),
        tuple(groups),
        tuple(cells),
    )


def withheld_table(question: CountedQuestion, view: View) -> ProtectedTable:
    """A table of which nothing is shown."""
    return ProtectedTable(
        f"{question.name}.{view.suffix}",
        question.name,
        question.kind,
        view.by,
        "individuals",
        "withheld",
    )


def _listed(ground: Ground, withheld: Withheld, name: str) -> dict[str, int | None]:
    codes = ground.universe.dimensions.get(name, ())
    return {code: _people(ground, withheld, {name: (code,)}) for code in codes}


def _people(
    ground: Ground, withheld: Withheld, within: Mapping[str, tuple[str, ...]]
) -> int | None:
    return _shown(ground, withheld, ground.universe.quantity(EVERYONE, (), within))


def _shown(ground: Ground, withheld: Withheld, quantity: Quantity) -> int | None:
    return None if quantity in withheld else ground.count(quantity)


def _silent(ground: Ground, withheld: Withheld, question: CountedQuestion) -> list[NonResponse]:
    """Non-response by kind; of a sensitive question all kinds or none."""
    kinds = ground.tallies.kinds[question.name]
    small = question.sensitive and any(ground.small(number) for number in kinds.values())
    total = ground.universe.quantity(question.name, (POOLED,), {})
    if total in withheld or small:
        return [NonResponse(question.name, kind, None) for kind in KINDS]
    return [NonResponse(question.name, kind, number) for kind, number in kinds.items()]


def _stands_for(view: View, row: Row) -> Mapping[str, tuple[str, ...]]:
    if view.by == (GROUP,):
        return row.within
    return _of(row.within, row.codes)


def _of(
    within: Mapping[str, tuple[str, ...]], codes: Sequence[str]
) -> Mapping[str, tuple[str, ...]]:
    pairs = zip(within.items(), codes, strict=True)
    return {name: of for (name, of), code in pairs if of != (code,)}


def _category_merges(layout: Layout) -> list[Merge]:
    return [Merge("categories", one.code, one.of) for one in layout.categories if one.merged]


def _group_merges(ground: Ground, layout: Layout) -> list[Merge]:
    if layout.view.by == (GROUP,):
        return _coarser(ground, layout)
    return [
        _group_merge(name, part)
        for name in layout.view.by
        for part in ground.shown[name]
        if part.merged
    ]


def _group_merge(name: str, part: Merged) -> Merge:
    return Merge("groups", part.code, part.of, name)


def _coarser(ground: Ground, layout: Layout) -> list[Merge]:
    """Groups over categories that had to be made of other categories than declared."""
    declared = {group.code: group.of for group in ground.plan.groups}
    return [
        Merge("groups", row.codes[0], tuple(of), name)
        for row in layout.rows
        if row.codes
        for name, of in row.within.items()
        if set(of) != set(declared[row.codes[0]][name]) & set(ground.universe.dimensions[name])
    ]
