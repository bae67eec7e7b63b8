"""Finding questionnaires."""

from functools import lru_cache

from sqlalchemy import func, select

from consultations.db import db
from consultations.errors import NotFound
from consultations.questionnaires.logic import Logic, logic_of
from consultations.questionnaires.models import QuestionnaireVersion
from consultations.questionnaires.structure import Questionnaire


@lru_cache(maxsize=64)
def questionnaire(version_id: str) -> Questionnaire:
    """What one version asks; a version never changes, so it is read once. Raises NotFound."""
    content = db.session.scalar(
        select(QuestionnaireVersion.content).where(QuestionnaireVersion.id == version_id)
    )
    if content is None:
        raise NotFound
    return Questionnaire.from_json(content)


@lru_cache(maxsize=64)
def logic(version_id: str) -> Logic:
    """The conditions of one version, compiled once. Raises NotFound."""
    return logic_of(questionnaire(version_id))


def last_version_number(consultation_id: str) -> int:
    """The number of a consultation's newest questionnaire; 0 where it has none."""
    query = select(func.max(QuestionnaireVersion.number)).where(
        QuestionnaireVersion.consultation_id == consultation_id
    )
    return db.session.scalar(query) or 0


def last_version(consultation_id: str) -> QuestionnaireVersion | None:
    """A consultation's newest questionnaire, if it has one."""
    query = (
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.consultation_id == consultation_id)
        .order_by(QuestionnaireVersion.number.desc())
    )
    return db.session.scalars(query).first()
