"""The queries that count, built once for every engine."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray
from sqlalchemy import ColumnElement, FromClause, Select, column, func, select, table
from sqlalchemy import tuple_ as together
from sqlalchemy.dialects import postgresql

from consultations.analysis.coding import Key

SNAPSHOT, SAID = "snapshot", "said"
"""A round's snapshot, and the themes found in what its people wrote."""

SETS = 4
"""Sets of keys that one query counts."""

PEOPLE, WEIGHT = "people", "weight"

NOTHING_SAID = -1
"""Where somebody's words on one provision have no theme, and those on another have."""

Query = Select[tuple[int, ...]]

Result = Mapping[str, NDArray[Any]]
"""Name of a column -> its values, masked where there are none."""

Run = Callable[[Query], Result]


def answers(
    held: Mapping[Key, str],
    themes: Mapping[Key, tuple[str, str, int]],
    kind: tuple[str, int],
    *,
    snapshot: str = SNAPSHOT,
) -> tuple[FromClause, dict[Key, str]]:
    """The rows to be counted, of one kind of submission, and the name of each key's column.

    held:   the columns of the snapshot.
    themes: a column of themes -> its name among what was said, the name of the column in the
            snapshot that tells who wrote nothing, and by how much the numbers of that are smaller.
    kind:   the column of kinds, and the number of the one that is counted.
    """
    whole = table(snapshot, *(column(name) for name in ("id", WEIGHT, *held.values())))
    parts: dict[Key, ColumnElement[int]] = {key: whole.c[name] for key, name in held.items()}
    source: FromClause = whole
    if themes:
        read = table(SAID, column("id"), *(column(name) for name, _, _ in themes.values()))
        source = whole.outerjoin(read, read.c.id == whole.c.id)
        for key, (name, silence, more) in themes.items():
            found = func.nullif(read.c[name], NOTHING_SAID)
            parts[key] = func.coalesce(found, whole.c[silence] + more)
    given = {key: f"k{place}" for place, key in enumerate(parts)}
    rows = (
        select(*(part.label(given[key]) for key, part in parts.items()), whole.c[WEIGHT])
        .select_from(source)
        .where(whole.c[kind[0]] == kind[1])
        .subquery("answers")
    )
    return rows, given


def counting(
    rows: FromClause, sets: Sequence[Collection[str]], *, weighted: bool = False
) -> Iterator[tuple[Query, list[Collection[str]]]]:
    """Queries that count by sets of columns, and the sets that each counts.

    In a row of the result the columns of its set have numbers, and the others have none.
    """
    for start in range(0, len(sets), SETS):
        some = list(sets[start : start + SETS])
        used = sorted({name for names in some for name in names})
        numbers = [func.count().label(PEOPLE)]
        if weighted:
            numbers.append(func.sum(rows.c[WEIGHT]).label(WEIGHT))
        by = [together(*(rows.c[name] for name in sorted(names))) for names in some]
        grouped = select(*(rows.c[name] for name in used), *numbers)
        yield grouped.group_by(func.grouping_sets(*by)), some


def text_of(query: Query) -> str:
    """A query as PostgreSQL and DuckDB both read it."""
    made = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})  # type: ignore[no-untyped-call]
    return str(made)
