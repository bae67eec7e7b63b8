"""The append-only log: one tree per consultation."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Model


class LedgerEntry(Model):
    """One leaf: the canonical JSON of a published table, or of a report's head."""

    __tablename__ = "ledger_entry"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class TreeHead(Model):
    """A signed head: the root of the first `size` entries, and the key it is signed with."""

    __tablename__ = "tree_head"

    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128))
    public_key: Mapped[str] = mapped_column(String(64), default="")
    signed_on: Mapped[date]
