"""Overload is answered at once, in the reader's language, and loses nothing."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from consultations.config import Settings
from consultations.db import db
from consultations.rounds.models import Round
from consultations.submissions.models import Submission
from consultations.web.overload import MOST_WAITING, watch
from tests.conftest import SECRET
from tests.factories import a_consultation, a_round, an_account, sign_in
from tests.served import Client, serving
from tests.submissions.test_views import answered_until_check
from tests.visitor import Page, posted, seen, send, visit

ADDRESS = "/en/code/answer/"
LANGUAGES = ("en", "fr", "ar")


@pytest.fixture
def round_(app: Flask) -> Round:
    made = a_round(a_consultation())
    db.session.commit()
    return made


def told(page: Page, lang: str) -> None:
    assert page.status == 503, page.text
    assert page.soup.html is not None
    assert page.soup.html["lang"] == lang
    assert page.soup.h1 is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_busy_server_says_so_in_the_readers_language(
    round_: Round, client: FlaskClient, app: Flask, lang: str
) -> None:
    watch(app, lambda: MOST_WAITING + 1)
    answer = client.get(f"/{lang}/code/answer/")
    told(seen(answer), lang)
    assert answer.headers["Retry-After"] == "60"
    assert "no-cache" in answer.headers["Cache-Control"]


def test_whoever_has_begun_goes_first(round_: Round, client: FlaskClient, app: Flask) -> None:
    check = answered_until_check(client, {"gender": "woman"})
    watch(app, lambda: MOST_WAITING + 1)
    assert send(client, ADDRESS, check, {}).receipt
    watch(app, lambda: 2 * MOST_WAITING + 1)
    refused = send(client, ADDRESS, check, {})
    told(refused, "en")
    assert refused.receipt is None


def test_what_was_refused_can_be_sent_again(round_: Round, client: FlaskClient, app: Flask) -> None:
    check = answered_until_check(client, {"gender": "woman"})
    watch(app, lambda: 2 * MOST_WAITING + 1)
    told(send(client, ADDRESS, check, {}), "en")
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 0
    watch(app, lambda: 0)
    assert send(client, ADDRESS, check, {}).receipt
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_busy_server_is_still_well(client: FlaskClient, app: Flask) -> None:
    watch(app, lambda: 10 * MOST_WAITING)
    assert client.get("/health").status_code == 200
    with client.get("/static/base.css") as styles:
        assert styles.status_code == 200


def test_the_refusal_costs_next_to_nothing(round_: Round, client: FlaskClient, app: Flask) -> None:
    watch(app, lambda: MOST_WAITING + 1)
    client.get(ADDRESS)
    asked: list[str] = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def _count(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    answer = client.get(ADDRESS)
    assert answer.status_code == 503
    assert asked == []
    assert len(answer.data) < 1_000


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Somebody else writes to the SQLite file for as long as the block lasts."""
    other = sqlite3.connect(settings.instance / "consultations.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_locked_database_loses_nothing(
    round_: Round, client: FlaskClient, settings: Settings
) -> None:
    check = answered_until_check(client, {"gender": "woman"})
    db.session.remove()
    db.engine.dispose()
    _be_impatient()
    with locked(settings):
        told(send(client, ADDRESS, check, {}), "en")
    assert send(client, ADDRESS, check, {}).receipt
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1


def _be_impatient() -> None:
    @event.listens_for(db.engine, "connect")
    def _soon(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 50")


@pytest.mark.parametrize(
    "error", [OperationalError("SELECT", {}, Exception("gone")), NoConnectionLeft("none left")]
)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_database_that_is_gone_is_told_as_such(
    round_: Round,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    error: Exception,
) -> None:
    def gone(_slug: str) -> None:
        raise error

    monkeypatch.setattr("consultations.submissions.views.standing", gone)
    monkeypatch.setattr("consultations.workspace.manage.consultation", gone)
    told(visit(client, f"/{lang}/code/answer/"), lang)
    sign_in(client, an_account())
    told(visit(client, f"/{lang}/manage/code/"), lang)


def test_a_flood_is_answered_at_once_and_every_receipt_stands_for_an_answer(
    app: Flask, settings: Settings
) -> None:
    a_round(a_consultation())
    db.session.commit()
    environment = {
        "CONSULTATIONS_INSTANCE": str(settings.instance),
        "CONSULTATIONS_DATABASE_URL": settings.database,
        "CONSULTATIONS_SECRET_KEY": SECRET,
    }
    with serving("serve", environment, settings.instance / "log") as server:
        form = Client(server.port, "127.0.0.1")
        check = answered_until_check(form, {"gender": "woman"})  # type: ignore[arg-type]
        body = posted(check, {})

        def flood(place: int) -> tuple[int, float]:
            client = Client(server.port, "127.0.0.1")
            began = time.monotonic()
            answer = client.get(ADDRESS) if place % 8 else client.post(ADDRESS, body)
            return answer.status_code, time.monotonic() - began

        with ThreadPoolExecutor(64) as people:
            answers = list(people.map(flood, range(600)))
        receipt = seen(form.post(ADDRESS, body)).receipt  # type: ignore[arg-type]
    statuses = Counter(status for status, _ in answers)
    assert set(statuses) <= {200, 503}, statuses
    assert max(seconds for _, seconds in answers) < 10
    assert receipt
    db.session.expire_all()
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1
