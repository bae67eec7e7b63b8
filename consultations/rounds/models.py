"""A consultation, its team and its rounds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consultations.db import Key, Model, new_key

PLANNED, OPEN, CLOSED, REPORTED = STAGES = ("planned", "open", "closed", "reported")


class Consultation(Model):
    """The whole exercise on one draft.

    `plan` holds what is declared before a round opens, as plain values: `dimensions` (a map of
    name to label, why, parents, sensitive, reference), `groups` and `crossings` as in a bundle.
    `policy` holds `threshold`, `minimum_base` and `sensitive_zero_rule`. `stamp`: see `stamp.py`.
    """

    __tablename__ = "consultation"

    id: Mapped[Key] = mapped_column(default=new_key)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    source_language: Mapped[str] = mapped_column(String(35))
    languages: Mapped[list[str]]
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    organizer: Mapped[dict[str, str]]
    decision: Mapped[dict[str, str]] = mapped_column(default=dict)
    contact: Mapped[dict[str, str]] = mapped_column(default=dict)
    privacy_notice: Mapped[dict[str, str]] = mapped_column(default=dict)
    retention_months: Mapped[int] = mapped_column(default=12)
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    sampling: Mapped[str] = mapped_column(String(20), default="self_selected")
    sampling_design: Mapped[dict[str, str]] = mapped_column(default=dict)
    policy: Mapped[dict[str, Any]]
    plan: Mapped[dict[str, Any]]
    demonstration: Mapped[bool] = mapped_column(default=False)
    stamp: Mapped[str] = mapped_column(String(32), default=new_key)

    rounds: Mapped[list["Round"]] = relationship(
        back_populates="consultation", order_by="Round.number"
    )


class Round(Model):
    """A time-boxed collection on one revision.

    `opens` and `closes` are days in the consultation's time zone, both included. `positions` and
    `in_depth` are `"all"` or a number as text. `outcome` says what was done with the input: a
    list of {provision, before, after, asked_by, why, not_taken_up}, texts per language. `burst`
    is declared by the team while machines seem to answer. `target` is how many people the team
    wants to hear.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint(f"stage IN {STAGES}", name="stage"),
    )

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    number: Mapped[int]
    title: Mapped[dict[str, str]]
    opens: Mapped[date]
    closes: Mapped[date]
    stage: Mapped[str] = mapped_column(String(10), default=PLANNED)
    held_open: Mapped[bool] = mapped_column(default=False)
    burst: Mapped[bool] = mapped_column(default=False)
    assisted_ended: Mapped[bool] = mapped_column(default=False)
    target: Mapped[int | None]
    positions: Mapped[str] = mapped_column(String(10), default="all")
    in_depth: Mapped[str] = mapped_column(String(10), default="all")
    revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    questionnaire_version_id: Mapped[str | None] = mapped_column(
        ForeignKey("questionnaire_version.id")
    )
    outcome: Mapped[list[Any]] = mapped_column(default=list)

    consultation: Mapped[Consultation] = relationship(back_populates="rounds")


class TeamMember(Model):
    """An account's role in one consultation's team, beside the roles it has everywhere."""

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("consultation_id", "account_id", "role"),)

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(20))


class TeamAction(Model):
    """One entry of the team's log: who did what to the consultation, and when."""

    __tablename__ = "team_action"

    id: Mapped[Key] = mapped_column(default=new_key)
    consultation_id: Mapped[str] = mapped_column(ForeignKey("consultation.id"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(String(500), default="")
