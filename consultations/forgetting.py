"""The database's files forget in which order answers came."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, func, literal_column, select
from sqlalchemy.exc import OperationalError

from consultations.db import BUSY_MILLISECONDS, alone, db, in_turn, single
from consultations.rewriting import lay_down, rewrite, wait_for_others, write_again

log = logging.getLogger(__name__)


def empty_log() -> None:
    """Move SQLite's write-ahead log, where the order of arrival can be read, into the database.

    Whatever somebody is reading or writing at this moment waits for the next time.
    """
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


def forget_order(*emptied: Table) -> bool:
    """Leave no trace in the database's files of the order in which answers came. Commits.

    PostgreSQL writes every table of answers anew, as random keys order them; it also keeps deleted
    rows for a while: those of the tables `emptied` go with the others. SQLite knows the order by
    the pages on which long rows go on: it writes its file anew, unless only `emptied` is to be
    forgotten. False where others were at work for too long: then it has to be done later.
    """
    db.session.commit()
    try:
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect() as connection:
                for table in (*tables_without_order(), *emptied):
                    rewrite(table, connection)
        elif not emptied:
            _write_file_anew()
    except OperationalError:
        log.exception("The order of answers could not be forgotten now")
        return False
    empty_log()
    return True


def _write_file_anew() -> None:
    with in_turn(db.engine), alone(db.engine), single(db.engine) as connection:
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql(f"PRAGMA user_version = {_day(connection)}")


def order_is_told() -> bool:
    """Whether the order of any two answers can be known that came since it was forgotten.

    SQLite tells since when by its `user_version`, a day: it may be told until the next one.
    """
    if db.engine.dialect.name == "postgresql":
        writers = func.count(literal_column("xmin::text").distinct())
        told = [select(writers > 1).select_from(table) for table in tables_without_order()]
    else:
        connection = db.session.connection()
        if connection.exec_driver_sql("PRAGMA user_version").scalar() == _day(connection):
            return False
        told = [select(func.count() > 1).select_from(table) for table in tables_without_order()]
    return any(db.session.scalar(each) for each in told)


def _day(connection: Connection) -> int:
    day = connection.exec_driver_sql("SELECT CAST(julianday('now') + 0.5 AS INTEGER)")
    return int(day.scalar_one())


@contextmanager
def without_trace(*tables: Table) -> Iterator[None]:
    """Change small tables so that nothing in them tells which row was changed last.

    On PostgreSQL all of their rows are written again; whoever else does the same waits until the
    transaction, which goes on and is the caller's to commit, has ended.
    """
    on_postgresql = db.engine.dialect.name == "postgresql"
    if on_postgresql:
        wait_for_others(db.session.connection())
    yield
    db.session.flush()
    for table in tables if on_postgresql else ():
        write_again(table, db.session.connection())
        lay_down(table, db.session.connection())


def tables_without_order() -> list[Table]:
    """The tables of answers, which must not tell who came after whom."""
    return [
        table
        for table in db.metadata.sorted_tables
        if table.dialect_options["sqlite"]["with_rowid"] is False
    ]
