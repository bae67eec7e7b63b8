"""The command `report`."""

import json
from pathlib import Path

import click
from flask import current_app

from consultations.clock import now
from consultations.database import with_database
from consultations.db import db
from consultations.errors import ConsultationsError
from consultations.mail.sending import NoMailServer
from consultations.reports.building import Built, Wanted, build_preview
from consultations.reports.building import build as build_files
from consultations.reports.document import AUDIENCES, PUBLIC
from consultations.reports.models import CORRECTED, KEEP, MERGE, STAND, WITHDRAW
from consultations.reports.noting import note_texts
from consultations.reports.rendering import FORMATS
from consultations.reports.services import Wish
from consultations.reports.verifying import verify as verify_files
from consultations.reports.witnessing import tell_witnesses
from consultations.rounds.models import Consultation, Round
from consultations.rounds.queries import consultation, latest_closed, round_numbered
from consultations.words import N_


@click.group()
def report() -> None:
    """What negotiators and participants receive."""


@report.command()
@click.argument("slug")
@click.option("--round", "number", type=int, help="Default: the latest closed one.")
@click.option("--audience", type=click.Choice(AUDIENCES), default=PUBLIC, show_default=True)
@click.option("--language", "languages", multiple=True, help="Default: the consultation's own.")
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS))
@click.option("--output", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--preview", is_flag=True, help="For the team's eyes: nothing is published.")
@click.option(
    "--correction",
    type=click.Choice((STAND, MERGE, WITHDRAW, KEEP)),
    help="Where the answers changed after publication and the difference would give someone away.",
)
@click.option("--note", "notes", multiple=True, help="What changed: TEXT, or LANGUAGE=TEXT.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_database
def build(
    slug: str,
    number: int | None,
    audience: str,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path,
    preview: bool,
    correction: str | None,
    notes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Publish the report of a round, or find it published, and write its files."""
    about = consultation(slug)
    of = _round(about, number)
    wanted = Wanted(output, _languages(about, languages), formats or FORMATS, audience)
    if preview:
        built = build_preview(about, of, wanted)
    else:
        instance = current_app.extensions["settings"].instance
        said = note_texts(notes, about.languages, about.source_language)
        wish = Wish(correction or CORRECTED, said)
        built = build_files(about, of, wanted, instance=instance, by=None, at=now(), wish=wish)
        db.session.commit()
        if not built.reused:
            _tell_witnesses(about)
    _tell(built, as_json)


@report.command()
@click.argument("directory", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--earlier", multiple=True, type=click.Path(exists=True, path_type=Path))
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--head",
    "heads",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A head of the log as a witness kept it: a message, or JSON.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify(
    directory: Path,
    earlier: tuple[Path, ...],
    key: Path | None,
    heads: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Check published files, trusting nothing else."""
    found = verify_files(directory, earlier=earlier, key=key, heads=heads)
    if as_json:
        click.echo(json.dumps(found))
    for failure in found["failures"]:
        click.echo(f"- {failure}", err=True)
    if found["ok"]:
        click.echo("These files are as they were published, and keep what they hide.", err=True)
    raise SystemExit(0 if found["ok"] else 1)


def _tell_witnesses(about: Consultation) -> None:
    """Send the new head; what is published stays published, whatever becomes of the mail."""
    settings, secret = current_app.extensions["settings"], current_app.config["SECRET_KEY"]
    try:
        told = tell_witnesses(about, settings=settings, secret=secret)
    except NoMailServer as error:
        click.echo(str(error), err=True)
        return
    if told.refused:
        click.echo(f"{told.refused} witnesses could not be written to.", err=True)


def _round(about: Consultation, number: int | None) -> Round:
    if number is not None:
        return round_numbered(about, number)
    found = latest_closed(about)
    if found is None:
        raise ConsultationsError(
            N_("No round of “%(slug)s” is closed: its report can be built afterwards."),
            slug=about.slug,
        )
    return found


def _languages(about: Consultation, wanted: tuple[str, ...]) -> tuple[str, ...]:
    known = {*about.languages, *current_app.config["LANGUAGES"]}
    for language in wanted:
        if language not in known:
            raise ConsultationsError(
                N_("“%(slug)s” is not in the language %(language)s; there are %(languages)s."),
                slug=about.slug,
                language=language,
                languages=", ".join(about.languages),
            )
    return wanted or tuple(about.languages)


def _tell(built: Built, as_json: bool) -> None:
    files = [str(path) for path in built.files]
    if as_json:
        told = {"files": files, "tables": built.tables, "reused": built.reused}
        click.echo(json.dumps(told, ensure_ascii=False))
    for path in files:
        click.echo(path, err=True)
