"""The command `responses`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app

from consultations.clock import now
from consultations.database import with_database
from consultations.db import db
from consultations.errors import Refused
from consultations.rounds.models import PLANNED, Consultation, Round
from consultations.rounds.queries import consultation, open_round, round_numbered
from consultations.rounds.services import note
from consultations.submissions.importing import Import, import_responses
from consultations.submissions.models import CHANNELS
from consultations.words import N_


@click.group()
def responses() -> None:
    """Answers that did not come through the web."""


@responses.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--round", "number", type=int, help="The round's number; default: the open one.")
@click.option("--channel", type=click.Choice(CHANNELS), default="import", show_default=True)
@click.option("--again", is_flag=True, help="Take the same file in once more.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_database
def import_(
    slug: str, file: Path, number: int | None, channel: str, again: bool, as_json: bool
) -> None:
    """Take the answers of FILE.csv into a round."""
    to = _round(consultation(slug), number)
    with progress(file.name) as step:
        done = import_responses(
            to, file, rejects=rejects_path(to), channel=channel, again=again, step=step
        )
    note(to.consultation, "responses.import", by=None, at=now(), detail=f"round {to.number}")
    db.session.commit()
    say(done)
    if as_json:
        click.echo(json.dumps(done.to_json()))
    raise SystemExit(1 if done.rejected else 0)


def _round(of: Consultation, number: int | None) -> Round:
    """The round that takes the answers: the one named, the only one, or the open one."""
    if number is not None:
        chosen = round_numbered(of, number)
    elif len(of.rounds) == 1:
        chosen = of.rounds[0]
    else:
        found = open_round(of)
        if found is None:
            raise Refused(N_("No round is open: name one with --round."))
        chosen = found
    if chosen.stage == PLANNED:
        raise Refused(N_("Round %(number)s has not opened yet."), number=chosen.number)
    return chosen


def rejects_path(to: Round) -> Path:
    """Where the rows that a round rejects are written: in the instance folder, by day and time."""
    name = f"{to.consultation.slug}-{to.number}-{now():%Y%m%d-%H%M%S-%f}.csv"
    return Path(current_app.instance_path) / "rejects" / name


def say(done: Import) -> None:
    """Tell a person what became of a file."""
    click.echo(
        f"{done.read} rows read, {done.accepted} accepted, {done.rejected} rejected.", err=True
    )
    if done.rejects_file:
        click.echo(f"The rejected rows and the reasons are in {done.rejects_file}.", err=True)


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing in a pipe; gives a function of (done, total)."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=0, label=label, file=sys.stderr) as bar:

        def step(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield step
