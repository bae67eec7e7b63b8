"""What the services refuse by themselves, whatever page asks them."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.db import db
from consultations.errors import RoundNotOpen
from consultations.rounds.models import CLOSED, Round
from consultations.submissions.models import Submission
from consultations.submissions.services import send, withdraw
from consultations.submissions.storing import AnswerSpent
from tests.factories import a_consultation, a_round

KEYED = "a" * 64


@pytest.fixture
def of(app: Flask) -> Round:
    """A round with one answer."""
    made = a_round(a_consultation())
    db.session.commit()
    send(
        made,
        {"art_1_position": "support"},
        stamp=made.consultation.stamp,
        language="en",
        given=(),
        consent={"take_part": True},
        receipt_hash=KEYED,
        on=date(2026, 1, 2),
    )
    return made


def test_nothing_is_withdrawn_once_the_round_is_closed(of: Round) -> None:
    of.stage = CLOSED
    with pytest.raises(RoundNotOpen):
        withdraw(of, receipt_hash=KEYED)
    assert db.session.scalars(select(Submission)).one()


def test_an_answer_is_not_withdrawn_from_another_round(of: Round) -> None:
    other = a_round(a_consultation("other"))
    db.session.commit()
    with pytest.raises(AnswerSpent):
        withdraw(other, receipt_hash=KEYED)
    assert db.session.scalars(select(Submission)).one()
