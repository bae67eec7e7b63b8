"""What was done to a point's being shown, by whom and why."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Key, Model, new_key


class Decision(Model):
    """A point was published or hidden; a hidden one carries the reason its author reads."""

    __tablename__ = "moderation_decision"

    id: Mapped[Key] = mapped_column(default=new_key)
    point_id: Mapped[str] = mapped_column(ForeignKey("point.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(500), default="")
