"""Answers with their consent. Nothing here says who answered, or in which order."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import WITHOUT_ORDER, Key, Model, new_key

INDIVIDUAL, ORGANISATION = KINDS = ("individual", "organisation")
OPEN_ENTRY, INVITED = ENTRIES = ("open", "invited")
CHANNELS = ("web", "paper", "assisted", "workshop", "panel", "import", "offline")


class Submission(Model):
    """One participant's contribution to one round.

    `answers` maps question names to a code, a list of codes, a text or a number; `given` lists
    the provisions drawn for this participant to answer in depth. `received_on` is a day, never
    finer. `receipt_hash` is a keyed hash of the receipt; it is never exported. `marks` are words
    of `marks.STORED`, for the team alone: never published, never exported.
    """

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        Index("ix_submission_round_id", "round_id"),
        WITHOUT_ORDER,
    )

    id: Mapped[Key] = mapped_column(default=new_key)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    questionnaire_version_id: Mapped[str] = mapped_column(ForeignKey("questionnaire_version.id"))
    kind: Mapped[str] = mapped_column(String(12), default=INDIVIDUAL)
    channel: Mapped[str] = mapped_column(String(10), default="web")
    entry: Mapped[str] = mapped_column(String(10), default=OPEN_ENTRY)
    language: Mapped[str] = mapped_column(String(35))
    received_on: Mapped[date | None]
    weight: Mapped[float | None]
    consent: Mapped[dict[str, Any]] = mapped_column(default=dict)
    given: Mapped[list[str]] = mapped_column(default=list)
    answers: Mapped[dict[str, Any]]
    receipt_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    marks: Mapped[list[str]] = mapped_column(default=list)


class Attachment(Model):
    """A file that came with an answer, cleaned (uploads.py), under no name of its own."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_submission_id", "submission_id"), WITHOUT_ORDER)

    id: Mapped[Key] = mapped_column(default=new_key)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submission.id"))
    question: Mapped[str] = mapped_column(String(100))
    extension: Mapped[str] = mapped_column(String(10))
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class SpentReceipt(Model):
    """A receipt whose answer was withdrawn, or replaced by another: only its keyed hash.

    It stands in no submission's place and says nothing of what came instead; it keeps a form
    that is sent once more from bringing back what its author took away.
    """

    __tablename__ = "spent_receipt"
    __table_args__ = (WITHOUT_ORDER,)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))


class SavedForm(Model):
    """An unfinished questionnaire, kept until the round closes.

    The key is a keyed hash of the save-and-return code; `content` is locked under the code
    itself (saved.py). There is no date and nothing else that tells whose it is; it stays when
    its answer is sent, as its end would tell which answer that was.
    """

    __tablename__ = "saved_form"
    __table_args__ = (Index("ix_saved_form_round_id", "round_id"), WITHOUT_ORDER)

    id: Mapped[Key]
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    content: Mapped[str] = mapped_column(Text)


class ImportedFile(Model):
    """A file of answers that was taken in already, known by its digest."""

    __tablename__ = "imported_file"

    id: Mapped[Key] = mapped_column(default=new_key)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
