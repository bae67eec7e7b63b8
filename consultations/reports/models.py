"""Published reports, one frozen set of numbers each, what corrects them, and who is told."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Key, Model, new_key

CORRECTED, MERGE, WITHDRAW, KEEP, STAND = CHOICES = (
    "corrected", "merge", "withdraw", "keep", "stand",
)  # fmt: skip
"""How a correction was published: whole, or as the organizer chose."""


class Report(Model):
    """The report of a round; a corrected one stands beside those before it. `numbers` is what was
    protected and frozen, in no language: often a megabyte, so it is read when asked for.
    `data_digest` tells whether the answers are still those it was made from; `entry` is the index
    of its first entry in the consultation's ledger."""

    __tablename__ = "report"

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), index=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), index=True)
    published_on: Mapped[date]
    data_digest: Mapped[str] = mapped_column(String(64))
    numbers: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    entry: Mapped[int]


class Correction(Model):
    """What became of a report when its answers changed: an entry of the ledger as well.

    `later_id` is the corrected report, none where the earlier one was left standing; `tables`
    are those that could not be published beside it; `data_digest` is of the changed answers.
    """

    __tablename__ = "correction"
    __table_args__ = (CheckConstraint(f"choice IN {CHOICES}", name="choice"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    report_id: Mapped[str] = mapped_column(ForeignKey("report.id"), index=True)
    later_id: Mapped[str | None] = mapped_column(ForeignKey("report.id"), index=True)
    choice: Mapped[str] = mapped_column(String(10))
    tables: Mapped[list[str]]
    note: Mapped[dict[str, str]]
    noted_on: Mapped[date]
    data_digest: Mapped[str] = mapped_column(String(64))
    entry: Mapped[int]


class Witness(Model):
    """Somebody outside who receives every head of the log. `address` is encrypted."""

    __tablename__ = "witness"

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), index=True)
    language: Mapped[str] = mapped_column(String(35))
    address: Mapped[str] = mapped_column(Text)


class SmallGroupText(Model):
    """What a group said that is too small for numbers, in prose: never a count, never a quotation.

    `by` and `code` name the group as the report's tables do. `texts` is in `language`, in which it
    was written, and in those it was translated to. Shown once somebody else than the one who
    wrote it last has read it (`read_by`).
    """

    __tablename__ = "small_group_text"
    __table_args__ = (
        UniqueConstraint("round_id", "by", "code"),
        CheckConstraint("read_by IS NULL OR read_by <> written_by", name="two_people"),
    )

    id: Mapped[Key] = mapped_column(default=new_key)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    by: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(240))
    language: Mapped[str] = mapped_column(String(35))
    texts: Mapped[dict[str, str]]
    written_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
    read_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    @property
    def text(self) -> str:
        """As it was written."""
        return self.texts[self.language]
