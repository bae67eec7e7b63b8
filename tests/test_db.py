"""Nothing in the database's files tells who came after whom."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from consultations.config import Settings
from consultations.db import (
    db,
    empty_log,
    forget_order,
    order_is_told,
    single,
    straight,
    tables_without_order,
)
from consultations.rounds import calendar
from consultations.rounds.models import CLOSED, Round
from consultations.submissions.models import Submission
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


def test_tables_of_answers_are_known_by_what_they_are() -> None:
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
    client.get("/health")
    db.session.expire_all()
    assert answered.stage == CLOSED
    if settings.database_url:
        assert _stored("id") == sorted(_stored("id"))
    else:
        assert _log(settings) == 0


def test_while_a_round_is_open_the_order_is_forgotten_every_day(
    answered: Round, app: Flask, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    if not settings.database_url:
        pytest.skip("SQLite keeps these tables in the order of their keys")
    monkeypatch.setattr(calendar, "SECONDS", -1.0)
    app.test_client().get("/health")
    assert _stored("id") != sorted(_stored("id"))
    monkeypatch.setattr(calendar, "today", lambda: date(2099, 1, 1))
    app.test_client().get("/health")
    assert len(set(_stored("xmin::text"))) == 1
    assert _stored("id") == sorted(_stored("id"))
    assert not order_is_told()


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


def _consents(connection: Connection) -> int:
    return straight(connection, "UPDATE submission SET consent = '{}'")


def test_a_connection_for_single_statements_is_kept(answered: Round) -> None:
    with single(db.engine) as one:
        assert _consents(one) == 20
        with single(db.engine) as other:
            assert other is not one
    with single(db.engine) as again:
        assert again in (one, other)
    db.engine.dispose()
    assert one.closed
    assert other.closed


def test_a_connection_that_failed_is_let_go_with_all_others(answered: Round) -> None:
    """A database that was started again fails whoever asks first, and nobody else."""
    with single(db.engine) as one, single(db.engine) as idle:
        pass
    with pytest.raises(IntegrityError) as failed, single(db.engine) as one:
        straight(one, "UPDATE submission SET language = NULL, marks = '[\"seen\"]'")
    assert "seen" not in str(failed.value.orig), "what somebody wrote is not logged"
    assert one.closed
    assert idle.closed
    with single(db.engine) as fresh:
        assert _consents(fresh) == 20
