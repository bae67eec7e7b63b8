"""Several processes that serve an application together, whatever it is."""

import sys
from typing import Any

from flask import Flask

from consultations.web import overload

GRACE_SECONDS = 3
"""How long accepted requests may take to finish after the server was told to end."""

THREADS = 8

CONNECTIONS, BACKLOG = 1_000, 2_048
"""How many visitors are listened to at once, and how many more wait at the door."""


def run_workers(app: Flask, *, host: str, port: int, workers: int) -> None:
    """Serve any application with several processes until told to end; not on Windows."""
    from gunicorn.app.base import BaseApplication  # not to be had on Windows

    def _watch(worker: Any) -> None:
        overload.watch(app, worker.tpool._work_queue.qsize)

    class Workers(BaseApplication):
        def load_config(self) -> None:
            for name, value in (
                ("bind", f"{host}:{port}"),
                ("workers", workers),
                ("worker_class", "gthread"),
                ("threads", THREADS),
                ("worker_connections", CONNECTIONS),
                ("backlog", BACKLOG),
                ("graceful_timeout", GRACE_SECONDS),
                ("post_worker_init", _watch),
                ("accesslog", None),
                ("loglevel", "warning"),
                ("control_socket_disable", True),
            ):
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            return app

    sys.argv = sys.argv[:1]
    Workers().run()
