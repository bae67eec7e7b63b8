"""Runs migrations inside the application that calls them."""

from alembic import context

from consultations.db import db


def run() -> None:
    """Bring the database of the running application to the wanted revision."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
