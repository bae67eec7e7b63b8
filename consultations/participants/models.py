"""Organisations with the accounts that write for them, personal codes, contacts."""

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import WITHOUT_ORDER, Key, Model, new_key


class Organisation(Model):
    """A civil-society body that takes part under its own name."""

    __tablename__ = "organisation"

    id: Mapped[Key] = mapped_column(default=new_key)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    names: Mapped[dict[str, str]] = mapped_column(default=dict)
    country: Mapped[dict[str, str]] = mapped_column(default=dict)
    kind: Mapped[str] = mapped_column(String(40), default="other")


class Membership(Model):
    """An account that may write on an organisation's behalf."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("organisation_id", "account_id"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class PersonalCode(Model):
    """A code that lets one invited person in, once.

    The key is a keyed hash of the code. `partner` is the label of those who hand codes out.
    `struck_by` is empty until the code is struck off; then it is a keyed hash of the random
    number in the page that did it, by which the same page sent twice is known. There is no date,
    and nothing in common with what was answered.
    """

    __tablename__ = "personal_code"
    __table_args__ = (Index("ix_personal_code_round_id", "round_id"), WITHOUT_ORDER)

    id: Mapped[Key]
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    partner: Mapped[str] = mapped_column(String(80), default="")
    struck_by: Mapped[str | None] = mapped_column(String(32))


class Contact(Model):
    """Where to send an invitation, until the round closes.

    The key is a keyed hash of the address, so that nobody is invited twice. `address` and
    `code` are encrypted under the server's key, `code_id` is the key of the personal code,
    `messages` counts what was sent so far. All but the key is emptied as soon as the code is
    struck off: what is left cannot be written to.
    """

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_round_id", "round_id"),
        Index("ix_contact_code_id", "code_id"),
        WITHOUT_ORDER,
    )

    id: Mapped[Key]
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    language: Mapped[str] = mapped_column(String(35))
    address: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(Text)
    code_id: Mapped[str | None] = mapped_column(String(32))
    messages: Mapped[int] = mapped_column(default=0)
