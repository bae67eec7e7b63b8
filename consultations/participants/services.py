"""Making organisations and their members; personal codes: making them, striking them off."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Table, delete, select, update

from consultations.accounts.models import Account
from consultations.codes import code_hash, new_code
from consultations.db import db
from consultations.errors import RoundNotOpen
from consultations.forgetting import without_trace
from consultations.participants.addresses import Addressee, address_key, hidden
from consultations.participants.entering import CodeUsed, UnknownCode
from consultations.participants.models import Contact, Membership, Organisation, PersonalCode
from consultations.rounds.models import OPEN, Round
from consultations.rounds.services import after_closing, note

LONGEST_PARTNER = 80
FORGOTTEN = {"address": "", "language": "", "code": "", "code_id": None, "messages": 0}
"""What is left of a contact beside the key, once its owner came in."""


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


def make_codes(
    of: Round, partner: str, count: int, *, secret: str, by: int | None, at: datetime
) -> list[str]:
    """Make personal codes for a partner to hand out, and return them in their printed form.

    This is the only time that they can be seen: what is stored is a keyed hash of each.
    """
    codes = [new_code() for _ in range(count)]
    db.session.add_all(_personal_code(of, partner, code, secret) for code in codes)
    note(of.consultation, "invitation.codes", by=by, at=at, detail=str(count))
    return codes


def invite(
    of: Round,
    partner: str,
    addressees: Iterable[Addressee],
    *,
    secret: str,
    by: int | None,
    at: datetime,
) -> int:
    """Keep addresses, each with a personal code of its own; returns how many were new.

    Nothing is sent yet. An address that this round had before is left as it is.
    """
    keyed = {address_key(each.address, of.id, secret=secret): each for each in addressees}
    had = set(db.session.scalars(select(Contact.id).where(Contact.round_id == of.id)))
    new = {key: each for key, each in keyed.items() if key not in had}
    for key, each in new.items():
        code = new_code()
        personal = _personal_code(of, partner, code, secret)
        contact = Contact(
            id=key,
            round_id=of.id,
            language=each.language,
            address=hidden(each.address, secret=secret),
            code=hidden(code, secret=secret),
            code_id=personal.id,
        )
        db.session.add_all([personal, contact])
    note(of.consultation, "invitation.addresses", by=by, at=at, detail=str(len(new)))
    return len(new)


def strike_off(of: Round, code: str, *, page: str, secret: str) -> None:
    """Let somebody in with a personal code in its printed form, once.

    `page` is the random number of the page that was sent: the same page sent twice is let in
    again. The address that the code was sent to is forgotten. Raises RoundNotOpen, UnknownCode,
    CodeUsed.
    """
    if of.stage != OPEN:
        raise RoundNotOpen
    key, struck_by = code_key(code, secret), code_hash(page, secret, "page of entry")
    with without_trace(*_tables()):
        found = db.session.get(PersonalCode, key)
        if found is None or found.round_id != of.id:
            raise UnknownCode
        _strike(key, struck_by)
        db.session.refresh(found)
        if found.struck_by != struck_by:
            raise CodeUsed


def code_key(code: str, secret: str) -> str:
    """Under which key a personal code in its printed form is kept."""
    return code_hash(code, secret, "personal code")


def forget_contacts(of: Round) -> None:
    """Delete every address kept for a round; the codes stay, in case it is opened again."""
    db.session.execute(delete(Contact).where(Contact.round_id == of.id))


def _personal_code(of: Round, partner: str, code: str, secret: str) -> PersonalCode:
    label = " ".join(partner.split())[:LONGEST_PARTNER]
    return PersonalCode(id=code_key(code, secret), round_id=of.id, partner=label)


def _strike(key: str, struck_by: str) -> None:
    """Strike a code off unless somebody else just did, and forget whom it was sent to."""
    code = update(PersonalCode).where(PersonalCode.id == key, PersonalCode.struck_by.is_(None))
    db.session.execute(code.values(struck_by=struck_by))
    contact = update(Contact).where(Contact.code_id == key)
    db.session.execute(contact.values(FORGOTTEN))


def _tables() -> list[Table]:
    return [model.metadata.tables[model.__tablename__] for model in (PersonalCode, Contact)]


after_closing(forget_contacts)
