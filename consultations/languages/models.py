"""Where the translation of each passage stands."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Key, Model, new_key

MACHINE, TRANSLATED, REVIEWED = STATUSES = ("machine_draft", "translated", "reviewed")


class TranslationStatus(Model):
    """The status of one passage in one language, and the source text it was made from.

    `passage` names the text (`provision:<id>:summary`); `source_digest` is the SHA-256 of the
    source at that time: when the source has changed since, the translation is out of date.
    A passage without a row came with its bundle and counts as reviewed by its author.
    """

    __tablename__ = "translation_status"
    __table_args__ = (
        UniqueConstraint("passage", "language"),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
    )

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"), index=True)
    passage: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(35))
    status: Mapped[str] = mapped_column(String(16))
    source_digest: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
