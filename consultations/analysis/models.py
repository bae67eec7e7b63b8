"""What is kept of counting: who takes part, day by day, and which answers a snapshot lacks.

The database itself notes every change of a submission, by triggers (migration 0013): whoever
writes one cannot forget to. A migration that makes the table of submissions anew on SQLite, as
batch operations do, has to make the triggers anew as well.
"""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from consultations.db import WITHOUT_ORDER, Key, Model


class ParticipationKept(Model):
    """Who has taken part in a round, as it was counted on a day: worked out again every day.

    `counts` are whole steps of the threshold only (see `participation.Participation`), so that
    neither two looks nor two copies of the database tell of anybody who came in between.
    """

    __tablename__ = "participation"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), primary_key=True)
    counted_on: Mapped[date]
    counts: Mapped[dict[str, Any]]


class PendingSubmission(Model):
    """A submission that the snapshot of its round lacks, or has to take out first (`known`).

    The key is the submission's own; the submission need not be there any more.
    """

    __tablename__ = "pending_submission"
    __table_args__ = (Index("ix_pending_submission_round_id", "round_id"), WITHOUT_ORDER)

    id: Mapped[Key]
    round_id: Mapped[str] = mapped_column(String(32))
    known: Mapped[bool]


class SnapshotState(Model):
    """Which snapshot of a round is meant: one with another token is void."""

    __tablename__ = "snapshot_state"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token: Mapped[str] = mapped_column(String(32))
