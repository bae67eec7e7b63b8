"""The stage of a round."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.db import db
from consultations.errors import Refused
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Questionnaire
from consultations.rounds.models import CLOSED, OPEN, PLANNED, Consultation, Round, TeamAction
from consultations.rounds.services import close, follow_calendar, hold_open, stage_on

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


def _consultation(*rounds: tuple[str, str, str], time_zone: str = "UTC") -> Consultation:
    """A consultation with rounds of (opens, closes, stage), each with a questionnaire."""
    made = Consultation(
        slug="code",
        source_language="en",
        languages=["en"],
        title={"en": "Code"},
        summary={"en": "S"},
        organizer={"en": "O"},
        time_zone=time_zone,
        policy={"threshold": 5},
        plan={"dimensions": {}},
    )
    db.session.add(made)
    db.session.flush()
    version = add_version(made, Questionnaire({"en": "Q"}, ("en",), "en"))
    for number, (opens, closes, stage) in enumerate(rounds, start=1):
        made.rounds.append(
            Round(
                number=number,
                title={},
                opens=date.fromisoformat(opens),
                closes=date.fromisoformat(closes),
                stage=stage,
                questionnaire_version_id=version.id,
            )
        )
    db.session.flush()
    return made


@pytest.mark.parametrize(
    ("day", "stage"),
    [("01", PLANNED), ("02", OPEN), ("03", OPEN), ("04", OPEN), ("05", CLOSED)],
)
def test_a_round_is_open_from_its_first_to_its_last_day(day: str, stage: str) -> None:
    today = date.fromisoformat(f"2026-11-{day}")
    assert stage_on(date(2026, 11, 2), date(2026, 11, 4), today) == stage


def test_a_round_is_opened_by_hand_and_the_log_says_so(app: Flask) -> None:
    (first,) = _consultation(("2020-01-01", "2020-02-01", CLOSED)).rounds
    hold_open(first, by=None, at=NOON)
    assert (first.stage, first.held_open) == (OPEN, True)
    assert db.session.scalars(select(TeamAction.action)).all() == ["round.open"]
    assert follow_calendar(at=NOON) == []
    close(first, by=None, at=NOON)
    assert (first.stage, first.held_open) == (CLOSED, False)


def test_one_round_is_open_at_a_time(app: Flask) -> None:
    first, second = _consultation(
        ("2020-01-01", "2020-02-01", CLOSED), ("2026-11-01", "2026-11-30", OPEN)
    ).rounds
    with pytest.raises(Refused, match="Round 2 is open"):
        hold_open(first, by=None, at=NOON)
    hold_open(second, by=None, at=NOON)


def test_a_round_without_questionnaire_does_not_open(app: Flask) -> None:
    (first,) = _consultation(("2026-11-01", "2026-11-30", PLANNED)).rounds
    first.questionnaire_version_id = None
    with pytest.raises(Refused, match="no questionnaire"):
        hold_open(first, by=None, at=NOON)
    assert follow_calendar(at=NOON) == []


def test_a_planned_round_cannot_be_closed(app: Flask) -> None:
    (first,) = _consultation(("2027-01-01", "2027-02-01", PLANNED)).rounds
    with pytest.raises(Refused, match="not opened yet"):
        close(first, by=None, at=NOON)


def test_rounds_follow_their_dates(app: Flask) -> None:
    over, current, later = _consultation(
        ("2026-10-01", "2026-11-09", OPEN),
        ("2026-11-10", "2026-11-30", PLANNED),
        ("2026-12-01", "2026-12-31", PLANNED),
    ).rounds
    assert follow_calendar(at=NOON) == [over, current]
    assert [each.stage for each in (over, current, later)] == [CLOSED, OPEN, PLANNED]
    assert follow_calendar(at=NOON) == []


@pytest.mark.parametrize(("hour", "stage"), [(3, OPEN), (4, CLOSED)])
def test_midnight_is_that_of_the_consultation(app: Flask, hour: int, stage: str) -> None:
    (first,) = _consultation(("2026-11-01", "2026-11-09", OPEN), time_zone="America/Caracas").rounds
    follow_calendar(at=datetime(2026, 11, 10, hour, tzinfo=UTC))
    assert first.stage == stage
