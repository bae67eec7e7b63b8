"""The command `demo`: the demonstration, made once and then served."""

import json
import os
import shutil
from pathlib import Path

import click
from flask import Flask
from pydantic import SecretStr

from consultations.clock import now
from consultations.config import DEMONSTRATION_SECRET, Settings, read_settings
from consultations.database import ready_app
from consultations.db import db
from consultations.demonstration.answering import demonstration_receipt
from consultations.demonstration.services import REPORTS, SIGN_INS, SLUG, build_report, create
from consultations.errors import Refused
from consultations.reports.services import CorrectionNeeded
from consultations.serving import run
from consultations.words import N_

HOST = "127.0.0.1"
INSTANCE = Path("instance") / "demo"


@click.command()
@click.option("--port", default=5000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Do everything but serve.")
@click.option("--reset", is_flag=True, help="Begin anew: what the demonstration kept is deleted.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def demo(port: int, no_serve: bool, reset: bool, as_json: bool) -> None:
    """Make the demonstration, or find it made, and serve it."""
    settings = _settings()
    if reset:
        _reset(settings)
    app = ready_app(settings=settings, demonstration=True)
    with app.app_context():
        files = _make(app, settings)
        receipt = demonstration_receipt(secret=app.config["SECRET_KEY"])
    _tell(f"http://{HOST}:{port}/", files, receipt, as_json)
    if not no_serve:
        run(app, host=HOST, port=port)


def _settings() -> Settings:
    """The environment's settings; the instance and its secret are the demonstration's own."""
    settings = read_settings()
    if "CONSULTATIONS_INSTANCE" not in os.environ:
        settings = settings.model_copy(update={"instance": INSTANCE})
    if settings.secret_key is None:
        settings = settings.model_copy(update={"secret_key": SecretStr(DEMONSTRATION_SECRET)})
    return settings


def _reset(settings: Settings) -> None:
    """Delete the instance's own database and reports; one named in the environment is not ours."""
    if settings.database_url:
        raise Refused(
            N_("CONSULTATIONS_DATABASE_URL names a database: empty it yourself to begin anew.")
        )
    for path in settings.instance.glob("consultations.sqlite*"):
        path.unlink()
    shutil.rmtree(settings.instance / REPORTS / SLUG, ignore_errors=True)


def _make(app: Flask, settings: Settings) -> list[str]:
    """Make what is missing of the consultation and its report; returns the report's files."""
    click.echo("Looking for the demonstration …", err=True)
    consultation = create(secret=app.config["SECRET_KEY"], at=now())
    db.session.commit()
    click.echo("Building the report of round 1: the first time takes a minute or more …", err=True)
    try:
        built = build_report(consultation, instance=settings.instance)
        db.session.commit()
    except CorrectionNeeded:  # a visitor changed answers: the report stands until one corrects it
        db.session.rollback()
        return sorted(map(str, (settings.instance / REPORTS / SLUG).glob("*")))
    return [str(path) for path in built.files]


def _tell(url: str, files: list[str], receipt: str, as_json: bool) -> None:
    sign_ins = [vars(each) for each in SIGN_INS]
    if as_json:
        told = {"url": url, "sign_ins": sign_ins, "files": files}
        click.echo(json.dumps(told, ensure_ascii=False))
    click.echo(f"Consultation   {url}en/{SLUG}/", err=True)
    click.echo(f"Report         {url}en/{SLUG}/reports/", err=True)
    click.echo(f"The same       {url}fr/{SLUG}/   {url}ar/{SLUG}/", err=True)
    click.echo(f"A receipt      {receipt}   (look it up at {url}en/receipt/)", err=True)
    for each in SIGN_INS:
        click.echo(f"{each.role:<14} {each.email}   {each.password}", err=True)
    for path in files:
        click.echo(f"File           {path}", err=True)
