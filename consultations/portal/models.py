"""Which partner's link brought visitors: plain numbers, beside no answer."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Key, Model, new_key


class OutreachVisit(Model):
    """A tag that the organizer gave to a partner, and how often its link was opened.

    There is no time, no address and no row for a visit; `count` grows in whole batches only.
    `reaches` are codes of the consultation's groups that the partner can reach.
    """

    __tablename__ = "outreach_visit"
    __table_args__ = (UniqueConstraint("consultation_id", "tag"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    tag: Mapped[str] = mapped_column(String(30))
    partner: Mapped[str] = mapped_column(String(120))
    count: Mapped[int] = mapped_column(default=0)
    reaches: Mapped[list[str]] = mapped_column(default=list)
