"""Whatever a participant does is found by keys: nothing looks through the answers of others."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from consultations.db import db
from consultations.rounds.models import Round
from consultations.submissions.models import Submission
from tests.factories import a_consultation, a_round
from tests.submissions.test_coming_back import (
    ADDRESS,
    FIRST,
    back,
    on,
    saved_code,
    second_page,
    sent,
    stored,
    ticket,
    until_check,
)
from tests.visitor import seen, send

GROWING = (
    "attachment", "coding", "pending_submission", "personal_code", "point", "saved_form",
    "spent_receipt", "submission",
)  # fmt: skip
Asked = list[tuple[str, Any]]


@pytest.fixture
def round_(app: Flask) -> Round:
    made = a_round(a_consultation())
    db.session.commit()
    return made


@contextmanager
def listening() -> Iterator[Asked]:
    """All that the database is asked meanwhile."""
    asked: Asked = []

    def listen(_connection: object, _cursor: object, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", listen)
    yield asked
    event.remove(db.engine, "before_cursor_execute", listen)


def looked_through(asked: Asked) -> Iterator[tuple[str, str]]:
    """(statement, what is said of it) wherever a growing table is read from end to end."""
    on_postgresql = db.engine.dialect.name == "postgresql"
    explain, whole = ("EXPLAIN", "Seq Scan on") if on_postgresql else ("EXPLAIN QUERY PLAN", "SCAN")
    with db.engine.connect() as connection:
        if on_postgresql:  # a table of three rows is read whole wherever that is allowed
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        for statement, values in asked:
            if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
                for row in connection.exec_driver_sql(f"{explain} {statement}", values):
                    said = str(row[-1])
                    if any(_tells(said, f"{whole} {table}") for table in GROWING):
                        yield statement, said


def _tells(said: str, of: str) -> bool:
    before, found, after = said.partition(of)
    return bool(found) and not before.strip("-> ") and not after[:1].strip()


def test_a_scan_would_be_noticed(round_: Round) -> None:
    with listening() as asked:
        db.session.scalars(select(Submission).where(Submission.language == "en")).all()
        db.session.scalars(select(Submission).where(Submission.id == "a")).all()
    assert len([*looked_through(asked)]) == 1


def test_nothing_on_the_way_looks_through_answers(round_: Round, client: FlaskClient) -> None:
    with listening() as asked:
        code = saved_code(on(client, second_page(client), step="save"))
        page = until_check(client, back(client, code), FIRST)
        receipts = [send(client, ADDRESS, page, {}).receipt, sent(client, FIRST)]
        page = seen(client.post("/en/code/change/", data=ticket(client, receipts[0])))
        changed = send(client, ADDRESS, until_check(client, page, FIRST), {}).receipt
        for receipt in (receipts[1], changed):
            data = {**ticket(client, receipt), "_step": "withdraw"}
            assert client.post("/en/code/withdraw/", data=data).status_code == 200
    assert stored() == []
    assert len(asked) > 20
    assert [*looked_through(asked)] == []
