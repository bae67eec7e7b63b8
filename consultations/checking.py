"""The command `check`: what a host must fix."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from consultations import resources
from consultations.app import create_app
from consultations.config import DEMONSTRATION_SECRET, SECRET_FILE, Settings, read_settings
from consultations.database import revisions
from consultations.errors import ConsultationsError
from consultations.texts import SOURCE
from consultations.words import N_


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(as_json: bool) -> None:
    """Look at configuration, catalogues, database and file permissions."""
    found = list(findings())
    if as_json:
        click.echo(json.dumps({"ok": not found, "findings": found}))
    for finding in found:
        click.echo(f"- {finding}", err=True)
    if not found:
        click.echo("Nothing needs fixing.", err=True)
    raise SystemExit(1 if found else 0)


def findings() -> Iterator[str]:
    """Everything a host must fix, a sentence each."""
    try:
        settings = read_settings()
        yield from _secret(settings)
        yield from _catalogues(settings)
        yield from _permissions(settings)
        yield from _database(settings)
    except ConsultationsError as error:
        yield str(error)


def _secret(settings: Settings) -> Iterator[str]:
    secret = settings.secret_key.get_secret_value() if settings.secret_key else ""
    if secret in ("", DEMONSTRATION_SECRET):
        yield N_("CONSULTATIONS_SECRET_KEY is not set: `serve` will not start.")
    elif len(secret) < 32:
        yield N_("CONSULTATIONS_SECRET_KEY is shorter than 32 characters.")


def _catalogues(settings: Settings) -> Iterator[str]:
    for language in settings.languages:
        folder = resources.translations() / language.replace("-", "_") / "LC_MESSAGES"
        if language != SOURCE and not (folder / "messages.mo").exists():
            yield N_("There is no compiled catalogue for the language %(language)s.") % {
                "language": language
            }


def _permissions(settings: Settings) -> Iterator[str]:
    kept = [settings.instance / SECRET_FILE, *settings.instance.glob("*.key")]
    kept += settings.instance.glob("*.sqlite*")
    for path in sorted(set(kept)):
        if path.exists() and _open_to_others(path):
            yield N_("%(path)s can be read by other users of this machine.") % {"path": path}


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH | stat.S_IWGRP | stat.S_IWOTH))


def _database(settings: Settings) -> Iterator[str]:
    with create_app(settings).app_context():
        try:
            present, needed = revisions()
        except (SQLAlchemyError, ModuleNotFoundError, OSError) as error:
            yield f"The database cannot be used: {str(error).splitlines()[0]}"
            return
    if present != needed:
        yield N_("The database's schema is not this version's. Run “consultations db upgrade”.")
