"""The commands that begin with an application whose database is ready, and `db` itself."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
import flask_migrate
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from consultations import resources
from consultations.app import create_app
from consultations.db import db
from consultations.errors import SetupError
from consultations.words import N_

VERSION_TABLE = "alembic_version"


def revisions() -> tuple[str | None, str | None]:
    """The schema's revision in the database, and the one this program needs."""
    needed = ScriptDirectory(str(resources.migrations())).get_current_head()
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision(), needed


def prepare_database() -> None:
    """Give an empty database its tables.

    Raises SetupError when the database cannot be reached, or when its schema is another
    program version's: that is for `consultations db upgrade` to change, knowingly.
    """
    try:
        present, needed = revisions()
        if present is None and set(inspect(db.engine).get_table_names()) <= {VERSION_TABLE}:
            flask_migrate.upgrade()
        elif present != needed:
            raise SetupError(
                N_("The database's schema is not this version's. Run “consultations db upgrade”.")
            )
    except (SQLAlchemyError, ArgumentError, ModuleNotFoundError, OSError) as error:
        raise unreachable(error) from error


def unreachable(error: Exception) -> SetupError:
    """The error for a database that does not answer; the address is named without its password."""
    return SetupError(
        N_("The database %(address)s cannot be used: %(cause)s"),
        address=db.engine.url.render_as_string(hide_password=True),
        cause=str(getattr(error, "orig", None) or error).splitlines()[0],
    )


def with_database(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command inside an application whose database is ready."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        with ready_app().app_context():
            try:
                return command(*args, **kwargs)
            finally:
                db.session.remove()
                db.engine.dispose()

    return run


def ready_app(**options: Any) -> Flask:
    """An application whose database has its tables."""
    app = create_app(**options)
    with app.app_context():
        prepare_database()
    return app


@click.group("db")
def database() -> None:
    """The database's schema."""


@database.command()
def upgrade() -> None:
    """Bring the schema to this version's."""
    with create_app().app_context():
        try:
            flask_migrate.upgrade()
        except (SQLAlchemyError, ModuleNotFoundError, OSError) as error:
            raise unreachable(error) from error
    click.echo("The database is up to date.", err=True)
