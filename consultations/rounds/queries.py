"""Finding consultations and rounds."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consultations.db import db
from consultations.errors import NotFound
from consultations.rounds.models import CLOSED, OPEN, REPORTED, Consultation, Round, TeamMember
from consultations.words import N_


def consultations() -> list[Consultation]:
    """Every consultation with its rounds: those with an open round first, then the newest."""
    query = select(Consultation).options(selectinload(Consultation.rounds))
    found = list(db.session.scalars(query))
    found.sort(
        key=lambda each: max((r.closes for r in each.rounds), default=date.min), reverse=True
    )
    return sorted(found, key=lambda each: open_round(each) is None)


def content_languages() -> set[str]:
    """Every language that some consultation speaks."""
    return {tag for tags in db.session.scalars(select(Consultation.languages)) for tag in tags}


def consultation(slug: str) -> Consultation:
    """The consultation with this slug; raises NotFound."""
    found = db.session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None:
        raise NotFound(N_("There is no consultation “%(slug)s”."), slug=slug)
    return found


def open_round(of: Consultation) -> Round | None:
    """The round that takes answers now, if any."""
    return next((each for each in reversed(of.rounds) if each.stage == OPEN), None)


def latest_closed(of: Consultation) -> Round | None:
    """The last round that is closed or reported, if any."""
    ended = [each for each in of.rounds if each.stage in (CLOSED, REPORTED)]
    return ended[-1] if ended else None


def current_round(of: Consultation) -> Round | None:
    """The open round, else the last one that has ended, else the first planned one."""
    return open_round(of) or latest_closed(of) or (of.rounds[0] if of.rounds else None)


def round_numbered(of: Consultation, number: int) -> Round:
    """The round with a number; raises NotFound."""
    for each in of.rounds:
        if each.number == number:
            return each
    raise NotFound(
        N_("The consultation “%(slug)s” has no round %(number)s."), slug=of.slug, number=number
    )


def roles_in_team(account_id: int, slug: str) -> set[str]:
    """The roles an account has in one consultation's team."""
    query = (
        select(TeamMember.role)
        .join(Consultation, TeamMember.consultation_id == Consultation.id)
        .where(TeamMember.account_id == account_id, Consultation.slug == slug)
    )
    return set(db.session.scalars(query))
