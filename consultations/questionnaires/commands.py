"""The command `questionnaire`."""

import json
from pathlib import Path

import click

from consultations.clock import now
from consultations.database import with_database
from consultations.db import db
from consultations.errors import NotFound
from consultations.questionnaires.builder import with_codebook_questions
from consultations.questionnaires.queries import last_version
from consultations.questionnaires.queries import questionnaire as questionnaire_of
from consultations.questionnaires.services import add_version, check_dimensions
from consultations.questionnaires.xlsform.reading import LeftOut, read
from consultations.questionnaires.xlsform.writing import write
from consultations.rounds.models import Consultation
from consultations.rounds.plan import offered_dimensions
from consultations.rounds.queries import consultation, round_numbered
from consultations.rounds.services import note
from consultations.words import N_


@click.group()
def questionnaire() -> None:
    """What is asked."""


@questionnaire.command("import")
@click.argument("slug")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--strict", is_flag=True, help="Refuse the file where a row cannot be supported.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@with_database
def import_(slug: str, file: Path, strict: bool, as_json: bool) -> None:
    """Make a new version from an XLSForm; a round that is planned may take it."""
    of = consultation(slug)
    reading = read(
        file.read_bytes(), name=file.name, source_language=of.source_language, strict=strict
    )
    check_dimensions(reading.questionnaire, of.plan["dimensions"])
    whole = with_codebook_questions(reading.questionnaire, offered_dimensions(of.plan))
    version = add_version(of, whole)
    note(of, "questionnaire.import", by=None, at=now(), detail=f"version {version.number}")
    db.session.commit()
    for each in reading.left_out:
        click.echo(left_out_line(file.name, each), err=True)
    click.echo(f"Version {version.number}: {len(whole.questions)} questions.", err=True)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "version": version.number,
                    "questions": len(whole.questions),
                    "left_out": [
                        {
                            "sheet": each.sheet,
                            "row": each.row,
                            "column": each.column,
                            "reason": each.reason,
                        }
                        for each in reading.left_out
                    ],
                },
                ensure_ascii=False,
            )
        )


@questionnaire.command()
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--round", "number", type=int, help="That of a round, instead of the latest version.")
@with_database
def export(slug: str, file: Path, number: int | None) -> None:
    """Write a questionnaire as an XLSForm (.xlsx)."""
    whole = questionnaire_of(_version_id(consultation(slug), number))
    file.write_bytes(write(whole))
    click.echo(f"{file}: {len(whole.questions)} questions.", err=True)


def _version_id(of: Consultation, number: int | None) -> str:
    if number is not None:
        found = round_numbered(of, number).questionnaire_version_id
    else:
        latest = last_version(of.id)
        found = latest.id if latest else None
    if found is None:
        raise NotFound(N_("“%(slug)s” has no questionnaire yet."), slug=of.slug)
    return found


def left_out_line(file: str, each: LeftOut) -> str:
    """One row that was left out, for a person to read."""
    place = f"{file}, sheet {each.sheet}, row {each.row}, column {each.column}"
    return f"Left out: {place}: {each.reason}"
