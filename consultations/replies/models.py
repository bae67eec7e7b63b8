"""What the institution answers: one reply, to one point or to all that say the same."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.db import Key, Model, new_key

DISPOSITIONS = (
    "accepted",
    "accepted_with_modification",
    "partly_accepted",
    "not_accepted",
    "noted",
    "deferred",
    "out_of_scope",
    "duplicate_of",
    "withdrawn",
)


class Reply(Model):
    """A disposition with its reason, and the words of the draft that came of it."""

    __tablename__ = "reply"
    __table_args__ = (CheckConstraint(f"disposition IN {DISPOSITIONS}", name="disposition"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    disposition: Mapped[str] = mapped_column(String(30))
    text: Mapped[dict[str, str]]
    resulting_wid: Mapped[str | None] = mapped_column(String(60))
    resulting_text: Mapped[dict[str, str]] = mapped_column(default=dict)
    dated: Mapped[date]

    answered: Mapped[list["AnsweredPoint"]] = relationship(back_populates="reply")


class AnsweredPoint(Model):
    """A point and the reply it received; a later reply takes the place of an earlier one."""

    __tablename__ = "answered_point"
    __table_args__ = (UniqueConstraint("point_id"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    point_id: Mapped[str] = mapped_column(ForeignKey("point.id"))
    reply_id: Mapped[str] = mapped_column(ForeignKey("reply.id"), index=True)

    reply: Mapped[Reply] = relationship(back_populates="answered")
