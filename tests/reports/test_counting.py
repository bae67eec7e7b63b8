"""For the team's eyes a round is counted once, until its answers change; to publish, anew."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.accounts.roles import ORGANIZER
from consultations.errors import Refused
from consultations.reports import counting
from consultations.reports.services import comparisons, preview
from consultations.rounds.models import OPEN, Round
from tests.factories import a_submission, an_account, posted, sign_in
from tests.reports.rounds import of_forty_women_and_four_men

SMALL_GROUPS = "/en/manage/code/rounds/1/small-groups/"


@pytest.fixture
def of(app: Flask) -> Round:
    return of_forty_women_and_four_men()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rounds that were counted, one after another."""
    found: list[str] = []
    count = counting.protected_counts

    def noting(about: Any, of: Round) -> Any:
        found.append(of.id)
        return count(about, of)

    monkeypatch.setattr(counting, "protected_counts", noting)
    return found


def test_a_preview_is_counted_once(of: Round, counted: list[str]) -> None:
    assert preview(of.consultation, of) == preview(of.consultation, of)
    assert len(counted) == 1


def test_another_answer_is_counted(of: Round, counted: list[str]) -> None:
    preview(of.consultation, of)
    a_submission(of, art_1_position="support", gender="woman")
    assert preview(of.consultation, of)["coverage"]["individuals"] == 45
    assert len(counted) == 2


def test_a_stricter_policy_is_held_to(of: Round, counted: list[str]) -> None:
    preview(of.consultation, of)
    of.consultation.policy = {**of.consultation.policy, "threshold": 10, "minimum_base": 30}
    assert preview(of.consultation, of)["policy"]["threshold"] == 10
    assert len(counted) == 2


def test_the_page_of_small_groups_is_opened_again_without_counting(
    of: Round, client: FlaskClient, counted: list[str]
) -> None:
    sign_in(client, an_account(ORGANIZER))
    for _ in range(2):
        assert client.get(SMALL_GROUPS).status_code == 200
    assert len(counted) == 1


def test_what_is_published_is_counted_for_it(
    of: Round, client: FlaskClient, counted: list[str]
) -> None:
    sign_in(client, an_account(ORGANIZER))
    preview(of.consultation, of)
    posted(client, "/en/manage/code/rounds/1/", action="publish")
    assert len(counted) == 2
    a_submission(of, art_1_position="support", gender="woman")
    comparisons(of.consultation, of)
    comparisons(of.consultation, of)
    assert len(counted) == 3


def test_an_open_round_is_not_counted(of: Round) -> None:
    of.stage = OPEN
    with pytest.raises(Refused, match="not closed"):
        counting.counted_lately(of.consultation, of)
