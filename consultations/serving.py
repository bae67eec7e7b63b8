"""The production server."""

import gc
import logging
import signal
import sys
from functools import partial
from typing import Any

import click
import waitress
from flask import Flask

from consultations import memory
from consultations.analysis.snapshots.sweeping import sweep_apart
from consultations.config import DEMONSTRATION_SECRET, read_settings
from consultations.database import ready_app
from consultations.db import db
from consultations.errors import SetupError
from consultations.forgetting import empty_log
from consultations.web import overload
from consultations.words import N_
from consultations.workers import BACKLOG, CONNECTIONS, GRACE_SECONDS, THREADS, run_workers


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True)
def serve(host: str, port: int, workers: int) -> None:
    """Serve over plain http; ends within five seconds of SIGTERM."""
    _require_secret()
    app = ready_app()
    sweep_apart(app)
    run(app, host=host, port=port, workers=workers)


def run(app: Flask, *, host: str, port: int, workers: int = 1) -> None:
    """Serve an application until told to end."""
    click.echo(f"http://{host}:{port}/", err=True)
    memory.settle()
    try:
        if workers > 1 and sys.platform != "win32":
            with app.app_context():
                db.engine.dispose()  # workers share no connection
            run_workers(app, host=host, port=port, workers=workers)
        else:
            _run_threads(app, host, port)
    finally:
        with app.app_context():
            empty_log()
            db.engine.dispose()
        # The last collection of the interpreter would look through all that is loaded: seconds.
        gc.freeze()


def _require_secret() -> None:
    secret = read_settings().secret_key
    if secret is None or secret.get_secret_value() == DEMONSTRATION_SECRET:
        raise SetupError(
            N_(
                "Set CONSULTATIONS_SECRET_KEY to a long random secret of your own: receipts and "
                "sign-ins are made with it."
            )
        )


def _run_threads(app: Flask, host: str, port: int) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        server: Any = waitress.create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            backlog=BACKLOG,
            asyncore_use_poll=True,
            ident=None,
            clear_untrusted_proxy_headers=not app.extensions["settings"].proxies,
        )
    except OSError as error:
        raise SetupError(
            N_("Nothing can be served at port %(port)s: %(cause)s"), port=port, cause=error.strerror
        ) from error
    overload.watch(app, lambda: len(server.task_dispatcher.queue))
    # Waitress itself waits for what runs when it is told to end, and by default too long.
    end = partial(server.task_dispatcher.shutdown, timeout=GRACE_SECONDS)
    server.task_dispatcher.shutdown = end
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end)
    try:
        server.run()
    finally:
        server.close()


def _end(number: int, _frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # being told twice is not more urgent
    raise KeyboardInterrupt
