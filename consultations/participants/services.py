"""Making organisations and their members."""

from sqlalchemy import select

from consultations.accounts.models import Account
from consultations.db import db
from consultations.participants.models import Membership, Organisation


def organisation_named(name: str) -> Organisation:
    """The organisation with this name, made where there is none."""
    name = " ".join(name.split())
    found = db.session.scalar(select(Organisation).where(Organisation.name == name))
    if found is None:
        found = Organisation(name=name)
        db.session.add(found)
        db.session.flush()
    return found


def join(account: Account, organisation: Organisation) -> Membership:
    """Let an account write on an organisation's behalf."""
    membership = Membership(organisation_id=organisation.id, account_id=account.id)
    db.session.add(membership)
    db.session.flush()
    return membership
