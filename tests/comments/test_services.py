"""Taking comments in, joining them, finding points in answers."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultations.clock import now
from consultations.comments.models import ANSWER, HIDDEN, UNPUBLISHED, WAITING, Endorsement, Point
from consultations.comments.queries import points_on
from consultations.comments.said import Said
from consultations.comments.services import (
    comment_for_organisation,
    endorse,
    points_from_answers,
    send_comment,
)
from consultations.db import db
from consultations.errors import Refused, RoundNotOpen
from consultations.replies.models import AnsweredPoint
from consultations.replies.services import answer
from consultations.rounds.models import CLOSED, OPEN, Round
from consultations.submissions.services import withdraw
from consultations.themes.models import Coding
from consultations.themes.services import add_theme, code_points
from tests.factories import a_consultation, a_point, a_round, a_submission, an_organisation

TODAY = date(2026, 1, 2)
SAID = Said(position="oppose", text="Too short.", wording="sixty days")


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


def _send(to: Round, receipt: str = "a") -> Point:
    return send_comment(to, "art_1", SAID, language="en", receipt_hash=receipt * 64, on=TODAY)


def _count() -> int | None:
    return db.session.scalar(select(func.count()).select_from(Point))


def test_a_comment_of_an_individual_waits_to_be_read(of: Round) -> None:
    point = _send(of)
    assert (point.status, point.organisation_id, point.wording) == (WAITING, None, "sixty days")


def test_the_same_form_again_stores_nothing_new(of: Round) -> None:
    assert _send(of).id == _send(of).id
    assert _count() == 1


def test_a_closed_round_takes_no_comment_but_finds_one_sent_before(of: Round) -> None:
    first = _send(of)
    of.stage = CLOSED
    assert _send(of).id == first.id
    with pytest.raises(RoundNotOpen):
        _send(of, "b")


def test_an_organisation_saying_the_same_twice_is_taken_once(of: Round) -> None:
    speaker = an_organisation()
    for _ in range(2):
        comment_for_organisation(of, "art_1", SAID, organisation=speaker, language="fr", on=TODAY)
    assert _count() == 1


def test_a_comment_is_joined_once(of: Round) -> None:
    point = a_point(of, an_organisation())
    for _ in range(2):
        endorse(point, organisation=an_organisation("Herders"))
    assert db.session.scalar(select(func.count()).select_from(Endorsement)) == 1


def test_nobody_joins_their_own_comment_or_a_hidden_one(of: Round) -> None:
    own = an_organisation()
    with pytest.raises(Refused):
        endorse(a_point(of, own), organisation=own)
    with pytest.raises(Refused):
        endorse(a_point(of, own, status=HIDDEN), organisation=an_organisation("Herders"))


def test_nobody_joins_after_the_round(of: Round) -> None:
    point = a_point(of, an_organisation())
    of.stage = CLOSED
    with pytest.raises(RoundNotOpen):
        endorse(point, organisation=an_organisation("Herders"))


def test_words_of_answers_become_points_that_are_not_shown(of: Round) -> None:
    a_submission(of, art_1_position="oppose", art_1_change="Sixty days.", art_2_position="-6")
    a_submission(of, art_1_position="support")
    of.stage = CLOSED
    [point] = points_from_answers(of)
    assert (point.origin, point.status, point.text) == (ANSWER, UNPUBLISHED, "Sixty days.")
    assert (point.wid, point.position) == ("art_1", "oppose")
    assert points_on(of.consultation_id, "art_1") == []


def test_words_of_answers_are_found_once(of: Round) -> None:
    a_submission(of, art_1_position="-6", art_1_change="Sixty days.")
    of.stage = CLOSED
    assert [each.position for each in points_from_answers(of)] == ["no_view"]
    assert points_from_answers(of) == []


def test_no_point_appears_while_answers_come_in(of: Round) -> None:
    a_submission(of, art_1_change="Sixty days.")
    assert points_from_answers(of) == []


def test_an_answer_that_was_read_can_still_be_taken_back(of: Round) -> None:
    """What the team made of its words goes with it; other points keep what is theirs."""
    receipt = "7" * 64
    a_submission(of, art_1_change="Sixty days.").receipt_hash = receipt
    of.stage = CLOSED
    kept = a_point(of)
    [gone] = points_from_answers(of)
    theme = add_theme(of.consultation, "notice", {"en": "Notice"})
    code_points([gone, kept], theme, by=None)
    said = {"disposition": "accepted", "text": {"en": "Done."}}
    answer(of.consultation, [gone, kept], **said, by=None, at=now())
    of.stage = OPEN
    withdraw(of, receipt_hash=receipt)
    db.session.commit()
    assert db.session.scalars(select(Point)).all() == [kept]
    assert db.session.scalars(select(Coding.point_id)).all() == [kept.id]
    assert db.session.scalars(select(AnsweredPoint.point_id)).all() == [kept.id]
