"""Whether an answer costs more when many are stored already: the same server over few and many."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import click
from pydantic import SecretStr
from sqlalchemy import ColumnElement, Table, func, insert, literal, make_url, select, text

from benchmarks import form, load, servers
from benchmarks.answering import CLIENTS, DATABASES, WORKERS
from benchmarks.counting import apart
from benchmarks.visitors import participant
from consultations.clock import now
from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db
from consultations.forgetting import empty_log
from consultations.rounds.models import Round
from consultations.rounds.queries import consultation
from consultations.rounds.services import begin_days
from consultations.submissions.models import Submission
from tests.served import Server

SIZES = (10_000, 1_000_000, 5_000_000)


class Turn(NamedTuple):
    """Answers per second, and milliseconds of processor of one, in workers and database."""

    rate: float
    processor: float


class Up(NamedTuple):
    """A server, and where its database is (None: SQLite, inside the workers)."""

    server: Server
    database: str | None


def measure(
    database: str, stored: Sequence[int] = SIZES, *, repeats: int = 12, seconds: float = 3.0
) -> dict[int, list[Turn]]:
    """By how many answers were stored before; in turns, so that all share good and bad minutes."""
    with ExitStack() as stack:
        up = {number: stack.enter_context(_filled(database, number)) for number in stored}
        turns: dict[int, list[Turn]] = {number: [] for number in stored}
        for repeat in range(repeats + 1):
            for number, each in up.items():
                turn = _turn(each, seconds)
                if repeat:  # the first one warms up
                    turns[number].append(turn)
    return turns


@contextmanager
def _filled(database: str, number: int) -> Iterator[Up]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-")))
        at = stack.enter_context(servers.postgresql()) if database == "postgresql" else None
        server = stack.enter_context(servers.consultations(folder, at, workers=WORKERS))
        apart(
            fill,
            Settings(instance=folder, database_url=at, secret_key=SecretStr(servers.SECRET)),
            number,
        )
        yield Up(server, at)


def _turn(up: Up, seconds: float) -> Turn:
    begun = _processor(up)
    visitor = partial(participant, up.server.port, f"/en/{servers.PLAIN}/answer/", form.answers())
    done = load.run(up.server.port, visitor, clients=CLIENTS, seconds=seconds)
    return Turn(done.rate, 1000 * (_processor(up) - begun) / len(done.each))


def _processor(up: Up) -> float:
    seconds = servers.processor(up.server)
    if up.database:
        folder = Path(str(make_url(up.database).query["host"]))
        main = (folder / "postmaster.pid").read_text().split()[0]
        seconds += servers.processor_of([main, *servers.children(main)])
    return seconds


def fill(settings: Settings, number: int) -> None:
    """Store so many answers without the web, in random order as they would come, and count them."""
    with ready_app(settings=settings).app_context():
        if db.engine.dialect.name == "sqlite":  # every page is written once
            db.session.execute(text("PRAGMA cache_size = -8000000"))
        _store(consultation(servers.PLAIN).rounds[0], number)
        db.session.commit()
        begin_days(at=now())
        db.session.commit()
        db.session.remove()
        empty_log()
        db.engine.dispose()


def _store(of: Round, number: int) -> None:
    """One row again and again, with keys that the database draws."""
    table: Table = Submission.__table__  # type: ignore[assignment]
    row: Mapping[str, Any] = {
        "round_id": of.id,
        "questionnaire_version_id": of.questionnaire_version_id,
        "kind": "individual",
        "channel": "web",
        "entry": "open",
        "language": "en",
        "received_on": date(2026, 1, 2),
        "consent": {},
        "given": [],
        "answers": form.answers(),
        "marks": [],
    }
    same = [literal(value, table.c[name].type) for name, value in row.items()]
    first = select(literal(1).label("n")).cte("number", recursive=True)
    numbers = first.union_all(select(first.c.n + 1).where(first.c.n < number))
    rows = select(_drawn(1), _drawn(2), *same).select_from(numbers)
    db.session.execute(insert(table).from_select(["id", "receipt_hash", *row], rows))


def _drawn(halves: int) -> ColumnElement[str]:
    if db.engine.dialect.name == "sqlite":
        return func.lower(func.hex(func.randomblob(16 * halves)))
    return func.concat(*(func.md5(func.concat(func.gen_random_uuid())) for _ in range(halves)))


def of_first(turns: Sequence[Sequence[float]]) -> list[float]:
    """How much the figures of each size are of those of the first: the median over the turns."""
    return [
        median(own / first for own, first in zip(each, turns[0], strict=True)) for each in turns
    ]


@click.command()
@click.option("--stored", multiple=True, type=int, default=SIZES, show_default=True)
@click.option("--repeats", default=12, show_default=True)
@click.option("--seconds", default=3.0, show_default=True, help="Of each load.")
@click.option("--database", "databases", multiple=True, default=DATABASES, show_default=True)
def main(stored: tuple[int, ...], repeats: int, seconds: float, databases: tuple[str, ...]) -> None:
    """Measure, and print the table."""
    click.echo(
        "| database | answers stored before | flows/s | of the first | ms of processor "
        "| of the first |\n|---|---|---|---|---|---|"
    )
    for database in databases:
        turns = measure(database, stored, repeats=repeats, seconds=seconds)
        rates = [[turn.rate for turn in each] for each in turns.values()]
        spent = [[turn.processor for turn in each] for each in turns.values()]
        for number, rate, of, own, share in zip(
            stored, rates, of_first(rates), spent, of_first(spent), strict=True
        ):
            click.echo(
                f"| {database} | {number:,} | {median(rate):,.0f} | {of:.2f} "
                f"| {median(own):.2f} | {share:.2f} |"
            )


if __name__ == "__main__":
    main()
