"""Finding accounts."""

from sqlalchemy import select

from consultations.accounts.models import Account
from consultations.db import db


def account_by_email(email: str) -> Account | None:
    """The account with this address, if there is one."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def account_with_role(role: str) -> Account | None:
    """The first account that has a role."""
    query = select(Account).where(Account.roles.any(name=role)).order_by(Account.id)
    return db.session.scalars(query).first()
