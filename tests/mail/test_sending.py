"""Messages are composed in the reader's language and handed over without a trace in the log."""

import logging
import smtplib
import stat
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from flask import Flask

from consultations.config import Settings
from consultations.mail import sending
from consultations.mail.composing import compose
from consultations.mail.sending import NoMailServer, post_office

ADDRESS = "amina@mail.example"


class Server:
    """A mail server that takes every message but one."""

    taken: list[EmailMessage]

    def __init__(self, host: str, port: int, timeout: float) -> None:
        Server.taken = []
        assert (host, port) == ("mail.example", 25)
        assert timeout > 0

    def send_message(self, message: EmailMessage) -> None:
        if message["To"] != ADDRESS:
            raise smtplib.SMTPRecipientsRefused({message["To"]: (550, b"no such mailbox")})
        Server.taken.append(message)

    def close(self) -> None:
        pass


@pytest.fixture
def with_server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that name a mail server."""
    monkeypatch.setattr(sending, "SMTP", Server)
    values = {"mail_server": "mail.example", "mail_port": 25, "mail_security": "none"}
    return settings.model_copy(update=values)


def a_message(app: Flask, language: str = "en", **values: Any) -> EmailMessage:
    """An invitation."""
    told = {"organizer": "Secretariat", "title": "Draft\nCode", "link": "https://x.example/#1"}
    values = {"to": ADDRESS, "sender": "team@forum.example", "name": "Secretariat", **values}
    with app.test_request_context():
        return compose("invitation", language, **told, **values)


def test_a_message_is_plain_text_with_a_subject(app: Flask) -> None:
    message = a_message(app)
    assert message["Subject"] == "You are invited: Draft Code"
    assert message["From"] == "Secretariat <team@forum.example>"
    assert message.get_content_type() == "text/plain"
    assert "https://x.example/#1" in message.get_content()


def test_names_cannot_add_lines_to_the_head(app: Flask) -> None:
    message = a_message(app, name="Secretariat\r\nBcc: other@mail.example")
    assert message["Bcc"] is None


def test_a_language_that_the_interface_lacks_gets_the_nearest(app: Flask) -> None:
    assert a_message(app, "sw")["Content-Language"] == "sw"


def test_without_a_server_messages_are_written_into_the_outbox(
    app: Flask, settings: Settings
) -> None:
    with post_office(settings) as hand_over:
        assert hand_over(a_message(app))
    (path,) = (settings.instance / "outbox").iterdir()
    read = message_from_bytes(path.read_bytes(), policy=default)
    assert read["To"] == ADDRESS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "amina" not in path.name


def test_a_server_takes_messages(app: Flask, with_server: Settings) -> None:
    with post_office(with_server) as hand_over:
        assert hand_over(a_message(app))
    assert [each["To"] for each in Server.taken] == [ADDRESS]


def test_a_refused_message_is_told_and_its_address_is_not_logged(
    app: Flask, with_server: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with post_office(with_server) as hand_over:
        assert not hand_over(a_message(app, to="gone@mail.example"))
        assert hand_over(a_message(app))
    assert "SMTPRecipientsRefused" in caplog.text
    assert "gone" not in caplog.text


def test_a_server_that_does_not_answer_is_told(settings: Settings) -> None:
    values = {"mail_server": "127.0.0.1", "mail_port": 9, "mail_security": "none"}
    with pytest.raises(NoMailServer), post_office(settings.model_copy(update=values)):
        pass
