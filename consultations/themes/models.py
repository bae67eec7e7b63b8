"""Themes found in points, and which points carry them."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Key, Model, new_key


class Theme(Model):
    """A subject found in points; `read_as` is the sentence in which the team reads them."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("consultation_id", "code"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    code: Mapped[str] = mapped_column(String(60))
    label: Mapped[dict[str, str]]
    read_as: Mapped[dict[str, str]] = mapped_column(default=dict)


class Coding(Model):
    """A theme attached to a point, and the account that attached it."""

    __tablename__ = "coding"
    __table_args__ = (UniqueConstraint("point_id", "theme_id"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    point_id: Mapped[str] = mapped_column(ForeignKey("point.id"))
    theme_id: Mapped[str] = mapped_column(ForeignKey("theme.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
