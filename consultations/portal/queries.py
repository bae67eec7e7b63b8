"""Finding the tags of partners."""

from collections.abc import Sequence

from sqlalchemy import select

from consultations.db import db
from consultations.portal.models import OutreachVisit
from consultations.rounds.models import Consultation


def tags_of(of: Consultation) -> Sequence[OutreachVisit]:
    """Every tag of a consultation, by the partner's name."""
    query = (
        select(OutreachVisit)
        .where(OutreachVisit.consultation_id == of.id)
        .order_by(OutreachVisit.partner, OutreachVisit.tag)
    )
    return db.session.scalars(query).all()


def tagged(of: Consultation, tag: str) -> OutreachVisit | None:
    """The tag of a consultation with this name, if it was declared."""
    query = select(OutreachVisit).where(
        OutreachVisit.consultation_id == of.id, OutreachVisit.tag == tag
    )
    return db.session.scalar(query)
