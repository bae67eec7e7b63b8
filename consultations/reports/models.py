"""Published reports: one frozen set of numbers each."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Key, Model, new_key


class Report(Model):
    """The report of a round. `numbers` is what was protected and frozen, in no language;
    `data_digest` tells whether the answers are still those it was made from; `entry` is the
    index of its first entry in the consultation's ledger."""

    __tablename__ = "report"

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), index=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), unique=True)
    published_on: Mapped[date]
    data_digest: Mapped[str] = mapped_column(String(64))
    numbers: Mapped[dict[str, Any]]
    entry: Mapped[int]
