"""The command `questionnaire`."""

import json
from pathlib import Path

import click

from consultations.clock import now
from consultations.database import with_database
from consultations.db import db
from consultations.questionnaires.builder import with_codebook_questions
from consultations.questionnaires.services import add_version, check_dimensions
from consultations.questionnaires.xlsform import LeftOut, read
from consultations.rounds.plan import declared_dimensions
from consultations.rounds.queries import consultation
from consultations.rounds.services import note


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
    whole = with_codebook_questions(reading.questionnaire, declared_dimensions(of.plan))
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


def left_out_line(file: str, each: LeftOut) -> str:
    """One row that was left out, for a person to read."""
    place = f"{file}, sheet {each.sheet}, row {each.row}, column {each.column}"
    return f"Left out: {place}: {each.reason}"
