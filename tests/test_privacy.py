"""After a whole journey over HTTP, nothing kept anywhere tells who took part, or when."""

import hashlib
import hmac
import re
import traceback
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import DateTime, String, Time, inspect, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from consultations.config import Settings
from consultations.db import db, new_key
from tests.conftest import SECRET
from tests.factories import PASSWORD, a_consultation, a_round, a_submission, an_account
from tests.served import Client, serving
from tests.visitor import Page, send, visit

ADDRESS = "127.77.66.55"
PLANTED = {
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.78",
    "Forwarded": "for=203.0.113.79",
    "User-Agent": "PlantedAgent/7.31 (planted device)",
    "From": "planted.person@mail.example",
    "Referer": "http://planted-referer.example/page",
    "Cookie": "planted=planted-cookie-4711",
    "X-Request-Id": "planted-request-0815",
}
BARE = ("203.0.113.77", "203.0.113.78", "203.0.113.79", "PlantedAgent", "planted-cookie-4711")
WORDS = "The bees of the northern slope are mine."
ABOUT_PARTICIPANTS = ("submission", "point", "endorsement")
HASHES = ("md5", "sha1", "sha224", "sha256", "sha512", "blake2b")
KEYS = (SECRET.encode(), b"")
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")


@dataclass(frozen=True)
class Left:
    """What the journey left behind.

    Every table's rows, all that was logged, the bytes of the instance's files; beside them the
    receipts, which only the participant has.
    """

    rows: dict[str, list[str]]
    log: str
    files: tuple[str, ...]
    receipts: tuple[str, ...]

    @property
    def everything(self) -> str:
        """Rows, log and the files of the instance as one text."""
        rows = (row for rows in self.rows.values() for row in rows)
        return "\n".join([*rows, self.log, *self.files])


@pytest.fixture
def left(app: Flask, settings: Settings) -> Left:
    """An answer, a comment, receipts right and wrong, sign-ins right and wrong, errors."""
    a_round(a_consultation())
    email = an_account().email
    db.session.commit()
    environment = {
        "CONSULTATIONS_INSTANCE": str(settings.instance),
        "CONSULTATIONS_DATABASE_URL": settings.database,
        "CONSULTATIONS_SECRET_KEY": SECRET,
        "CONSULTATIONS_LOG_LEVEL": "DEBUG",
    }
    log = settings.instance / "log"
    with serving("serve", environment, log) as server:
        receipts = _journey(Client(server.port, ADDRESS, PLANTED), email)
    files = [path for path in settings.instance.rglob("*") if path.is_file() and path != log]
    kept = tuple(path.read_bytes().decode("latin-1") for path in files)
    return Left(_rows(), log.read_text(), kept, receipts)


def _journey(client: Client, email: str) -> tuple[str, ...]:
    answered = _answer(client)
    comment = "/en/code/comment/art_1/"
    said = {"position": "oppose", "text": WORDS}
    commented = send(client, comment, visit(client, comment), said, step="send")
    for code in (answered.receipt, commented.receipt, "00000-00000-00000-00000"):
        found = send(client, "/fr/receipt/", visit(client, "/fr/receipt/"), {"receipt": str(code)})
        assert found.status in (200, 404)
    for password, status in (("not the password", 200), (PASSWORD, 302)):
        page = visit(client, "/en/site/sign-in")
        filled = {"email": email, "password": password}
        assert send(client, "/en/site/sign-in", page, filled).status == status
    assert visit(client, "/en/manage/code/").status == 200
    assert visit(client, "/en/nothing/here/?who=planted-query").status == 404
    assert answered.receipt
    assert commented.receipt
    return answered.receipt, commented.receipt


def _answer(client: Client) -> Page:
    address = "/ar/code/answer/"
    page = visit(client, address)
    wanted = {"art_1_position": "support", "art_1_change": WORDS, "gender": "woman"}
    while page.receipt is None:
        assert page.status == 200, page.text
        names = {field.get("name") for field in page.form.select("[name]")}
        filled = {name: value for name, value in wanted.items() if name in names}
        page = send(client, address, page, filled)
    return page


def _rows() -> dict[str, list[str]]:
    """Every table of the database, as it is and not as the models know it."""
    db.session.expire_all()
    names = inspect(db.engine).get_table_names()
    return {
        name: [str(tuple(row)) for row in db.session.execute(text(f'SELECT * FROM "{name}"'))]
        for name in names
    }


