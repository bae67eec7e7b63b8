"""Closed rounds that can be reported on, and their reports as the team publishes them."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from consultations.db import db
from consultations.reports.models import Report
from consultations.reports.services import AS_IT_IS, Wish, instance_key, publish
from consultations.rounds.models import CLOSED, Consultation, Round
from tests.factories import a_consultation, a_round, a_submission

POSITIONS = ("support", "support_with_changes", "oppose", "no_view")
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


def of_forty_women_and_four_men() -> Round:
    """A closed round in which men are too few to be told of."""
    made = a_round(a_consultation(), stage=CLOSED)
    for place in range(44):
        gender = "man" if place < 4 else "woman"
        a_submission(made, art_1_position="support" if place % 2 else "oppose", gender=gender)
    return made


def of_ninety() -> Round:
    """A closed round of as many women as men, with answers of every kind."""
    made = a_round(a_consultation(), stage=CLOSED)
    for place in range(90):
        a_submission(
            made,
            art_1_position=POSITIONS[place % 4],
            art_2_position="support" if place % 3 else "oppose",
            gender="woman" if place % 2 else "man",
        )
    db.session.commit()
    return made


def published(about: Consultation, app: Flask, wish: Wish = AS_IT_IS, at: datetime = AT) -> Report:
    """The report of the first round, as it is published at a moment."""
    key = instance_key(Path(app.extensions["settings"].instance))
    made = publish(about, about.rounds[0], key=key, by=None, at=at, wish=wish).report
    db.session.commit()
    return made
