"""The migrations make the tables that the models describe, on both databases, and unmake them."""

from collections.abc import Iterator

import flask_migrate
import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import inspect, text

from consultations.app import create_app
from consultations.config import Settings
from consultations.database import VERSION_TABLE, revisions
from consultations.db import db
from tests.conftest import SECRET


@pytest.fixture
def emptied(settings: Settings) -> Iterator[Flask]:
    """An application whose database has nothing in it, not even tables."""
    folder = settings.instance / "other"
    url = settings.database_url
    own = Settings(instance=folder, database_url=url, secret_key=SecretStr(SECRET))
    made = create_app(settings=own)
    with made.app_context():
        if url:
            _empty_schema()
        yield made
        if url:
            _empty_schema()
            flask_migrate.upgrade()
        db.engine.dispose()


def _empty_schema() -> None:
    db.session.execute(text("DROP SCHEMA public CASCADE"))
    db.session.execute(text("CREATE SCHEMA public"))
    db.session.commit()


def _tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {VERSION_TABLE}


def test_an_empty_database_gets_what_the_models_describe(emptied: Flask) -> None:
    flask_migrate.upgrade()
    assert _tables() == set(db.metadata.tables)
    present, needed = revisions()
    assert present == needed
    flask_migrate.check()  # ends the program where a model and its table differ


def test_a_table_that_differs_would_be_found(emptied: Flask) -> None:
    flask_migrate.upgrade()
    db.session.execute(text("ALTER TABLE submission ADD COLUMN seen_at TIMESTAMP"))
    db.session.commit()
    with pytest.raises(SystemExit):
        flask_migrate.check()


def test_every_step_can_be_taken_back(emptied: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    assert _tables() == set()
    flask_migrate.upgrade()
    assert _tables() == set(db.metadata.tables)
