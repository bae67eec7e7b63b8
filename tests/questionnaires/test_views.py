"""Recordings: kept by the organizer, played on request."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.db import db
from consultations.questionnaires.audio import LARGEST
from consultations.questionnaires.models import Recording
from consultations.questionnaires.services import keep_recording
from consultations.rounds.models import Round, TeamAction
from tests.factories import a_consultation, a_round, an_account, posted, sign_in
from tests.questionnaires.sounds import MP3, OPUS

DESK = "/en/manage/code/recordings/"
NOW = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


@pytest.fixture
def organizer(of: Round, client: FlaskClient) -> FlaskClient:
    """The organizer, signed in."""
    return sign_in(client, an_account())


def _keep(of: Round, subject: str, language: str = "en", content: bytes = MP3) -> Recording:
    kept = keep_recording(of.consultation, subject, language, content, by=None, at=NOW)
    db.session.commit()
    return kept


def test_a_recording_is_played_and_kept_by_the_browser(of: Round, client: FlaskClient) -> None:
    _keep(of, "art_1_position")
    sound = client.get("/en/code/audio/art_1_position/")
    assert (sound.status_code, sound.mimetype, sound.data) == (200, "audio/mpeg", MP3)
    assert sound.cache_control.public
    assert sound.cache_control.max_age == 30 * 24 * 3600
    assert "Set-Cookie" not in sound.headers
    etag = sound.headers["ETag"]
    again = client.get("/en/code/audio/art_1_position/", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_player_may_ask_for_a_part(of: Round, client: FlaskClient) -> None:
    _keep(of, "art_1")
    part = client.get("/en/code/audio/art_1/", headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.data) == (206, MP3[:2])
    assert part.headers["Content-Range"] == f"bytes 0-1/{len(MP3)}"


@pytest.mark.parametrize("address", ["/ar/code/audio/art_1/", "/en/code/audio/art_2/"])
def test_what_is_not_recorded_is_not_there(of: Round, client: FlaskClient, address: str) -> None:
    _keep(of, "art_1")
    assert client.get(address).status_code == 404


def test_the_form_offers_what_is_recorded_in_its_language(of: Round, client: FlaskClient) -> None:
    before = client.get("/en/code/answer/").text
    assert "<audio" not in before
    kept = _keep(of, "art_1_position")
    page = client.get("/en/code/answer/").text
    address = f"/en/code/audio/art_1_position/?v={kept.digest[:8]}"
    assert f'<audio controls preload="none" src="{address}"' in page
    assert page.count("<audio") == 1
    assert "<audio" not in client.get("/fr/code/answer/").text
    assert "media-src 'self'" in client.get("/en/code/answer/").headers["Content-Security-Policy"]


def test_a_summary_is_heard_where_it_is_read(of: Round, client: FlaskClient) -> None:
    _keep(of, "art_2", content=OPUS)
    assert "/en/code/audio/art_2/" in client.get("/en/code/draft/art_2/").text
    assert "<audio" not in client.get("/en/code/draft/art_1/").text


def _upload(organizer: FlaskClient, content: bytes, **changed: str) -> tuple[int, str]:
    """Post the form as a browser does (the client would leave a large file open)."""
    page = organizer.get(DESK).text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    fields = {"csrf_token": token, "action": "keep", "subject": "art_1_position", "language": "en"}
    body = b"".join(
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {**fields, **changed}.items()
    )
    file = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="sound.mp3"\r\n\r\n'
    response = organizer.post(
        DESK,
        data=b"".join((body, file, content, b"\r\n--edge--\r\n")),
        content_type="multipart/form-data; boundary=edge",
    )
    return response.status_code, response.text


def _kept() -> list[tuple[str, str, str]]:
    return [
        (each.subject, each.language, each.media_type)
        for each in db.session.scalars(select(Recording))
    ]


def test_the_organizer_adds_replaces_and_removes_a_recording(organizer: FlaskClient) -> None:
    assert _upload(organizer, MP3)[0] == 303
    assert _upload(organizer, OPUS)[0] == 303
    assert _kept() == [("art_1_position", "en", "audio/ogg")]
    assert "/en/code/audio/art_1_position/" in organizer.get(DESK).text
    gone = posted(organizer, DESK, action="remove", subject="art_1_position", language="en")
    assert gone.status_code == 303
    assert _kept() == []
    actions = list(db.session.scalars(select(TeamAction.action).order_by(TeamAction.at)))
    assert actions == ["recording.keep", "recording.keep", "recording.remove"]


def test_a_recording_of_two_megabytes_is_taken(organizer: FlaskClient) -> None:
    assert _upload(organizer, MP3 + bytes(LARGEST - len(MP3)))[0] == 303


@pytest.mark.parametrize(
    ("content", "changed", "says"),
    [
        (b"<html>", {}, "not a recording"),
        (b"", {}, "Choose a file first"),
        (MP3 + bytes(LARGEST), {}, "2 MB at most"),
        (MP3, {"subject": "nothing"}, "could not be done"),
        (MP3, {"language": "sw"}, "could not be done"),
    ],
)
def test_what_cannot_be_kept_is_told(
    organizer: FlaskClient, content: bytes, changed: dict[str, str], says: str
) -> None:
    status, page = _upload(organizer, content, **changed)
    assert status == 422
    assert says in page
    assert _kept() == []
