"""A report's page is rendered once, until something that it shows is different."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.db import db
from consultations.languages.queries import digest
from consultations.reports import kept, views
from consultations.reports.models import KEEP
from consultations.reports.queries import report_of
from consultations.reports.services import Wish
from consultations.reports.telling import confirm, groups_told, write
from consultations.rounds.models import Consultation
from tests.factories import a_submission, an_account
from tests.reports.rounds import AT, of_forty_women_and_four_men, published

PAGE = "/en/code/reports/1/"
PROSE = "They ask for more."


@pytest.fixture
def about(app: Flask) -> Consultation:
    made = of_forty_women_and_four_men().consultation
    published(made, app)
    return made


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of reports of which a page was rendered."""
    found: list[str] = []
    render = views._page

    def noting(about: Any, of: Any) -> str:
        found.append(of.id)
        return render(about, of)

    monkeypatch.setattr(views, "_page", noting)
    return found


def test_a_page_is_rendered_once_in_each_language(
    about: Consultation, client: FlaskClient, rendered: list[str]
) -> None:
    first, again = client.get(PAGE), client.get(PAGE)
    assert first.text == again.text
    assert len(rendered) == 1
    assert 'lang="fr"' in client.get("/fr/code/reports/1/").text
    assert len(rendered) == 2


def test_each_place_on_a_host_has_its_own(about: Consultation, client: FlaskClient) -> None:
    assert "/below/" not in client.get(PAGE).text
    assert "/below/en/" in client.get(PAGE, base_url="http://localhost/below").text
    assert "/below/" not in client.get(PAGE).text


@pytest.mark.parametrize("packing", ["gzip", "identity"])
def test_whoever_has_the_page_is_sent_no_second_copy(
    about: Consultation, client: FlaskClient, packing: str
) -> None:
    first = client.get(PAGE, headers={"Accept-Encoding": packing})
    assert first.headers.get("Content-Encoding", "identity") == packing
    tag = {"Accept-Encoding": packing, "If-None-Match": first.headers["ETag"]}
    again = client.get(PAGE, headers=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert "no-cache" in first.headers["Cache-Control"]


def test_what_is_published_later_shows_at_once(
    about: Consultation, app: Flask, client: FlaskClient
) -> None:
    client.get(PAGE)
    a_submission(about.rounds[0], art_1_position="oppose", gender="woman")
    published(about, app, Wish(KEEP, {"en": "One came late."}))
    assert "One came late." in client.get(PAGE).text


def test_what_small_groups_said_shows_once_it_was_read(
    about: Consultation, client: FlaskClient
) -> None:
    assert PROSE not in client.get(PAGE).text
    of = about.rounds[0]
    report = report_of(of.id)
    assert report is not None
    group = groups_told(report.id)[0]
    written = write(of, group, PROSE, language="en", by=an_account("organizer").id, at=AT)
    db.session.commit()
    assert written is not None
    assert PROSE not in client.get(PAGE).text
    reader = an_account("rapporteur", email="reader@example.org")
    confirm(of, group, digest(written.text), by=reader.id, at=AT)
    db.session.commit()
    assert PROSE in client.get(PAGE).text


def test_a_changed_title_shows_at_once(about: Consultation, client: FlaskClient) -> None:
    client.get(PAGE)
    about.title = {**about.title, "en": "Another code"}
    db.session.commit()
    assert "Another code" in client.get(PAGE).text


def test_so_many_pages_are_kept_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    made: list[str] = []

    def page(name: str) -> None:
        kept.kept_page((name,), 1, lambda: made.append(name) or name)

    with app.test_request_context("/"):
        for name in "abcbca":
            page(name)
    assert "".join(made) == "abca"
