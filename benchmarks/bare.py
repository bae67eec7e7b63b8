"""The ceiling: a Flask application that shows a form, parses it, inserts one row, and no more."""

import json
import secrets
import sqlite3
import threading
from collections.abc import Callable

import click
from flask import Flask, render_template, request

from benchmarks.form import questionnaire
from consultations.workers import run_workers

Insert = Callable[[str, str], object]


def application(database: str) -> Flask:
    """The application over a SQLite file or a PostgreSQL address."""
    app = Flask("bare", template_folder="templates", root_path=__file__.rpartition("/")[0])
    asked = questionnaire()
    names = [each.name for each in asked.questions]
    insert = _postgresql(database) if database.startswith("postgresql") else _sqlite(database)

    @app.get("/health")
    def health() -> str:
        return "ok"

    @app.route("/", methods=["GET", "POST"])
    def form() -> str:
        if request.method == "GET":
            return render_template("form.html", title=asked.title["en"], questions=asked.questions)
        key = secrets.token_hex(16)
        insert(key, json.dumps({name: request.form.get(name) for name in names}))
        return f'<!doctype html><output id="receipt">{key}</output>'

    return app


def _sqlite(file: str) -> Insert:
    """As safe as ours: an answer outlives the process and the power."""
    own = threading.local()

    def connection() -> sqlite3.Connection:
        if not hasattr(own, "connection"):
            own.connection = sqlite3.connect(file, timeout=10, isolation_level=None)
            for pragma in ("journal_mode = WAL", "synchronous = FULL"):
                own.connection.execute(f"PRAGMA {pragma}")
            own.connection.execute(TABLE)
        return own.connection  # type: ignore[no-any-return]

    return lambda *row: connection().execute("INSERT INTO bare VALUES (?, ?)", row)


def _postgresql(address: str) -> Insert:
    import psycopg  # a server over SQLite does not hold it in memory

    own = threading.local()

    def connection() -> "psycopg.Connection[tuple[object, ...]]":
        if not hasattr(own, "connection"):
            plain = address.replace("+psycopg", "")
            own.connection = psycopg.connect(plain, autocommit=True)
        return own.connection  # type: ignore[no-any-return]

    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as made:
        made.execute(TABLE)
    return lambda *row: connection().execute("INSERT INTO bare VALUES (%s, %s)", row)


TABLE = "CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, content TEXT NOT NULL)"


@click.command()
@click.option("--database", required=True)
@click.option("--port", type=int, required=True)
@click.option("--workers", type=int, default=2)
def main(database: str, port: int, workers: int) -> None:
    """Serve it, with the server that serves Consultations."""
    run_workers(application(database), host="127.0.0.1", port=port, workers=workers)


if __name__ == "__main__":
    main()
