"""The command `load`."""

import json
from pathlib import Path

import click
from flask import current_app

from consultations.bundles import services
from consultations.bundles.reading import open_bundle
from consultations.bundles.services import Loaded
from consultations.clock import now
from consultations.config import Settings
from consultations.database import with_database
from consultations.db import db
from consultations.questionnaires.commands import left_out_line
from consultations.rounds.models import OPEN, PLANNED
from consultations.submissions.commands import progress, rejects_path, say
from consultations.workspace.forecast import cautions


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_database
def load(path: Path, as_json: bool) -> None:
    """Load a consultation from PATH, a folder or a zip file."""
    settings: Settings = current_app.extensions["settings"]
    with open_bundle(path, max_bytes=settings.max_bundle_bytes) as bundle, progress("") as step:
        loaded = services.load(
            bundle,
            threshold=settings.threshold,
            rejects=rejects_path,
            by=None,
            at=now(),
            step=step,
        )
        db.session.commit()
    _say(loaded)
    click.echo(_as_json(loaded) if as_json else loaded.consultation.slug)
    raise SystemExit(1 if loaded.responses.rejected or loaded.unread else 0)


def _say(loaded: Loaded) -> None:
    for file, each in loaded.left_out:
        click.echo(left_out_line(file, each), err=True)
    for done in loaded.imports:
        say(done)
    for file in loaded.unread:
        click.echo(f"{file} was not read: this version cannot take comments from files.", err=True)
    for round_ in loaded.consultation.rounds:
        click.echo(f"Round {round_.number}: {round_.stage}.", err=True)
        for caution in cautions(round_) if round_.stage in (PLANNED, OPEN) else ():
            click.echo(f"Warning: {caution}", err=True)


def _as_json(loaded: Loaded) -> str:
    return json.dumps(
        {
            "slug": loaded.consultation.slug,
            "rounds": len(loaded.consultation.rounds),
            "questions": loaded.questions,
            "responses": loaded.responses.to_json(),
        },
        ensure_ascii=False,
    )
