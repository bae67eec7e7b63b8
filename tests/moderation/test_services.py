"""Publishing and hiding."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.comments.models import ANSWER, HIDDEN, PUBLISHED, UNPUBLISHED, WAITING, Point
from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.moderation.models import Decision
from consultations.moderation.queries import why_hidden
from consultations.moderation.services import LONGEST_REASON, hide, publish
from consultations.rounds.models import Round, TeamAction
from tests.factories import a_consultation, a_point, a_round

NOW = datetime(2026, 1, 3, tzinfo=UTC)


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


def _waiting(of: Round, wid: str = "art_1") -> Point:
    return a_point(of, status=WAITING, wid=wid)


def test_published_comments_are_numbered_by_article(of: Round) -> None:
    points = [_waiting(of), _waiting(of), _waiting(of, "art_2")]
    for each in points:
        publish(each, by=None, at=NOW)
    assert [each.label for each in points] == ["1.1", "1.2", "2.1"]
    assert {each.status for each in points} == {PUBLISHED}


def test_a_number_is_given_once(of: Round) -> None:
    point = _waiting(of)
    publish(point, by=None, at=NOW)
    hide(point, "Names a neighbour.", by=None, at=NOW)
    publish(point, by=None, at=NOW)
    assert point.label == "1.1"
    assert why_hidden(point.id) is None


def test_hiding_needs_a_reason_that_the_author_reads(of: Round) -> None:
    point = _waiting(of)
    with pytest.raises(ConsultationsError):
        hide(point, " \n", by=None, at=NOW)
    with pytest.raises(ConsultationsError):
        hide(point, "x" * (LONGEST_REASON + 1), by=None, at=NOW)
    hide(point, "Names a neighbour.", by=None, at=NOW)
    assert point.status == HIDDEN
    assert why_hidden(point.id) == "Names a neighbour."


def test_every_decision_is_noted(of: Round) -> None:
    publish(_waiting(of), by=None, at=NOW)
    assert db.session.scalars(select(Decision.action)).all() == [PUBLISHED]
    assert db.session.scalars(select(TeamAction.action)).all() == ["point.publish"]


def test_words_of_an_answer_are_never_shown(of: Round) -> None:
    with pytest.raises(Refused):
        publish(a_point(of, origin=ANSWER, status=UNPUBLISHED), by=None, at=NOW)
