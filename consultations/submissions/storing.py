"""Storing an answer, once, while what was read of its round is still so.

SQLite has one writer at a time: answers that wait for their turn are stored in one transaction.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Dialect, bindparam, delete, exists, insert, select

from consultations.db import Values, alone, db, in_turn, new_key, single, straight
from consultations.errors import ConsultationsError
from consultations.rounds.models import Consultation
from consultations.submissions.models import Attachment, SpentReceipt, Submission
from consultations.submissions.uploads import Upload
from consultations.words import N_


class AnswerSpent(ConsultationsError):
    """The answer was withdrawn or replaced already."""

    status = 409
    message = N_(
        "The answer with this receipt was withdrawn or replaced before. Only the last one counts."
    )


class Outdated(ConsultationsError):
    """What was read of the round is not so any more: read it again."""

    status = 503
    message = N_("The server is busy. Wait a minute and send again.")


@dataclass(eq=False)
class _Waiting:
    """An answer, and whether it was stored: None as long as nobody has tried."""

    row: Mapping[str, Any]
    stored: bool | None = None


_waiting: deque[_Waiting] = deque()


def store(
    row: Mapping[str, Any],
    stands: Mapping[str, str],
    *,
    replaces: str = "",
    files: Mapping[str, Upload] = MappingProxyType({}),
) -> bool:
    """Store an answer and commit; False where its receipt is there already, or spent, or where
    what `stands` of the consultation (consultation_id, stamp) does so no more.
    """
    own = _Waiting({**row, **stands})
    if replaces or files:
        _store_with_more(own, replaces, files)
    elif db.engine.dialect.name == "sqlite":
        _waiting.append(own)
        with in_turn(db.engine):
            if own.stored is None:  # nobody before has taken it along
                _store_together(own)
    else:
        _store([own])
    return bool(own.stored)


def spend(within: Connection, round_id: str, receipt_hash: str) -> None:
    """Delete the answer with a receipt, and remember that the receipt is spent."""
    spent = (Submission.receipt_hash == receipt_hash, Submission.round_id == round_id)
    files = Attachment.submission_id.in_(select(Submission.id).where(*spent))
    within.execute(delete(Attachment).where(files))
    if within.execute(delete(Submission).where(*spent)).rowcount != 1:
        raise AnswerSpent
    within.execute(insert(SpentReceipt), {"id": receipt_hash, "round_id": round_id})


def _store_together(own: _Waiting) -> None:
    """Store an answer, and with it those that wait now; alone where one of them cannot be."""
    with alone(db.engine):
        if own.stored is not None:  # somebody did whose turn never ended
            return
        others = [_waiting.popleft() for _ in range(len(_waiting))]
        together = [own, *(each for each in others if each is not own)]
        try:
            _store(together)
        except Exception:
            if len(together) == 1:
                raise
            _store([own])


def _store(answers: Sequence[_Waiting]) -> None:
    with single(db.engine) as connection, _transaction(connection, len(answers)):
        stored = [_insert(connection, each.row) for each in answers]
    for each, done in zip(answers, stored, strict=True):
        each.stored = done


@contextmanager
def _transaction(connection: Connection, statements: int) -> Iterator[None]:
    """One for several statements on a connection that has one for each."""
    if statements > 1:
        straight(connection, "BEGIN IMMEDIATE")
    yield
    if statements > 1:
        straight(connection, "COMMIT")


def _store_with_more(own: _Waiting, replaces: str, files: Mapping[str, Upload]) -> None:
    with in_turn(db.engine), alone(db.engine), db.engine.begin() as connection:
        own.stored = _insert(connection, own.row)
        if own.stored and replaces:
            spend(connection, own.row["round_id"], replaces)
        if own.stored and files:
            connection.execute(insert(Attachment), _attachments(own.row["id"], files))


def _insert(connection: Connection, row: Mapping[str, Any]) -> bool:
    statement, values = _statement(connection.dialect)
    return straight(connection, statement, values(row)) == 1


@lru_cache
def _statement(dialect: Dialect) -> tuple[str, Callable[[Mapping[str, Any]], Values]]:
    """Stores a row, unless its receipt is known or the stamp is another; how the driver takes one.

    The database itself passes over it: no error, which its log would keep with the time.
    """
    table: Any = Submission.__table__
    row = {each.name: bindparam(each.name, type_=each.type) for each in table.c}
    spent = exists().where(SpentReceipt.__table__.c.id == row["receipt_hash"])
    stands = exists().where(
        Consultation.id == bindparam("consultation_id"), Consultation.stamp == bindparam("stamp")
    )
    insertion = insert(table).from_select([*row], select(*row.values()).where(~spent, stands))
    compiled: Any = insertion.compile(dialect=dialect)
    written = {
        name: column.type.dialect_impl(dialect).bind_processor(dialect)
        for name, column in table.c.items()
    }

    def values(row: Mapping[str, Any]) -> Values:
        taken = {name: (written.get(name) or _as_it_is)(value) for name, value in row.items()}
        return [taken[name] for name in compiled.positiontup] if compiled.positional else taken

    return f"{compiled} ON CONFLICT DO NOTHING", values


def _as_it_is(value: Any) -> Any:
    return value


def _attachments(submission_id: str, files: Mapping[str, Upload]) -> list[dict[str, Any]]:
    return [
        {
            "id": new_key(),
            "submission_id": submission_id,
            "question": question,
            "extension": file.extension,
            "media_type": file.media_type,
            "content": file.content,
        }
        for question, file in files.items()
    ]
