"""The stage of a round: by its dates, or by hand with a note in the team's log."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.rounds.models import (
    CLOSED,
    OPEN,
    PLANNED,
    REPORTED,
    Consultation,
    Round,
    TeamAction,
)
from consultations.rounds.queries import open_round
from consultations.words import N_

MOST_PEOPLE = 10_000_000

Daily = Callable[[Round, date, bool], object]
"""What is done with a round on a day; the third tells whether again, though it was done."""

_after_closing: list[Callable[[Round], object]] = []
_every_day: list[Daily] = []


def after_closing(do: Callable[[Round], object]) -> None:
    """Let a floor above do its part whenever a round closes, by hand or by its dates."""
    _after_closing.append(do)


def every_day(do: Daily) -> None:
    """Let a floor above do its part on every day of an open round, and when it closes."""
    _every_day.append(do)


def stage_on(opens: date, closes: date, day: date) -> str:
    """The stage that dates give: open from the first to the last day, both included."""
    if day < opens:
        return PLANNED
    return OPEN if day <= closes else CLOSED


def day_at(of: Consultation, at: datetime) -> date:
    """The calendar day at a moment, where the consultation's days begin and end."""
    return at.astimezone(ZoneInfo(of.time_zone)).date()


def hold_open(of: Round, *, by: int | None, at: datetime) -> None:
    """Open a round whatever its dates and whatever was published, until `close`.

    Raises Refused while another round of the consultation is open, or where the round has no
    questionnaire. `by` is the acting account's id, None on the command line.
    """
    other = open_round(of.consultation)
    if other is not None and other is not of:
        raise Refused(
            N_("Round %(number)s is open: close it before another one opens."),
            number=other.number,
        )
    if of.questionnaire_version_id is None:
        raise Refused(N_("Round %(number)s has no questionnaire yet."), number=of.number)
    of.stage, of.held_open = OPEN, True
    note(of.consultation, "round.open", by=by, at=at, detail=str(of.number))


def begin_day(of: Round, day: date, *, again: bool = False) -> None:
    """Do what is done once on every day of a round; `again`: though it was done already."""
    for do in _every_day:
        do(of, day, again)


def begin_days(*, at: datetime) -> None:
    """Do what is done once a day for every open round, each by its own calendar."""
    query = select(Round).where(Round.stage == OPEN).options(joinedload(Round.consultation))
    for each in db.session.scalars(query).all():
        begin_day(each, day_at(each.consultation, at))


def close(of: Round, *, by: int | None, at: datetime) -> None:
    """Close a round; raises Refused for one that has not opened."""
    if of.stage == PLANNED:
        raise Refused(N_("Round %(number)s has not opened yet."), number=of.number)
    if of.stage == OPEN:
        of.stage = CLOSED
        note(of.consultation, "round.close", by=by, at=at, detail=str(of.number))
        for do in _after_closing:
            do(of)
    of.held_open = False


def declare_burst(of: Round, *, by: int | None, at: datetime) -> None:
    """Ask everyone a plain question before sending; raises Refused for a round not open."""
    if of.stage != OPEN:
        raise Refused(N_("Round %(number)s is not open."), number=of.number)
    if not of.burst:
        of.burst = True
        note(of.consultation, "round.burst", by=by, at=at, detail=str(of.number))


def end_burst(of: Round, *, by: int | None, at: datetime) -> None:
    """Ask nobody any more."""
    if of.burst:
        of.burst = False
        note(of.consultation, "round.burst_over", by=by, at=at, detail=str(of.number))


def set_target(of: Round, people: int | None) -> None:
    """How many people the team wants to hear in a round; None: it does not say.

    Raises ConsultationsError for a number that cannot be meant.
    """
    if people is not None and not 0 < people <= MOST_PEOPLE:
        raise ConsultationsError(
            N_("Please write a whole number from 1 to %(most)s."), most=MOST_PEOPLE
        )
    of.target = people
    db.session.flush()


def end_assisted(of: Round, *, by: int | None, at: datetime) -> None:
    """Give facilitators no more forms in this round; those they have can still be sent."""
    if not of.assisted_ended:
        of.assisted_ended = True
        note(of.consultation, "assisted.end", by=by, at=at, detail=str(of.number))


def mark_reported(of: Round, *, by: int | None, at: datetime) -> None:
    """Note that the report of a closed round is published."""
    if of.stage not in (CLOSED, REPORTED):
        raise Refused(N_("Round %(number)s is not closed yet."), number=of.number)
    of.stage = REPORTED
    note(of.consultation, "round.report", by=by, at=at, detail=str(of.number))


def follow_calendar(*, at: datetime) -> list[Round]:
    """Open and close rounds as their dates say, where nobody decided otherwise.

    Each day begins at midnight in the consultation's time zone. Returns the rounds that changed;
    a round closed by hand stays closed, one held open stays open, and a planned one waits until
    it has a questionnaire and no other round is open.
    """
    query = (
        select(Round)
        .where(Round.stage.in_((PLANNED, OPEN)), Round.held_open.is_(False))
        .options(joinedload(Round.consultation))
        .order_by(Round.number)
    )
    return [each for each in db.session.scalars(query).all() if _follow(each, at)]


def note(of: Consultation, action: str, *, by: int | None, at: datetime, detail: str = "") -> None:
    """Write one entry of the team's log."""
    db.session.add(
        TeamAction(consultation_id=of.id, account_id=by, at=at, action=action, detail=detail)
    )
    db.session.flush()


def _follow(of: Round, at: datetime) -> bool:
    stage = stage_on(of.opens, of.closes, day_at(of.consultation, at))
    if stage in (of.stage, PLANNED):
        return False
    other = open_round(of.consultation)
    if stage == OPEN and (of.questionnaire_version_id is None or other not in (None, of)):
        return False
    of.stage = stage
    action = "round.open" if stage == OPEN else "round.close"
    note(of.consultation, action, by=None, at=at, detail=str(of.number))
    for do in _after_closing if stage == CLOSED else ():
        do(of)
    return True
