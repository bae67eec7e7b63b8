"""What a round can expect."""

import pytest
from flask.testing import FlaskClient

from consultations.analysis.forecasting import Outlook
from consultations.rounds.models import PLANNED, Round
from consultations.workspace.forecast import cells_forecast, whole_percents
from tests.factories import a_consultation, a_round, an_account, sign_in
from tests.visitor import visit

PAGE = "/en/manage/code/rounds/1/"


@pytest.fixture
def of(app: object) -> Round:
    """A round that is planned."""
    made = a_round(a_consultation())
    made.stage = PLANNED
    return made


def test_the_report_is_foretold_by_group(of: Round) -> None:
    (gender, *_) = cells_forecast(of, 10_000)

    assert [row["alone"] for row in gender["rows"]] == [100] * len(gender["rows"])
    assert all(row["label"] for row in gender["rows"])


def test_of_few_people_less_is_shown(of: Round) -> None:
    gaps = [row["gap"] for part in cells_forecast(of, 20) for row in part["rows"]]

    assert max(gaps) > 0


def test_the_page_foretells_when_asked(of: Round, client: FlaskClient) -> None:
    sign_in(client, an_account())

    assert "will probably show" not in visit(client, PAGE).text
    assert "will probably show" in visit(client, f"{PAGE}?participants=200").text


def test_shares_add_up_to_a_hundred() -> None:
    assert whole_percents(Outlook((), (), 3, 1 / 3, 1 / 3, 1 / 3)) == (33, 34, 33)
