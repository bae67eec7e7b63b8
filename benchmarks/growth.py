"""Whether an answer costs more when many are stored already: the same server over few and many."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from secrets import token_hex
from statistics import median
from typing import Any

import click
from pydantic import SecretStr
from sqlalchemy import insert

from benchmarks import form, load, servers
from benchmarks.answering import CLIENTS, DATABASES, WORKERS
from benchmarks.visitors import participant
from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db
from consultations.rounds.models import Round
from consultations.rounds.queries import consultation
from consultations.submissions.models import Submission

FEW, MANY = 10_000, 1_000_000
BATCH = 10_000


def measure(
    database: str, stored: Sequence[int] = (FEW, MANY), *, repeats: int = 3, seconds: float = 8.0
) -> dict[int, list[float]]:
    """Answers per second, by how many were stored before; interleaved."""
    with ExitStack() as stack:
        up = {}
        for number in stored:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
            at = stack.enter_context(servers.postgresql()) if database == "postgresql" else None
            up[number] = stack.enter_context(servers.consultations(folder, at, workers=WORKERS))
            fill(
                Settings(instance=folder, database_url=at, secret_key=SecretStr(servers.SECRET)),
                number,
            )
        rates: dict[int, list[float]] = {number: [] for number in stored}
        for repeat in range(repeats + 1):
            for number, server in up.items():
                visitor = partial(
                    participant, server.port, f"/en/{servers.PLAIN}/answer/", form.answers()
                )
                done = load.run(server.port, visitor, clients=CLIENTS, seconds=seconds)
                if repeat:  # the first one warms up
                    rates[number].append(done.rate)
    return rates


def fill(settings: Settings, number: int) -> None:
    """Store so many answers without the web."""
    with ready_app(settings=settings).app_context():
        rows = _rows(consultation(servers.PLAIN).rounds[0], number)
        while batch := list(islice(rows, BATCH)):
            db.session.execute(insert(Submission), batch)
            db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _rows(of: Round, number: int) -> Iterator[dict[str, Any]]:
    shared = {
        "round_id": of.id,
        "questionnaire_version_id": of.questionnaire_version_id,
        "language": "en",
        "received_on": date(2026, 1, 2),
        "answers": form.answers(),
    }
    for key in sorted(token_hex(16) for _ in range(number)):
        yield {**shared, "id": key, "receipt_hash": token_hex(32)}


@click.command()
@click.option("--many", default=MANY, show_default=True)
@click.option("--repeats", default=3, show_default=True)
@click.option("--seconds", default=8.0, show_default=True, help="Of each load.")
@click.option("--database", "databases", multiple=True, default=DATABASES, show_default=True)
def main(many: int, repeats: int, seconds: float, databases: tuple[str, ...]) -> None:
    """Measure, and print the table."""
    click.echo("| database | answers stored before | flows/s | of the first |\n|---|---|---|---|")
    for database in databases:
        rates = measure(database, (FEW, many), repeats=repeats, seconds=seconds)
        for number, found in rates.items():
            ratio = median(found) / median(rates[FEW])
            click.echo(f"| {database} | {number:,} | {median(found):,.0f} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
