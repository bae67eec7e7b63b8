"""The commands `account` and `invitations`."""

import sys

import click
from flask import current_app

from consultations.accounts.roles import MEMBER, ROLES
from consultations.accounts.services import add_account
from consultations.clock import now
from consultations.database import with_database
from consultations.db import db
from consultations.errors import Refused, RoundNotOpen
from consultations.participants.inviting import write_to
from consultations.participants.queries import to_invite, to_remind
from consultations.participants.services import join, organisation_named
from consultations.rounds.queries import consultation, open_round
from consultations.rounds.services import note
from consultations.words import N_


@click.group()
def account() -> None:
    """People who sign in."""


@account.command()
@click.argument("email")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--organisation", help="The organisation a member writes for.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_database
def add(email: str, role: str, organisation: str | None, password_stdin: bool) -> None:
    """Make an account; prints its password where a random one was made."""
    if role == MEMBER and not organisation:
        raise click.UsageError("A member writes for an organisation: name it with --organisation.")
    given = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    made, password = add_account(email, role, given)
    if organisation:
        join(made, organisation_named(organisation))
    db.session.commit()
    click.echo(f"{made.email} can sign in as {role}.", err=True)
    if given is None:
        click.echo(password)


@click.group()
def invitations() -> None:
    """Messages to those whose addresses are kept."""


@invitations.command()
@click.argument("slug")
@click.option("--reminders", is_flag=True, help="Write to those who have not come in yet.")
@with_database
def send(slug: str, reminders: bool) -> None:
    """Send every invitation, or one more reminder to each, however many there are."""
    about = consultation(slug)
    of, settings = open_round(about), current_app.extensions["settings"]
    if of is None:
        raise RoundNotOpen
    if settings.site_address is None:
        raise Refused(N_("Set CONSULTATIONS_SITE_ADDRESS: it stands in the messages."))
    waiting = to_remind(of) if reminders else to_invite(of)
    template = "reminder" if reminders else "invitation"
    secret = current_app.config["SECRET_KEY"]
    with current_app.test_request_context(base_url=settings.site_address):
        sent = write_to(waiting, of, template, settings=settings, secret=secret)
    note(about, "invitation.remind" if reminders else "invitation.invite", by=None, at=now())
    db.session.commit()
    click.echo("All messages were sent." if not sent.refused else "Some were refused.", err=True)
    raise SystemExit(1 if sent.refused else 0)
