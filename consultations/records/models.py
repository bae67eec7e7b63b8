"""Questionnaires on paper while they are being keyed in. Nothing here outlives acceptance."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.db import Key, Model, new_key


class PaperBatch(Model):
    """A pile of forms in one language, as it came; `number` is written on each of its forms.

    When it is accepted its forms are deleted: only their number remains.
    """

    __tablename__ = "paper_batch"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    expected: Mapped[int]
    language: Mapped[str] = mapped_column(String(35))
    accepted: Mapped[bool] = mapped_column(default=False)

    forms: Mapped[list["KeyedForm"]] = relationship(
        back_populates="batch", order_by="KeyedForm.place", cascade="all, delete-orphan"
    )


class KeyedForm(Model):
    """One form of a batch: its place in the pile, and what two people read in it.

    `first` and `second` are answers (question name -> answer); None until keyed in.
    """

    __tablename__ = "keyed_form"
    __table_args__ = (UniqueConstraint("batch_id", "place"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    batch_id: Mapped[str] = mapped_column(ForeignKey("paper_batch.id"))
    place: Mapped[int]
    first: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    first_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    second: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    second_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    batch: Mapped[PaperBatch] = relationship(back_populates="forms")

    @property
    def agreed(self) -> bool:
        """Whether two people read the same."""
        return self.first is not None and self.second is not None and self.first == self.second
