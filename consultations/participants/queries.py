"""Finding organisations."""

from collections.abc import Collection

from sqlalchemy import select

from consultations.db import db
from consultations.participants.models import Membership, Organisation


def organisation_of(account_id: int) -> Organisation | None:
    """The organisation an account writes for, if any."""
    query = (
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.account_id == account_id)
        .order_by(Organisation.name)
    )
    return db.session.scalars(query).first()


def organisations(keys: Collection[str]) -> dict[str, Organisation]:
    """The organisations with these keys, by key."""
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(keys)))
    return {each.id: each for each in found}
