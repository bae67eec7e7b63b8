"""What is done once a minute, when a page was sent."""

import pytest
from flask import Flask

from consultations.analysis.models import ParticipationKept
from consultations.analysis.snapshots import sweeping
from consultations.clock import now
from consultations.db import db
from consultations.rounds.services import hold_open
from tests.factories import a_consultation, a_round, a_submission


def test_who_took_part_is_counted_when_the_first_page_of_a_day_was_sent(app: Flask) -> None:
    of = a_round(a_consultation())
    hold_open(of, by=None, at=now())
    for _ in range(7):
        a_submission(of, gender="woman", art_1_position="support")
    db.session.commit()

    sent = app.test_client().get("/health")
    assert db.session.get(ParticipationKept, of.id) is None

    sent.close()
    db.session.rollback()
    assert db.session.get_one(ParticipationKept, of.id).counts["individuals"] == 5


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_one_at_a_time_looks_however_long_it_takes(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    def looking(of: Flask) -> None:
        looks.append(of)
        if len(looks) < 3:
            of.test_client().get("/health").close()  # a page that is sent meanwhile

    monkeypatch.setattr(sweeping, "SECONDS", 0.0)
    monkeypatch.setattr(sweeping, "_look", looking)
    app.test_client().get("/health").close()
    assert len(looks) == 1
    app.test_client().get("/health").close()
    assert len(looks) == 2


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_nothing_is_looked_for_twice_in_a_minute(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Flask] = []
    monkeypatch.setattr(sweeping, "_look", looks.append)
    for _ in range(3):
        app.test_client().get("/health").close()
    assert len(looks) == 1
