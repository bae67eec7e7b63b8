"""What is asked, frozen version by version."""

from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Key, Model, new_key
from consultations.rounds import stamp


class QuestionnaireVersion(Model):
    """One version of a consultation's questionnaire; `content` is `Questionnaire.to_json()`."""

    __tablename__ = "questionnaire_version"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))


class Recording(Model):
    """A question, or a provision's summary, read out in one language.

    `subject` is the question's name or the provision's eId; `digest` is the SHA-256 of `content`.
    """

    __tablename__ = "recording"
    __table_args__ = (UniqueConstraint("consultation_id", "subject", "language"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    subject: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(35))
    media_type: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


stamp.shown(Recording, lambda row: row.consultation_id)
