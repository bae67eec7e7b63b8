"""The form in memory is the one in the database, and the first page the same for everyone."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, update

from consultations.db import db, new_key
from consultations.drafts.models import Revision
from consultations.questionnaires.services import add_version
from consultations.rounds import stamp
from consultations.rounds.models import CLOSED, OPEN, Consultation, Round
from consultations.rounds.queries import consultation
from consultations.submissions import at_hand, screens
from consultations.submissions.form import answer_form
from consultations.submissions.models import SavedForm, Submission
from consultations.submissions.standing import standing
from tests.factories import a_consultation, a_questionnaire, a_round
from tests.visitor import Page, send, visit

ADDRESS = "/en/code/answer/"


@contextmanager
def asked_of_the_database() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    yield asked
    event.remove(db.engine, "before_cursor_execute", listen)


@pytest.fixture
def round_(app: Flask) -> Round:
    made = a_round(a_consultation())
    db.session.commit()
    return made


def test_the_page_follows_every_change(round_: Round, client: FlaskClient) -> None:
    assert "Heading of art_1" in client.get(ADDRESS).text
    assert round_.revision_id
    provision = db.session.get_one(Revision, round_.revision_id).provisions[0]
    provision.heading = {"en": "Notice of exercises"}
    db.session.commit()
    assert "Notice of exercises" in client.get(ADDRESS).text
    round_.stage = CLOSED
    db.session.commit()
    assert "This round is not open" in client.get(ADDRESS).text
    round_.stage = OPEN
    db.session.commit()
    assert "Notice of exercises" in client.get(ADDRESS).text


def test_what_somebody_changes_while_the_page_is_asked_for_is_not_missed(round_: Round) -> None:
    """A row read earlier in the request must not stand under the stamp of the change."""
    read_before = consultation("code")
    with db.engine.begin() as somebody_else:
        title = update(Consultation).values(title={"en": "Another title"}, stamp="renewed")
        somebody_else.execute(title)
    kept = standing("code")
    assert kept.stamp == "renewed"
    assert kept.form
    assert kept.form.consultation.title == {"en": "Another title"}
    assert read_before.slug == "code"


def test_each_language_has_its_own(round_: Round, client: FlaskClient) -> None:
    assert '<html lang="en"' in client.get(ADDRESS).text
    assert '<html lang="ar"' in client.get("/ar/code/answer/").text
    assert '<html lang="en"' in client.get(ADDRESS).text


@pytest.mark.parametrize(
    ("accepts", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_it_is_packed_as_the_reader_asks(
    round_: Round, client: FlaskClient, accepts: str, encoding: str | None, unpack: object
) -> None:
    plain = client.get(ADDRESS).data
    packed = client.get(ADDRESS, headers={"Accept-Encoding": accepts})
    assert packed.headers.get("Content-Encoding") == encoding
    assert unpack(packed.data) == plain  # type: ignore[operator]
    assert packed.headers["Vary"] == "Accept-Encoding"
    known = {"Accept-Encoding": accepts, "If-None-Match": packed.headers["ETag"]}
    assert client.get(ADDRESS, headers=known).status_code == 304


def test_a_view_asks_the_database_once_in_a_second(
    round_: Round, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get(ADDRESS)
    with asked_of_the_database() as asked:
        first = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
        again = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
        assert len(asked) == 1, asked
        assert (again.data, [*again.headers]) == (first.data, [*first.headers])
        monkeypatch.setattr(stamp, "SECONDS", 0.0)
        client.get(ADDRESS, headers={"Accept-Encoding": "br"})
        client.get(ADDRESS, headers={"Accept-Encoding": "br"})
        assert len(asked) == 3, asked


def elsewhere(**changed: object) -> None:
    """Let another process change the round."""
    with db.engine.begin() as somebody_else:
        somebody_else.execute(update(Round).values(**changed))
        somebody_else.execute(update(Consultation).values(stamp=new_key()))


def until_check(client: FlaskClient) -> Page:
    page = visit(client, ADDRESS)
    while not page.soup.select_one('button[value="send"]'):
        page = send(client, ADDRESS, page, {})
    return page


def kept(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_what_another_process_closes_takes_no_answer(round_: Round, client: FlaskClient) -> None:
    """A page may be a second old; an answer is held against the round as it is."""
    page = visit(client, ADDRESS)
    elsewhere(stage=CLOSED)
    while page.soup.select_one('form[method="post"]') and page.status == 200:
        page = send(client, ADDRESS, page, {})
    assert page.status == 409
    assert "This round is not open" in page.text
    assert not kept(Submission)


def test_what_another_process_closes_saves_no_form(round_: Round, client: FlaskClient) -> None:
    page = until_check(client)
    elsewhere(stage=CLOSED)
    assert "This round is not open" in send(client, ADDRESS, page, {}, step="save").text
    assert not kept(SavedForm)


def test_a_burst_that_another_process_declares_is_asked_about_at_once(
    round_: Round, client: FlaskClient
) -> None:
    page = until_check(client)
    elsewhere(burst=True)
    assert "How much is" in send(client, ADDRESS, page, {}).text
    assert not kept(Submission)


def test_a_form_that_another_process_began_anew_is_known_at_once(
    round_: Round, client: FlaskClient
) -> None:
    """Its seal is that of the questionnaire that took the place of the one in memory."""
    send(client, ADDRESS, visit(client, ADDRESS), {})
    anew = add_version(round_.consultation, a_questionnaire())
    db.session.commit()
    standing("code", lately=True)
    elsewhere(questionnaire_version_id=anew.id)
    db.session.expire_all()
    form = answer_form(round_.consultation, round_)
    sealed = form.begin().sealed(secret=screens.secret(), form=form.name)
    assert client.post(ADDRESS, data={"_sealed": sealed, "_step": "next"}).status_code == 200


def test_turning_pages_asks_the_database_once_in_a_second(
    round_: Round, client: FlaskClient
) -> None:
    page = visit(client, ADDRESS)
    with asked_of_the_database() as asked:
        assert send(client, ADDRESS, page, {}).soup.select_one('button[value="send"]')
    assert not asked


def test_a_page_at_hand_is_not_kept_for_long(
    round_: Round, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamp, "SECONDS", 0.0)
    assert "Draft Code" in client.get(ADDRESS).text
    with db.engine.begin() as somebody_else:
        somebody_else.execute(update(Consultation).values(title={"en": "New"}, stamp=new_key()))
    assert "Draft Code" not in client.get(ADDRESS).text


def test_each_place_on_a_host_has_its_own(round_: Round, client: FlaskClient) -> None:
    assert "/below/" not in client.get(ADDRESS).text
    assert "/below/en/" in client.get(ADDRESS, base_url="http://localhost/below").text
    assert "/below/" not in client.get(ADDRESS).text


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_only_asking_for_the_page_is_answered_from_memory(
    round_: Round, client: FlaskClient, method: str
) -> None:
    whole = client.get(ADDRESS)
    other = client.open(ADDRESS, method=method)
    assert other.data != whole.data


def test_so_many_are_at_hand_and_no_more(
    round_: Round, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_hand, "MOST", 3)
    for number in range(8):
        client.get(ADDRESS, headers={"Accept-Encoding": f"gzip;q=0.{number}"})
    assert len(app.wsgi_app.sent) <= 3  # type: ignore[attr-defined]


def test_what_sets_a_cookie_is_never_kept_at_hand(
    round_: Round, app: Flask, client: FlaskClient
) -> None:
    @app.after_request
    def with_a_cookie(response: Response) -> Response:
        response.set_cookie("whose", "one visitor's")
        return response

    with pytest.raises(AssertionError, match="cookie"):
        client.get(ADDRESS)
    assert not app.wsgi_app.sent  # type: ignore[attr-defined]
