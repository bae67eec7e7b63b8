"""The stamp changes with what participants are shown, and with nothing else."""

import pytest
from flask import Flask

from consultations.db import db
from consultations.drafts.models import Revision
from consultations.errors import NotFound
from consultations.rounds.models import CLOSED, Consultation, Round
from consultations.rounds.stamp import stamp
from tests.factories import a_consultation, a_round, a_submission


@pytest.fixture
def of(app: Flask) -> Consultation:
    made = a_consultation()
    a_round(made)
    db.session.commit()
    return made


def test_it_stays_while_nothing_changes(of: Consultation) -> None:
    before = stamp("code")
    assert before
    a_submission(of.rounds[0], art_1_position="support")
    db.session.commit()
    assert stamp("code") == before


def _round(of: Consultation) -> Round:
    return of.rounds[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda of: setattr(of, "title", {"en": "Another title"}),
        lambda of: setattr(_round(of), "stage", CLOSED),
        lambda of: setattr(_provision(of), "heading", {"en": "Another heading"}),
        lambda of: db.session.delete(_provision(of)),
        lambda of: a_round(of, number=2, stage=CLOSED),
    ],
    ids=["title", "stage", "heading", "a provision less", "another round"],
)
def test_it_changes_with_what_is_shown(of: Consultation, change: object) -> None:
    a_consultation("other")
    db.session.commit()
    before, other = stamp("code"), stamp("other")
    change(of)  # type: ignore[operator]
    db.session.commit()
    assert stamp("code") != before
    assert stamp("other") == other


def _provision(of: Consultation) -> object:
    return db.session.get(Revision, of.rounds[0].revision_id).provisions[0]


def test_an_unknown_consultation_has_none(app: Flask) -> None:
    with pytest.raises(NotFound):
        stamp("nothing")
