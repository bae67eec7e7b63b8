"""Keeping questionnaires as versions, and giving them to rounds."""

from collections.abc import Collection, Sequence
from datetime import datetime
from difflib import get_close_matches
from hashlib import sha256

from consultations.codebook import BATTERIES
from consultations.db import db
from consultations.drafts.models import Provision
from consultations.drafts.queries import revision
from consultations.errors import ConsultationsError, Refused
from consultations.ledger.canonical import digest
from consultations.questionnaires.audio import media_type
from consultations.questionnaires.brackets import with_bracket_choices
from consultations.questionnaires.models import QuestionnaireVersion, Recording
from consultations.questionnaires.queries import last_version_number, recording
from consultations.questionnaires.structure import Question, Questionnaire
from consultations.rounds.models import PLANNED, Consultation, Round
from consultations.rounds.services import note
from consultations.words import N_


def add_version(of: Consultation, questionnaire: Questionnaire) -> QuestionnaireVersion:
    """Keep a questionnaire as a consultation's next version, attached to no round."""
    content = questionnaire.to_json()
    version = QuestionnaireVersion(
        consultation_id=of.id,
        number=last_version_number(of.id) + 1,
        content=content,
        digest=digest(content),
    )
    db.session.add(version)
    db.session.flush()
    return version


def give(version: QuestionnaireVersion, to: Round) -> None:
    """Let a planned round ask this version; that of any other round is frozen.

    Questions about open brackets get the alternatives of the round's revision, in a version of
    its own. Raises Refused for a round that is not planned, and ConsultationsError where a
    question is about a provision or a bracket that the revision does not have.
    """
    if to.stage != PLANNED:
        raise Refused(
            N_("Round %(number)s is not planned any more: its questionnaire is frozen."),
            number=to.number,
        )
    texts = {each.eid: each.text for each in _provisions(to)}
    questionnaire = Questionnaire.from_json(version.content)
    check_provisions(questionnaire, texts)
    whole = with_bracket_choices(questionnaire, texts)
    if whole is not questionnaire:
        version = add_version(to.consultation, whole)
    to.questionnaire_version_id = version.id


def _provisions(of: Round) -> Sequence[Provision]:
    return revision(of.revision_id).provisions if of.revision_id else ()


def check_provisions(questionnaire: Questionnaire, eids: Collection[str]) -> None:
    """Refuse a question about a provision that the draft does not have, naming the nearest."""
    for question in questionnaire.questions:
        if question.provision and question.provision not in eids:
            near = get_close_matches(question.provision, eids, n=1, cutoff=0.0)
            raise ConsultationsError(
                N_(
                    "The question %(name)s is about %(eid)s, which is not in the draft; the"
                    " nearest is %(nearest)s."
                ),
                name=question.name,
                eid=question.provision,
                nearest=near[0] if near else "-",
            )


def check_dimensions(questionnaire: Questionnaire, declared: Collection[str]) -> None:
    """Refuse a question that feeds a dimension which the consultation does not declare.

    Several questions feed one dimension only as a battery of the codebook, with its choices.
    """
    for dimension, questions in questionnaire.feeding.items():
        question = questions[0]
        _check_battery(dimension, questions)
        if dimension not in declared:
            near = get_close_matches(dimension, declared, n=1, cutoff=0.0)
            raise ConsultationsError(
                N_(
                    "The question %(name)s feeds %(dimension)s, which is not among the declared"
                    " dimensions; the nearest is %(nearest)s."
                ),
                name=question.name,
                dimension=dimension,
                nearest=near[0] if near else "-",
            )


def _check_battery(dimension: str, questions: Sequence[Question]) -> None:
    if len(questions) == 1:
        return
    wanted = BATTERIES[dimension].choices if dimension in BATTERIES else {}
    for question in questions:
        if not wanted or not question.codes.issuperset(wanted):
            raise ConsultationsError(
                N_(
                    "Several questions feed %(dimension)s, so %(name)s must have the choices"
                    " %(codes)s."
                ),
                dimension=dimension,
                name=question.name,
                codes=", ".join(wanted) or "-",
            )


def keep_recording(
    of: Consultation,
    subject: str,
    language: str,
    content: bytes,
    *,
    by: int | None,
    at: datetime,
) -> Recording:
    """Keep a recording instead of the one there was of this subject in this language.

    Raises RecordingError for what cannot be played.
    """
    kind = media_type(content)
    kept = recording(of.id, subject, language)
    if kept is None:
        kept = Recording(consultation_id=of.id, subject=subject, language=language)
        db.session.add(kept)
    kept.media_type, kept.content = kind, content
    kept.digest = sha256(content).hexdigest()
    note(of, "recording.keep", by=by, at=at, detail=f"{subject} ({language})")
    return kept


def remove_recording(
    of: Consultation, subject: str, language: str, *, by: int | None, at: datetime
) -> None:
    """Remove a recording; one that is gone already is no error."""
    kept = recording(of.id, subject, language)
    if kept is not None:
        db.session.delete(kept)
        note(of, "recording.remove", by=by, at=at, detail=f"{subject} ({language})")
