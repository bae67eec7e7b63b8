"""Single statements reach the database on connections that are kept."""

import pytest
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from consultations.db import db, single, straight
from consultations.rounds.models import Round
from tests.factories import a_consultation, a_round, a_submission


@pytest.fixture
def answered(app: Flask) -> Round:
    """A round with answers."""
    of = a_round(a_consultation())
    for _ in range(20):
        a_submission(of)
    db.session.commit()
    return of


def _consents(connection: Connection) -> int:
    return straight(connection, "UPDATE submission SET consent = '{}'")


def test_a_connection_for_single_statements_is_kept(answered: Round) -> None:
    with single(db.engine) as one:
        assert _consents(one) == 20
        with single(db.engine) as other:
            assert other is not one
    with single(db.engine) as again:
        assert again in (one, other)
    db.engine.dispose()
    assert one.closed
    assert other.closed


def test_a_connection_that_failed_is_let_go_with_all_others(answered: Round) -> None:
    """A database that was started again fails whoever asks first, and nobody else."""
    with single(db.engine) as one, single(db.engine) as idle:
        pass
    with pytest.raises(IntegrityError) as failed, single(db.engine) as one:
        straight(one, "UPDATE submission SET language = NULL, marks = '[\"seen\"]'")
    assert "seen" not in str(failed.value.orig), "what somebody wrote is not logged"
    assert one.closed
    assert idle.closed
    with single(db.engine) as fresh:
        assert _consents(fresh) == 20
