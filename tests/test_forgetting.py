"""Nothing in the database's files tells who came after whom."""

from datetime import date
from pathlib import Path
from secrets import token_hex

import pytest
from flask import Flask
from flask.testing import FlaskClient
from scipy.stats import spearmanr
from sqlalchemy import text

from consultations.config import Settings
from consultations.db import db
from consultations.forgetting import empty_log, forget_order, order_is_told, tables_without_order
from consultations.rounds import calendar
from consultations.rounds.models import CLOSED, Round
from consultations.submissions.models import Submission
from tests.attack.sqlite_pages import places
from tests.factories import (
    a_consultation,
    a_point,
    a_round,
    a_submission,
    an_account,
    posted,
    sign_in,
)


@pytest.fixture
def answered(app: Flask) -> Round:
    """A round with answers and comments, each stored by a transaction of its own."""
    of = a_round(a_consultation())
    for _ in range(20):
        a_submission(of, art_1_position="support")
        a_point(of)
        db.session.commit()
    return of


def _stored(column: str) -> list[str]:
    return list(db.session.scalars(text(f"SELECT {column} FROM submission ORDER BY ctid")))


def _log(settings: Settings) -> int:
    path = settings.instance / "consultations.sqlite-wal"
    return path.stat().st_size if path.exists() else 0


def test_tables_of_answers_are_known_by_what_they_are(app: Flask) -> None:
    assert {table.name for table in tables_without_order()} == {
        "submission",
        "point",
        "attachment",
        "spent_receipt",
        "saved_form",
        "personal_code",
        "contact",
        "pending_submission",
    }


def test_answers_are_written_anew_in_an_order_that_says_nothing(
    answered: Round, settings: Settings
) -> None:
    if not settings.database_url:
        pytest.skip("SQLite keeps these tables in the order of their keys")
    assert len(set(_stored("xmin::text"))) == 20
    assert _stored("id") != sorted(_stored("id"))
    forget_order()
    assert len(set(_stored("xmin::text"))) == 1
    assert _stored("id") == sorted(_stored("id"))


def test_closing_a_round_forgets_the_order(
    answered: Round, client: FlaskClient, settings: Settings
) -> None:
    page = f"/en/manage/code/rounds/{answered.number}/"
    posted(sign_in(client, an_account()), page, action="close")
    if settings.database_url:
        assert _stored("id") == sorted(_stored("id"))
    else:
        assert _log(settings) == 0


def test_a_round_that_the_calendar_closes_forgets_it_too(
    answered: Round, client: FlaskClient, settings: Settings
) -> None:
    answered.closes = date(2026, 1, 3)
    client.get("/health", buffered=True)
    db.session.expire_all()
    assert answered.stage == CLOSED
    if settings.database_url:
        assert _stored("id") == sorted(_stored("id"))
    else:
        assert _log(settings) == 0


def test_while_a_round_is_open_the_order_is_forgotten_every_day(
    answered: Round, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "SECONDS", -1.0)
    app.test_client().get("/health", buffered=True)
    assert order_is_told()
    db.session.rollback()
    monkeypatch.setattr(calendar, "today", lambda: date(2099, 1, 1))
    page = app.test_client().get("/health")
    assert order_is_told()  # its visitor does not wait
    db.session.rollback()
    page.close()
    assert not order_is_told()


def test_what_could_not_be_forgotten_is_forgotten_after_the_next_page(
    answered: Round, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.test_client().get("/health", buffered=True)
    monkeypatch.setattr(calendar, "SECONDS", -1.0)
    monkeypatch.setattr(calendar, "today", lambda: date(2099, 1, 1))
    with monkeypatch.context() as patch:
        patch.setattr(calendar, "forget_order", lambda: False)
        app.test_client().get("/health", buffered=True)
    assert order_is_told()
    db.session.rollback()
    app.test_client().get("/health", buffered=True)
    assert not order_is_told()


def test_nobody_waits_for_who_waits_for_a_reader(answered: Round, settings: Settings) -> None:
    if not settings.database_url:
        pytest.skip("SQLite reads and writes at the same time")
    with db.engine.connect() as reader:
        reader.execute(text("SELECT count(*) FROM submission"))
        assert not forget_order()
        reader.rollback()
    assert forget_order()


def test_the_pages_of_long_rows_tell_no_order(app: Flask, settings: Settings) -> None:
    """Where a row goes on, SQLite's file tells who came after whom until it is written anew."""
    if settings.database_url:
        pytest.skip("SQLite's file is at hand")
    came = _long_answers(a_round(a_consultation()))
    empty_log()
    file = settings.instance / "consultations.sqlite"
    assert _in_order([_further(file)[key] for key in came]) > 0.9
    forget_order()
    assert abs(_in_order([_further(file)[key] for key in came])) < 0.4


def test_the_numbers_of_long_values_tell_no_order(app: Flask, settings: Settings) -> None:
    if not settings.database_url:
        pytest.skip("PostgreSQL keeps long values apart")
    came = _long_answers(a_round(a_consultation()))
    told = text("SELECT id, pg_column_toast_chunk_id(answers) FROM submission")
    before = dict(iter(db.session.execute(told)))
    assert _in_order([before[key] for key in came]) > 0.9
    forget_order()
    after = dict(iter(db.session.execute(told)))
    assert abs(_in_order([after[key] for key in came])) < 0.4
    assert len(set(_stored("xmin::text"))) == 1
    assert _stored("id") == sorted(_stored("id"))
    assert db.session.scalar(text("SELECT count(*) FROM pending_submission")) == len(came)
    _long_answers(db.session.query(Round).one(), 1)
    assert db.session.scalar(text("SELECT count(*) FROM pending_submission")) == len(came) + 1


def _long_answers(to: Round, many: int = 60) -> list[str]:
    """The keys of answers that no page holds as a whole, in the order in which they came."""
    came = []
    for _ in range(many):
        came.append(a_submission(to, art_1_change=token_hex(4_000)).id)
        db.session.commit()
    return came


def _further(file: Path) -> dict[str, int]:
    return {each.key: each.further for each in places(file, "submission")}


def _in_order(values: list[int]) -> float:
    return float(spearmanr(range(len(values)), values).statistic)


def test_nothing_is_lost_by_it(answered: Round) -> None:
    before = {each.id: each.answers for each in db.session.query(Submission)}
    forget_order()
    assert {each.id: each.answers for each in db.session.query(Submission)} == before


def test_the_log_is_emptied(answered: Round, settings: Settings) -> None:
    if settings.database_url:
        pytest.skip("PostgreSQL's log is its own")
    assert _log(settings) > 0
    empty_log()
    assert _log(settings) == 0


def test_somebody_reading_does_not_hold_the_others_up(answered: Round, settings: Settings) -> None:
    if settings.database_url:
        pytest.skip("PostgreSQL's log is its own")
    with db.engine.connect() as reader:
        reader.exec_driver_sql("BEGIN")
        reader.exec_driver_sql("SELECT * FROM submission").all()
        empty_log()  # returns at once, and leaves the log for the next time
        reader.exec_driver_sql("ROLLBACK")
    empty_log()
    assert _log(settings) == 0
