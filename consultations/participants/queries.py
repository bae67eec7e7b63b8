"""Finding organisations, what became of invitations, whom to write to."""

from collections.abc import Collection
from dataclasses import dataclass
from random import SystemRandom

from sqlalchemy import func, select

from consultations.db import db
from consultations.participants.models import Contact, Membership, Organisation, PersonalCode
from consultations.rounds.models import Round


@dataclass(frozen=True)
class Partner:
    """What became of one partner's codes: how many were made, how many let somebody in.

    `entered` is rounded down to a multiple of the threshold: a count that grows by one would
    tell who just came.
    """

    label: str
    made: int
    entered: int


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


def partners(of: Round, *, step: int) -> list[Partner]:
    """Every partner of a round by its label; `step` is the threshold."""
    query = (
        select(PersonalCode.partner, func.count(), func.count(PersonalCode.struck_by))
        .where(PersonalCode.round_id == of.id)
        .group_by(PersonalCode.partner)
        .order_by(PersonalCode.partner)
    )
    return [
        Partner(label, made, entered // step * step)
        for label, made, entered in db.session.execute(query)
    ]


def to_invite(of: Round) -> list[Contact]:
    """Whoever was not written to yet, in a random order."""
    return _shuffled(of, 0)


def to_remind(of: Round) -> list[Contact]:
    """Whoever has not come in and got the fewest messages so far, in a random order."""
    return _shuffled(of, min(filter(None, written_to(of)), default=-1))


def written_to(of: Round) -> dict[int, int]:
    """Messages sent so far -> how many of those who have not come in got so many."""
    query = (
        select(Contact.messages, func.count())
        .where(Contact.round_id == of.id, Contact.code_id.is_not(None))
        .group_by(Contact.messages)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def _shuffled(of: Round, messages: int) -> list[Contact]:
    query = select(Contact).where(
        Contact.round_id == of.id, Contact.code_id.is_not(None), Contact.messages == messages
    )
    found = list(db.session.scalars(query))
    SystemRandom().shuffle(found)
    return found