def test_a_whole_journey_leaves_no_trace_of_anybody(left: Left) -> None:
    assert left.rows["submission"]
    assert left.rows["point"]
    assert "http://127.0.0.1" in left.log
    _nothing_planted_is_kept(left.everything)
    _receipts_are_nowhere(left)
    _words_are_stored_and_not_logged(left)
    for table in ABOUT_PARTICIPANTS:
        assert not CLOCK.search("\n".join(left.rows[table]))


def _nothing_planted_is_kept(everything: str) -> None:
    for value in (ADDRESS, *PLANTED.values(), *BARE, "planted-query"):
        assert value not in everything
        for trace in _hashes(value):
            assert trace not in everything, f"a hash of {value}"


def _receipts_are_nowhere(left: Left) -> None:
    for code in left.receipts:
        assert code not in left.everything
        assert code.replace("-", "") not in left.everything


def _words_are_stored_and_not_logged(left: Left) -> None:
    assert WORDS in str(left.rows["submission"])
    assert WORDS in str(left.rows["point"])
    assert WORDS not in left.log
    assert PASSWORD not in left.everything


def test_an_error_of_the_database_does_not_repeat_the_row_that_failed(app: Flask) -> None:
    of = a_round(a_consultation())
    made = a_submission(of, gender="planted-in-the-row")
    made.receipt_hash = "planted-receipt-hash"
    db.session.flush()
    made.kind = "nobody"
    with pytest.raises(IntegrityError) as caught:
        db.session.flush()
    told = "".join(traceback.format_exception(caught.value))
    assert "planted" not in told
    db.session.rollback()


def test_an_error_of_the_database_does_not_repeat_what_was_written(app: Flask) -> None:
    with pytest.raises(DBAPIError) as caught:
        db.session.execute(text("INSERT INTO nothing VALUES (:words)"), {"words": WORDS})
    assert WORDS not in str(caught.value)


def test_a_hash_would_be_found() -> None:
    assert hashlib.md5(b"203.0.113.77").hexdigest() in set(_hashes("203.0.113.77"))


def _hashes(value: str) -> Iterator[str]:
    content = value.encode()
    for name in HASHES:
        yield from _written(hashlib.new(name, content).digest())
        for key in KEYS:
            yield from _written(hmac.digest(key, content, name))
            yield from _written(hashlib.new(name, key + content).digest())
            yield from _written(hashlib.new(name, content + key).digest())


def _written(digest: bytes) -> Iterator[str]:
    yield digest.hex()
    yield b64encode(digest).decode().rstrip("=")
    yield urlsafe_b64encode(digest).decode().rstrip("=")


@pytest.mark.parametrize("table", ABOUT_PARTICIPANTS)
def test_tables_of_answers_have_random_keys_and_no_moments(app: Flask, table: str) -> None:
    found = inspect(db.engine)
    columns = {column["name"]: column["type"] for column in found.get_columns(table)}
    keys = found.get_pk_constraint(table)["constrained_columns"]
    assert [isinstance(columns[name], String) for name in keys] == [True]
    assert not [name for name, kind in columns.items() if isinstance(kind, DateTime | Time)]


def test_no_answer_leads_to_an_account_or_a_contact(app: Flask) -> None:
    found = inspect(db.engine)
    led = {
        table: {key["referred_table"] for key in found.get_foreign_keys(table)}
        for table in ABOUT_PARTICIPANTS
    }
    assert led == {
        "submission": {"round", "questionnaire_version"},
        "point": {"round", "organisation", "submission"},
        "endorsement": {"point", "organisation"},
    }


def test_sqlite_keeps_no_row_numbers_and_wipes_what_is_deleted(
    app: Flask, settings: Settings
) -> None:
    if settings.database_url:
        pytest.skip("of SQLite only")
    tables = {row.name: row.wr for row in db.session.execute(text("PRAGMA table_list"))}
    assert tables["submission"] == tables["point"] == 1
    assert db.session.scalar(text("PRAGMA secure_delete")) == 1


def test_keys_tell_nothing_of_their_order() -> None:
    keys = [new_key() for _ in range(200)]
    later = sum(second > first for first, second in pairwise(keys))
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in keys)
    assert len({key[:8] for key in keys}) > 190
    assert 60 < later < 140
