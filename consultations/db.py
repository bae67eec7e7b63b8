"""The database: conventions, column types, and how single statements reach it."""

import logging
import os
import secrets
import sqlite3
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated, Any
from weakref import WeakKeyDictionary

if sys.platform != "win32":
    import fcntl

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    Connection,
    Engine,
    ExceptionContext,
    MetaData,
    String,
    event,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry

CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

log = logging.getLogger(__name__)

Values = Mapping[str, object] | Sequence[object]

Texts = Mapping[str, str]
"""A text per language: BCP 47 tag to text."""

Key = Annotated[str, mapped_column(String(32), primary_key=True)]
"""A random 128-bit key in hexadecimal: keys tell nothing about who came when."""

WITHOUT_ORDER = {"sqlite_with_rowid": False}
"""Table arguments for answers: SQLite keeps no row number beside them."""


BUSY_MILLISECONDS = 10_000
"""How long SQLite waits for another writer."""


class Base(DeclarativeBase):
    """What every table shares."""

    metadata = MetaData(naming_convention=CONVENTION)
    registry = registry(
        metadata=metadata,
        type_annotation_map={
            dict[str, Any]: JSON,
            dict[str, str]: JSON,
            dict[str, dict[str, str]]: JSON,
            list[Any]: JSON,
            list[str]: JSON,
        },
    )


db = SQLAlchemy(model_class=Base, engine_options={"hide_parameters": True})
"""Errors of the database are logged: they must not repeat what somebody wrote."""

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def new_key() -> str:
    """A fresh random key of 128 bits."""
    return secrets.token_hex(16)


@contextmanager
def single(engine: Engine) -> Iterator[Connection]:
    """A connection on which each statement is a transaction by itself, kept for the next one.

    The database is sent nothing more for its beginning and end, nor the pool asked.
    """
    kept = _kept.setdefault(engine, deque())
    try:
        connection = kept.pop()
    except IndexError:
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # the pool's own are for sessions
    try:
        yield connection
    except BaseException:
        connection.close()
        _let_go(engine)  # a database that was started again knows none of them
        raise
    kept.append(connection)


_kept: WeakKeyDictionary[Engine, deque[Connection]] = WeakKeyDictionary()


@event.listens_for(Engine, "engine_disposed")
def _let_go(engine: Engine) -> None:
    for connection in _kept.pop(engine, ()):
        connection.close()


def straight(connection: Connection, statement: str, values: Values = ()) -> int:
    """Have the driver itself run a statement; how many rows it changed.

    For the one that is run most: SQLAlchemy's own way takes twice as long.
    """
    driver: Any = connection.connection.dbapi_connection
    wrong = connection.dialect.loaded_dbapi.Error
    try:
        return int(driver.execute(statement, values).rowcount)
    except wrong as error:
        _quiet(error)
        raise DBAPIError.instance(statement, None, error, wrong, True) from error


_turn = Lock()


@contextmanager
def in_turn(engine: Engine) -> Iterator[None]:
    """Write to SQLite one after another within this process.

    Whoever waits too long here goes on and waits there.
    """
    held = engine.dialect.name == "sqlite" and _turn.acquire(timeout=BUSY_MILLISECONDS / 1000)
    try:
        yield
    finally:
        if held:
            _turn.release()


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Write to SQLite one process after another.

    It has one writer at a time, and lets others try again after ever longer pauses.
    """
    if engine.dialect.name != "sqlite" or sys.platform == "win32":
        yield
        return
    folder = os.open(Path(engine.url.database or "").parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def database_answers() -> bool:
    """Whether the database can be reached now."""
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:  # any driver's any error means that it cannot
        log.exception("The database does not answer")
        return False
    return True


@event.listens_for(Engine, "handle_error")
def _quiet_errors(context: ExceptionContext) -> None:
    """PostgreSQL adds the row that failed to its message; errors are logged, and rows are not."""
    if _quiet(context.original_exception) and context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = context.original_exception.args


def _quiet(error: BaseException) -> bool:
    said = getattr(getattr(error, "diag", None), "message_primary", None)
    if said:
        error.args = (said,)
    return bool(said)


@event.listens_for(Engine, "connect")
def _quiet_sqlite(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        for pragma in (
            "foreign_keys = ON",
            "secure_delete = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            f"busy_timeout = {BUSY_MILLISECONDS}",
        ):
            connection.execute(f"PRAGMA {pragma}")
