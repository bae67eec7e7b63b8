"""Partners' links are counted in batches, and nothing else is kept of a visit."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import DateTime, inspect, select

from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.portal.models import OutreachVisit
from consultations.portal.services import Visits, declare, take_back, visited
from consultations.rounds.models import Consultation
from tests.factories import a_consultation, a_round

BATCH = 5
"""The threshold of `a_consultation`."""


@pytest.fixture
def about(app: Flask) -> Consultation:
    made = a_consultation()
    a_round(made)
    declare(made, tag="radio-north", partner="Radio North")
    return made


def opened(client: FlaskClient, times: int, tag: str = "radio-north") -> int:
    for _ in range(times):
        assert client.get(f"/en/code/?via={tag}").status_code == 200
    return db.session.scalars(select(OutreachVisit.count)).one()


def test_openings_are_written_down_a_whole_batch_at_a_time(
    about: Consultation, client: FlaskClient
) -> None:
    assert opened(client, BATCH - 1) == 0
    assert opened(client, 1) == BATCH
    assert opened(client, BATCH) == 2 * BATCH


def test_a_tag_that_nobody_declared_is_not_counted(
    about: Consultation, client: FlaskClient
) -> None:
    assert opened(client, BATCH, tag="somebody") == 0
    assert opened(client, 1, tag="%00'") == 0


def test_only_the_landing_page_counts_and_no_link_carries_the_tag_on(
    about: Consultation, client: FlaskClient
) -> None:
    page = client.get("/en/code/?via=radio-north")

    assert "radio-north" not in page.get_data(as_text=True)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in page.headers
    for _ in range(BATCH):
        client.get("/en/code/answer/?via=radio-north")
    assert db.session.scalars(select(OutreachVisit.count)).one() == 0


def test_the_table_knows_no_time_and_no_visitor(app: Flask) -> None:
    columns = inspect(OutreachVisit).columns

    assert {each.name for each in columns} == {
        *("id", "consultation_id", "tag", "partner", "reaches", "count")
    }
    assert not any(isinstance(each.type, DateTime) for each in columns)


@pytest.mark.parametrize("tag", ["", "a", "two words", "ÜBER", "x" * 31, "a/b"])
def test_a_tag_is_plain(about: Consultation, tag: str) -> None:
    with pytest.raises(ConsultationsError):
        declare(about, tag=tag, partner="Partner")


def test_a_tag_is_given_once_and_can_be_taken_back(about: Consultation) -> None:
    with pytest.raises(Refused):
        declare(about, tag="Radio-North", partner="Another")
    take_back(about, "radio-north")

    assert not visited(about, "radio-north", visits=Visits())


def test_two_tags_wait_apart() -> None:
    visits = Visits()

    assert [visits.one_more(key, 2) for key in ("a", "b", "a", "b")] == [False, False, True, True]
