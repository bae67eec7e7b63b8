"""Finding published reports."""

from sqlalchemy import select

from consultations.db import db
from consultations.errors import NotFound
from consultations.reports.models import Report


def report_of(round_id: str) -> Report | None:
    """The published report of a round, if there is one."""
    return db.session.scalar(select(Report).where(Report.round_id == round_id))


def reports_of(consultation_id: str) -> list[Report]:
    """Every published report of a consultation, the latest first."""
    query = (
        select(Report)
        .where(Report.consultation_id == consultation_id)
        .order_by(Report.published_on.desc(), Report.entry.desc())
    )
    return list(db.session.scalars(query))


def report(consultation_id: str, key: str) -> Report:
    """A published report by its key or, shorter, the number of its round; raises NotFound."""
    for each in reports_of(consultation_id):
        if key in (each.id, str(each.numbers["round"])):
            return each
    raise NotFound
