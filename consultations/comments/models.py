"""Points on provisions: comments of organisations and individuals, and what answers proposed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.db import WITHOUT_ORDER, Key, Model, new_key

POSITIONS = ("support", "support_with_changes", "oppose", "no_view")
TYPES = ("substantive", "technical", "editorial", "translation", "question")
COMMENT, ANSWER = ORIGINS = ("comment", "answer")
WAITING, PUBLISHED, HIDDEN, UNPUBLISHED = STATUSES = (
    "waiting",
    "published",
    "hidden",
    "unpublished",
)


class Point(Model):
    """One numbered thing said about a provision.

    `origin` tells a comment from words in an answer; the latter stay `unpublished`: they are
    read, themed and answered, never shown. `read_as` holds the words in which the team read it.
    `translations` maps a language to {"text", "wording", "reason", "status"}. A receipt leads
    here through `receipt_hash` (a comment's own) or through `submission_id` (an answer's).
    """

    __tablename__ = "point"
    __table_args__ = (
        CheckConstraint(f"origin IN {ORIGINS}", name="origin"),
        CheckConstraint(f"position IN {POSITIONS}", name="position"),
        CheckConstraint(f"type IN {TYPES}", name="type"),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        Index("ix_point_round_id_wid", "round_id", "wid"),
        Index("ix_point_submission_id", "submission_id"),
        WITHOUT_ORDER,
    )

    id: Mapped[Key] = mapped_column(default=new_key)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    wid: Mapped[str] = mapped_column(String(60))
    origin: Mapped[str] = mapped_column(String(10), default=COMMENT)
    status: Mapped[str] = mapped_column(String(12), default=WAITING)
    label: Mapped[str] = mapped_column(String(20), default="")
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    submission_id: Mapped[str | None] = mapped_column(ForeignKey("submission.id"))
    receipt_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(35))
    received_on: Mapped[date | None]
    paragraph: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[str] = mapped_column(String(24), default="no_view")
    type: Mapped[str] = mapped_column(String(12), default="substantive")
    text: Mapped[str] = mapped_column(Text, default="")
    wording: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    read_as: Mapped[dict[str, str]] = mapped_column(default=dict)
    translations: Mapped[dict[str, dict[str, str]]] = mapped_column(default=dict)

    endorsements: Mapped[list["Endorsement"]] = relationship(back_populates="point")


class Endorsement(Model):
    """Another organisation joins a comment, under its name."""

    __tablename__ = "endorsement"
    __table_args__ = (UniqueConstraint("point_id", "organisation_id"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    point_id: Mapped[str] = mapped_column(ForeignKey("point.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))

    point: Mapped[Point] = relationship(back_populates="endorsements")
