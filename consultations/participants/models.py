"""Organisations and the accounts that write for them."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Key, Model, new_key


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
