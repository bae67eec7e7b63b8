"""The command `account`."""

import sys

import click

from consultations.accounts.roles import MEMBER, ROLES
from consultations.accounts.services import add_account
from consultations.database import with_database
from consultations.db import db
from consultations.participants.services import join, organisation_named


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
