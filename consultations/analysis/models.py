"""What is kept of counting: how many have taken part, day by day."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import Model


class ParticipationKept(Model):
    """Who has taken part in a round, as it was counted on a day: worked out again every day.

    `counts` are whole steps of the threshold only (see `participation.Participation`), so that
    neither two looks nor two copies of the database tell of anybody who came in between.
    """

    __tablename__ = "participation"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    counted_on: Mapped[date]
    counts: Mapped[dict[str, Any]]
