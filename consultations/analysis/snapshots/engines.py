"""Counting a snapshot by an engine: DuckDB in this process, or another database."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial

import numpy as np
from sqlalchemy import FromClause

from consultations.analysis.coding import Column, Key, columns
from consultations.analysis.counts import Ask, Counts, Table, packed
from consultations.analysis.plan import TablePlan
from consultations.analysis.said import Coded
from consultations.analysis.snapshots.elsewhere import elsewhere
from consultations.analysis.snapshots.files import connection, files
from consultations.analysis.snapshots.snapshot import Snapshot, State
from consultations.analysis.snapshots.sql import (
    NOTHING_SAID,
    PEOPLE,
    SAID,
    SNAPSHOT,
    WEIGHT,
    Result,
    Run,
    answers,
    counting,
    text_of,
)
from consultations.analysis.snapshots.written import KIND, identity, silence
from consultations.installation import settings

Engine = Callable[[Snapshot, State, Result], AbstractContextManager[tuple[str, Run]]]
"""From a snapshot, and the themes in what was said (nothing where none are counted), to the name of
the table that holds the snapshot, and what runs queries over it and over `sql.SAID`."""


@contextmanager
def counted(
    snapshot: Snapshot,
    state: State,
    plan: TablePlan,
    kind: str,
    said: Coded,
    *,
    weighted: bool = False,
    by: Engine | None = None,
) -> Iterator[Counts]:
    """Counts of one kind of submissions, as long as the files stay as they are.

    by: the engine; if none is given, the one that this installation has.
    """
    url = settings().analytics_url
    engine = by or (partial(elsewhere, url) if url else in_files)
    codes = {name: state.codes.get(name, []) for name in snapshot.held if isinstance(name, str)}
    themes = _themes_in(snapshot, plan)
    of_kind = snapshot.held[KIND], codes.pop(KIND).index(kind)
    with engine(snapshot, state, _said_by(plan, themes, said)) as (table, run):
        rows, names = answers(snapshot.held, themes, of_kind, snapshot=table)
        yield Counts(state.people(kind), codes, _asking(run, rows, names, codes, weighted))


@contextmanager
def in_files(snapshot: Snapshot, state: State, said: Result) -> Iterator[tuple[str, Run]]:
    """DuckDB, over the files themselves (an `Engine`)."""
    with closing(connection()) as by:
        if state.files:
            by.execute(f"CREATE TEMP VIEW {SNAPSHOT} AS FROM {files(snapshot.paths(state))}")
        if said:
            by.register(SAID, said)
        yield SNAPSHOT, lambda query: by.execute(text_of(query)).fetchnumpy()


def _asking(
    run: Run,
    rows: FromClause,
    names: Mapping[Key, str],
    codes: Mapping[str, Sequence[str]],
    weighted: bool,
) -> Ask:
    """What counts by sets of keys, by running queries."""

    def size(key: Key) -> int:
        return key.answers + 2 if isinstance(key, Column) else len(codes[key])

    def ask(sets: Sequence[frozenset[Key]]) -> Iterator[Table]:
        wanted = {frozenset(names[key] for key in keys): keys for keys in packed(sets, size)}
        for query, some in counting(rows, [*wanted], weighted=weighted):
            result = run(query)
            yield from (_table(result, each, wanted[frozenset(each)], names) for each in some)

    return ask


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


def _themes_in(snapshot: Snapshot, plan: TablePlan) -> dict[Key, tuple[str, str, int]]:
    """The columns of themes, as `sql.answers` wants them."""
    found: dict[Key, tuple[str, str, int]] = {}
    for question in plan.questions:
        for column in columns(question) if question.told_in else ():
            wrote = snapshot.held[silence(question.name)]
            found[column] = (f"t{len(found)}", wrote, column.answers)
    return found


def _said_by(plan: TablePlan, themes: Mapping[Key, tuple[str, str, int]], said: Coded) -> Result:
    """For everyone in whose words themes were found the number of each column of themes.

    Nothing at all where no themes are counted.
    """
    if not themes:
        return {}
    found = {"id": np.array([identity(each) for each in said], dtype=np.int64)}
    for question in plan.questions:
        for column in columns(question) if question.told_in else ():
            numbers = [_bits(column, of.get(question.name)) for of in said.values()]
            found[themes[column][0]] = np.array(numbers, dtype=np.int32)
    return found


def _bits(column: Column, codes: Sequence[str] | None) -> int:
    if codes is None:
        return NOTHING_SAID
    return sum(1 << place for place, code in enumerate(column.codes) if code in codes)
