"""What floors above do when a round closes."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultations.comments.models import Point
from consultations.db import db
from consultations.rounds.services import close, follow_calendar
from tests.factories import a_consultation, a_round, a_submission

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize("by_hand", [True, False])
def test_words_in_answers_become_points_when_a_round_closes(app: Flask, by_hand: bool) -> None:
    of = a_round(a_consultation(), closes=date(2026, 11, 9))
    a_submission(of, art_1_change="Sixty days.")
    if by_hand:
        close(of, by=None, at=NOW)
    else:
        assert follow_calendar(at=NOW) == [of]
    assert db.session.scalar(select(func.count()).select_from(Point)) == 1
