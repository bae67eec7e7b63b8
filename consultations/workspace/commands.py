"""The command `round`: it moves the round and what is asked in it."""

import click

from consultations.clock import now
from consultations.database import with_database
from consultations.db import db
from consultations.errors import Refused
from consultations.forgetting import forget_order
from consultations.questionnaires.queries import last_version
from consultations.questionnaires.services import give
from consultations.rounds.models import PLANNED, Consultation, Round
from consultations.rounds.queries import consultation, latest_closed, open_round, round_numbered
from consultations.rounds.services import close, hold_open
from consultations.words import N_
from consultations.workspace.forecast import cautions

number_option = click.option("--round", "number", type=int, help="The round's number.")


@click.group("round")
def round_() -> None:
    """Opening and closing."""


@round_.command("open")
@click.argument("slug")
@number_option
@with_database
def open_(slug: str, number: int | None) -> None:
    """Open a round whatever its dates and whatever was published, until it is closed."""
    of = consultation(slug)
    chosen = round_numbered(of, number) if number is not None else _to_open(of)
    version = last_version(of.id)
    if chosen.stage == PLANNED and chosen.questionnaire_version_id is None and version:
        give(version, chosen)
    hold_open(chosen, by=None, at=now())
    db.session.commit()
    for caution in cautions(chosen):
        click.echo(f"Warning: {caution}", err=True)
    click.echo(f"Round {chosen.number} of {of.slug} is open until it is closed.", err=True)


@round_.command("close")
@click.argument("slug")
@number_option
@with_database
def close_(slug: str, number: int | None) -> None:
    """Close the open round."""
    of = consultation(slug)
    chosen = round_numbered(of, number) if number is not None else open_round(of)
    chosen = chosen or latest_closed(of)
    if chosen is None:
        raise Refused(N_("No round of “%(slug)s” is open."), slug=of.slug)
    close(chosen, by=None, at=now())
    db.session.commit()
    forget_order()
    click.echo(f"Round {chosen.number} of {of.slug} is closed.", err=True)


def _to_open(of: Consultation) -> Round:
    """The open round, else the first planned one, else the last."""
    planned = [each for each in of.rounds if each.stage == PLANNED]
    chosen = open_round(of) or next(iter(planned), None) or latest_closed(of)
    if chosen is None:
        raise Refused(N_("“%(slug)s” has no round."), slug=of.slug)
    return chosen
