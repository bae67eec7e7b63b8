"""Taking comments in, joining them, and finding points in what answers say."""

import logging
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consultations.comments.models import (
    ANSWER,
    HIDDEN,
    POSITIONS,
    PUBLISHED,
    UNPUBLISHED,
    Endorsement,
    Point,
)
from consultations.comments.queries import endorsed_by, point_with_receipt, submissions_read
from consultations.comments.said import Said
from consultations.db import db
from consultations.drafts.queries import revision
from consultations.errors import Refused, RoundNotOpen
from consultations.participants.models import Organisation
from consultations.questionnaires.queries import questionnaire
from consultations.questionnaires.structure import Question, Questionnaire
from consultations.rounds.models import OPEN, Round
from consultations.rounds.services import after_closing
from consultations.submissions.models import Submission
from consultations.submissions.queries import submissions_of
from consultations.words import N_

log = logging.getLogger(__name__)


def send_comment(
    to: Round, wid: str, said: Said, *, language: str, receipt_hash: str, on: date
) -> Point:
    """Take an individual's comment in, once: the same form again finds what is there already.

    `on` is the day in the consultation's time zone. Commits, because the receipt may be shown
    only when the comment is safe. Raises RoundNotOpen.
    """
    found = point_with_receipt(receipt_hash)
    if found is not None:
        return found
    point = _point(to, wid, said, language=language, on=on)
    point.receipt_hash = receipt_hash
    db.session.add(point)
    try:
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        found = point_with_receipt(receipt_hash)
        if found is None:
            raise
        return found
    return point


def comment_for_organisation(
    to: Round, wid: str, said: Said, *, organisation: Organisation, language: str, on: date
) -> Point:
    """Take an organisation's comment in; the same words again find what is there already.

    Raises RoundNotOpen.
    """
    same = select(Point).where(
        Point.round_id == to.id,
        Point.wid == wid,
        Point.organisation_id == organisation.id,
        Point.status != HIDDEN,
        Point.text == said.text,
        Point.wording == said.wording,
        Point.paragraph == said.paragraph,
    )
    found = db.session.scalars(same).first()
    if found is not None:
        return found
    point = _point(to, wid, said, language=language, on=on)
    point.organisation_id = organisation.id
    db.session.add(point)
    db.session.flush()
    return point


def endorse(point: Point, *, organisation: Organisation) -> None:
    """Join a published comment of somebody else under one's own name, once.

    Raises Refused for a comment that is not published or one's own, and RoundNotOpen.
    """
    if point.status != PUBLISHED or point.organisation_id == organisation.id:
        raise Refused(N_("Only a published comment of somebody else can be joined."))
    if db.session.get_one(Round, point.round_id).stage != OPEN:
        raise RoundNotOpen
    if point.id in endorsed_by(organisation.id):
        return
    try:
        with db.session.begin_nested():
            db.session.add(Endorsement(point_id=point.id, organisation_id=organisation.id))
    except IntegrityError:  # the button was pressed twice at the same moment
        log.info("A point was joined twice by the same organisation")


def points_from_answers(of: Round) -> list[Point]:
    """Make a point of everything that answers say in words about a provision.

    Looks only at answers in which no points were found before. Such points are read, themed and
    answered, never shown. Nothing is found while the round is open: a point that appears today
    would tell when its author wrote.
    """
    if of.stage == OPEN or of.questionnaire_version_id is None or of.revision_id is None:
        return []
    asked = questionnaire(of.questionnaire_version_id)
    wids = {each.eid: each.wid for each in revision(of.revision_id).provisions}
    spoken = [each for each in asked.questions if each.makes_points and each.provision in wids]
    if not spoken:
        return []
    known = submissions_read(of.id)
    found = [
        _point_in(of, wids, asked, question, submission)
        for submission in submissions_of(of.id)
        if submission.id not in known
        for question in spoken
        if submission.answers.get(question.name)
    ]
    db.session.add_all(found)
    db.session.flush()
    log.info("Points found in the answers of round %s: %s", of.number, len(found))
    return found


def _point(to: Round, wid: str, said: Said, *, language: str, on: date) -> Point:
    if to.stage != OPEN:
        raise RoundNotOpen
    return Point(round_id=to.id, wid=wid, language=language, received_on=on, **asdict(said))


def _point_in(
    of: Round,
    wids: dict[str, str],
    asked: Questionnaire,
    question: Question,
    submission: Submission,
) -> Point:
    assert question.provision is not None
    return Point(
        round_id=of.id,
        wid=wids[question.provision],
        origin=ANSWER,
        status=UNPUBLISHED,
        submission_id=submission.id,
        language=submission.language,
        position=_position(asked, question.provision, submission),
        text=str(submission.answers[question.name]),
    )


def _position(asked: Questionnaire, eid: str, submission: Submission) -> str:
    """The position that the same answer takes on the provision."""
    for each in asked.questions:
        if each.provision == eid and each.role == "position":
            code = submission.answers.get(each.name)
            return str(code) if code in POSITIONS else "no_view"
    return "no_view"


after_closing(points_from_answers)
