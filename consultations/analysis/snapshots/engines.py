"""Counting a snapshot's files by DuckDB, in this process."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ClauseElement, FromClause
from sqlalchemy.dialects import postgresql

from consultations.analysis.coding import Column, Key, columns
from consultations.analysis.counts import Counts, Table, packed
from consultations.analysis.plan import TablePlan
from consultations.analysis.said import Coded
from consultations.analysis.snapshots.intake import KIND, connection, files, identity
from consultations.analysis.snapshots.snapshot import Snapshot, State
from consultations.analysis.snapshots.sql import (
    NOTHING_SAID,
    PEOPLE,
    SAID,
    SNAPSHOT,
    WEIGHT,
    answers,
    counting,
)
from consultations.analysis.snapshots.written import silence

Result = Mapping[str, NDArray[Any]]
"""Name of a column -> its values, masked where there are none."""

Run = Callable[[ClauseElement], Result]


@contextmanager
def counted_in_files(
    snapshot: Snapshot,
    state: State,
    plan: TablePlan,
    kind: str,
    said: Coded,
    *,
    weighted: bool = False,
) -> Iterator[Counts]:
    """Counts of one kind of submissions, by DuckDB, as long as the files stay as they are."""
    themes = themes_in(snapshot, plan)
    with closing(connection()) as by:
        if state.files:
            by.execute(f"CREATE TEMP VIEW {SNAPSHOT} AS FROM {files(snapshot.paths(state))}")
        if themes:
            by.register(SAID, said_by(plan, themes, said))
        rows, names = rows_of(snapshot, state, themes, kind)

        def run(query: ClauseElement) -> Result:
            return by.execute(written(query)).fetchnumpy()

        codes = codes_in(snapshot, state)
        yield counts(state.people(kind), codes, rows, names, run, weighted=weighted)


def rows_of(
    snapshot: Snapshot,
    state: State,
    themes: Mapping[Key, tuple[str, str, int]],
    kind: str,
    table: str = SNAPSHOT,
) -> tuple[FromClause, dict[Key, str]]:
    """The rows of one kind of submissions, and the name of each key's column."""
    of_kind = (snapshot.held[KIND], state.codes.get(KIND, []).index(kind))
    return answers(snapshot.held, themes, of_kind, snapshot=table)


def written(query: ClauseElement) -> str:
    """A query as PostgreSQL and DuckDB both read it."""
    made = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})  # type: ignore[no-untyped-call]
    return str(made)


def counts(
    people: int,
    dimensions: Mapping[str, Sequence[str]],
    rows: FromClause,
    names: Mapping[Key, str],
    run: Run,
    *,
    weighted: bool = False,
) -> Counts:
    """Counts that ask an engine."""

    def size(key: Key) -> int:
        return key.answers + 2 if isinstance(key, Column) else len(dimensions[key])

    def ask(sets: Sequence[frozenset[Key]]) -> Iterator[Table]:
        wanted = {frozenset(names[key] for key in keys): keys for keys in packed(sets, size)}
        for query, some in counting(rows, [*wanted], weighted=weighted):
            result = run(query)
            yield from (_table(result, each, wanted[frozenset(each)], names) for each in some)

    return Counts(people, dimensions, ask)


def _table(
    result: Result, chosen: Collection[str], keys: frozenset[Key], names: Mapping[Key, str]
) -> Table:
    """The rows of a result that count by one set of columns."""
    given = {
        name: ~np.ma.getmaskarray(values)
        for name, values in result.items()
        if name not in (PEOPLE, WEIGHT)
    }
    mine = np.logical_and.reduce([there == (name in chosen) for name, there in given.items()])
    ordered = tuple(keys)
    numbers = tuple(np.ma.getdata(result[names[key]])[mine].astype(np.int64) for key in ordered)
    people = np.ma.getdata(result[PEOPLE])[mine].astype(np.int64)
    weights = np.ma.getdata(result[WEIGHT])[mine] if WEIGHT in result else None
    return Table(ordered, numbers, people, weights)


def codes_in(snapshot: Snapshot, state: State) -> dict[str, Sequence[str]]:
    """Dimension -> what its numbers stand for."""
    held = [key for key in snapshot.held if isinstance(key, str) and key != KIND]
    return {name: state.codes.get(name, []) for name in held}


def themes_in(snapshot: Snapshot, plan: TablePlan) -> dict[Key, tuple[str, str, int]]:
    """The columns of themes, as `sql.answers` wants them."""
    found: dict[Key, tuple[str, str, int]] = {}
    for question in plan.questions:
        for column in columns(question) if question.told_in else ():
            wrote = snapshot.held[silence(question.name)]
            found[column] = (f"t{len(found)}", wrote, column.answers)
    return found


def said_by(
    plan: TablePlan, themes: Mapping[Key, tuple[str, str, int]], said: Coded
) -> dict[str, NDArray[Any]]:
    """For everyone in whose words themes were found the number of each column of themes."""
    found: dict[str, NDArray[Any]] = {
        "id": np.array([identity(each) for each in said], dtype=np.int64)
    }
    for question in plan.questions:
        for column in columns(question) if question.told_in else ():
            numbers = [_bits(column, of.get(question.name)) for of in said.values()]
            found[themes[column][0]] = np.array(numbers, dtype=np.int32)
    return found


def _bits(column: Column, codes: Sequence[str] | None) -> int:
    if codes is None:
        return NOTHING_SAID
    return sum(1 << place for place, code in enumerate(column.codes) if code in codes)
