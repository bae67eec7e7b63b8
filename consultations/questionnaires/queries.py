"""Finding questionnaires."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select

from consultations.db import db
from consultations.errors import NotFound
from consultations.questionnaires.logic import Logic, logic_of
from consultations.questionnaires.models import QuestionnaireVersion, Recording
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


@dataclass(frozen=True)
class Recorded:
    """What is known of a recording without its sound; `size` in bytes."""

    subject: str
    language: str
    digest: str
    size: int


def recordings_of(consultation_id: str) -> list[Recorded]:
    """A consultation's recordings, by subject and language."""
    size = func.length(Recording.content)
    query = (
        select(Recording.subject, Recording.language, Recording.digest, size)
        .where(Recording.consultation_id == consultation_id)
        .order_by(Recording.subject, Recording.language)
    )
    return [Recorded(*row) for row in db.session.execute(query)]


def recording(consultation_id: str, subject: str, language: str) -> Recording | None:
    """One recording, if there is one."""
    query = select(Recording).where(
        Recording.consultation_id == consultation_id,
        Recording.subject == subject,
        Recording.language == language,
    )
    return db.session.scalars(query).first()
