"""The commands that begin with an application whose database is ready, and `db` itself."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import Flask
from sqlalchemy import column, inspect, select, table
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from consultations import resources
from consultations.app import create_app
from consultations.db import db
from consultations.errors import SetupError
from consultations.words import N_

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "alembic_version"


def revisions() -> tuple[str | None, str]:
    """The schema's revision in the database, and the one this program needs.

    Every start asks for them: they are read without Alembic. A migration's file is named after
    its revision, which begins with its number.
    """
    written_in = table(VERSION_TABLE, column("version_num"))
    with db.engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return None, _migrations()[-1].stem
        return connection.scalar(select(written_in.c.version_num)), _migrations()[-1].stem


def _migrations() -> list[Path]:
    return sorted((resources.migrations() / "versions").glob("[0-9]*.py"))


def migrations() -> "Config":
    """What Alembic has to know of our migrations."""
    from alembic.config import Config  # heavy: docs/decisions/0013

    config = Config()
    config.set_main_option("script_location", str(resources.migrations()).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s")
    return config


def upgrade_schema() -> None:
    """Bring the schema to the revision that this program needs.

    Raises SetupError when the database cannot be used, or is a later program's.
    """
    from alembic import command  # heavy: docs/decisions/0013
    from alembic.util import CommandError

    try:
        command.upgrade(migrations(), "head")
    except (SQLAlchemyError, ModuleNotFoundError, OSError, CommandError) as error:
        raise unreachable(error) from error


def prepare_database() -> None:
    """Give an empty database its tables.

    Raises SetupError when the database cannot be reached, or when its schema is another
    program version's: that is for `consultations db upgrade` to change, knowingly.
    """
    try:
        present, needed = revisions()
        if present is None and set(inspect(db.engine).get_table_names()) <= {VERSION_TABLE}:
            upgrade_schema()
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
        upgrade_schema()
    click.echo("The database is up to date.", err=True)


@database.command(hidden=True)
@click.argument("name")
def revision(name: str) -> None:
    """For developers: write the migration NAME, from what the models have and the schema lacks."""
    from alembic import command  # heavy: docs/decisions/0013

    number = len(_migrations()) + 1
    with create_app().app_context():
        command.revision(migrations(), name, autogenerate=True, rev_id=f"{number:04}_{name}")
