"""Finding revisions and provisions."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from consultations.db import db
from consultations.drafts.models import Provision, Revision
from consultations.errors import NotFound
from consultations.words import N_


def revision(key: str) -> Revision:
    """A revision with its provisions; raises NotFound."""
    query = select(Revision).where(Revision.id == key).options(selectinload(Revision.provisions))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    return found


def revisions_of(consultation_id: str) -> list[Revision]:
    """Every revision of a consultation's draft, the first one first, with its provisions."""
    query = (
        select(Revision)
        .where(Revision.consultation_id == consultation_id)
        .options(selectinload(Revision.provisions))
        .order_by(Revision.number)
    )
    return list(db.session.scalars(query))


def provision_at(of: Revision, eid: str) -> Provision:
    """The provision with this current number; raises NotFound."""
    for each in of.provisions:
        if each.eid == eid:
            return each
    raise NotFound(N_("The draft has no provision “%(eid)s”."), eid=eid)


def provision_known_as(of: Revision, wid: str) -> Provision | None:
    """The provision with this stable id, whatever its number now."""
    return next((each for each in of.provisions if each.wid == wid), None)


def numbers_known(consultation_id: str) -> dict[str, dict[str, str]]:
    """Stable id -> number as printed last, of every provision there ever was, in reading order."""
    drafts = revisions_of(consultation_id)
    return {each.wid: each.number for draft in reversed(drafts) for each in draft.provisions} | {
        each.wid: each.number for draft in drafts for each in draft.provisions
    }
