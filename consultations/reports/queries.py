"""Finding published reports, and what was said of them later."""

from sqlalchemy import String, cast, or_, select

from consultations.db import db
from consultations.errors import NotFound
from consultations.reports.models import Correction, Report, Witness
from consultations.rounds.models import Round


def report_of(round_id: str) -> Report | None:
    """The report of a round that stands: the last one published, if there is one."""
    query = select(Report).where(Report.round_id == round_id).order_by(Report.entry.desc())
    return db.session.scalar(query.limit(1))


def publications_of(round_id: str) -> list[Report]:
    """Every report ever published of a round, the first one first."""
    query = select(Report).where(Report.round_id == round_id).order_by(Report.entry)
    return list(db.session.scalars(query))


def every_report(consultation_id: str) -> list[Report]:
    """Every report ever published of a consultation, the latest first."""
    query = (
        select(Report)
        .where(Report.consultation_id == consultation_id)
        .order_by(Report.published_on.desc(), Report.entry.desc())
    )
    return list(db.session.scalars(query))


def reports_of(consultation_id: str) -> list[Report]:
    """The reports of a consultation that stand, one per round, the latest first."""
    standing: dict[str, Report] = {}
    for each in every_report(consultation_id):
        standing.setdefault(each.round_id, each)
    return list(standing.values())


def report(consultation_id: str, key: str) -> Report:
    """A published report by its key or, shorter, the one that stands of the round of that number.

    Raises NotFound.
    """
    query = (
        select(Report)
        .join(Round, Report.round_id == Round.id)
        .where(Report.consultation_id == consultation_id)
        .where(or_(Report.id == key, cast(Round.number, String) == key))
        .order_by(Report.entry.desc())
    )
    found = db.session.scalar(query.limit(1))
    if found is None:
        raise NotFound
    return found


def corrections_of(report_id: str) -> list[Correction]:
    """What a report corrects or is corrected by, in the order of the ledger."""
    concerned = or_(Correction.report_id == report_id, Correction.later_id == report_id)
    return list(db.session.scalars(select(Correction).where(concerned).order_by(Correction.entry)))


def correction_to(report_id: str) -> Correction | None:
    """The correction as which a report was published, if it was."""
    return db.session.scalar(select(Correction).where(Correction.later_id == report_id))


def witnesses(consultation_id: str) -> list[Witness]:
    """Who receives the heads of a consultation's log, in no order that tells anything."""
    query = select(Witness).where(Witness.consultation_id == consultation_id)
    return list(db.session.scalars(query.order_by(Witness.id)))
