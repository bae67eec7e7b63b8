"""Counting by another database, which holds a copy of a snapshot, for those who outgrow a machine.

It runs the queries that DuckDB runs. Its copy follows the files: each row names the file that
it came from, rows of files that are no more are deleted, and those of new ones are added.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    create_engine,
    delete,
    insert,
    inspect,
    select,
)

from consultations.analysis.snapshots.files import connection, files
from consultations.analysis.snapshots.snapshot import Snapshot, State
from consultations.analysis.snapshots.sql import SAID, WEIGHT, Query, Result, Run

BATCH = 50_000


@contextmanager
def elsewhere(
    url: str, snapshot: Snapshot, state: State, said: Result
) -> Iterator[tuple[str, Run]]:
    """The database of an address, over its copy (an `engines.Engine`)."""
    engine = create_engine(url, hide_parameters=True)
    try:
        with engine.connect() as other:
            copied = _follow(other, snapshot, state)
            if said:
                _tell(other, said)

            def run(query: Query) -> Result:
                found = other.execute(query)
                return result_of(found.keys(), found)

            yield copied.name, run
    finally:
        engine.dispose()


def _follow(other: Connection, snapshot: Snapshot, state: State) -> Table:
    """Bring the copy up to date; one whose columns are others is thrown away."""
    name = f"snapshot_{snapshot.folder.name}_"[:40]
    copied = Table(
        f"{name}{snapshot.columns[:12]}",
        MetaData(),
        Column("part", String(50), index=True),
        Column("id", BigInteger),
        *(Column(each, SmallInteger) for each in snapshot.held.values()),
        Column(WEIGHT, Double),
    )
    for found in inspect(other).get_table_names():
        if found.startswith(name) and found != copied.name:
            Table(found, MetaData()).drop(other)
    copied.create(other, checkfirst=True)
    there = set(other.scalars(select(copied.c.part).distinct()))
    other.execute(delete(copied).where(copied.c.part.in_(there - {*state.files})))
    with closing(connection()) as by:
        for path in snapshot.paths(state):
            if path.name not in there:
                read = by.execute(f"SELECT '{path.name}' AS part, * FROM {files([path])}")
                columns = [each[0] for each in read.description]
                while some := read.fetchmany(BATCH):
                    rows = [dict(zip(columns, row, strict=True)) for row in some]
                    other.execute(insert(copied), rows)
    other.commit()
    return copied


def _tell(other: Connection, said: Result) -> None:
    """A table, for this connection alone, of the themes found in what was said."""
    columns = [Column(name, BigInteger if name == "id" else Integer) for name in said]
    told = Table(SAID, MetaData(), *columns, prefixes=["TEMPORARY"])
    told.create(other)
    rows = [
        dict(zip(said, (int(number) for number in row), strict=True))
        for row in zip(*said.values(), strict=True)
    ]
    if rows:
        other.execute(insert(told), rows)


def result_of(names: Iterable[str], rows: Iterable[Sequence[Any]]) -> Result:
    """The rows of a result as columns; where there is no value, there is none."""
    named = [*names]
    columns = [*zip(*rows, strict=True)] or [()] * len(named)
    return {
        name: np.ma.array([each or 0 for each in values], mask=[each is None for each in values])
        for name, values in zip(named, columns, strict=True)
    }
