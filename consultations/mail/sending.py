"""Handing messages over: to the mail server of the settings, or into a folder.

No address is ever logged: what went wrong is told by its kind alone.
"""

import logging
import secrets
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from smtplib import SMTP, SMTP_SSL, SMTPException

from consultations.config import Settings
from consultations.errors import ConsultationsError
from consultations.words import N_

log = logging.getLogger(__name__)

SECONDS = 15
OUTBOX = "outbox"

HandOver = Callable[[EmailMessage], bool]
"""Hands one message over; says whether it was taken."""


class NoMailServer(ConsultationsError):
    """The mail server did not answer, or refused our name."""

    status = 503
    message = N_("The mail server could not be used, so nothing was sent. Please try again later.")


@contextmanager
def post_office(settings: Settings) -> Iterator[HandOver]:
    """What takes messages: a connection to the mail server, else the instance's `outbox`.

    Raises NoMailServer where there should be one.
    """
    if settings.mail_server is None:
        outbox = settings.instance / OUTBOX
        outbox.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield partial(_put_down, outbox)
        return
    try:
        server = _connected(settings)
    except (SMTPException, OSError) as error:
        log.warning("The mail server cannot be used: %s", type(error).__name__)
        raise NoMailServer from None
    try:
        yield partial(_hand_over, server)
    finally:
        server.close()


def _connected(settings: Settings) -> SMTP:
    assert settings.mail_server is not None
    context = ssl.create_default_context()
    where = (settings.mail_server, settings.mail_port)
    if settings.mail_security == "tls":
        server: SMTP = SMTP_SSL(*where, timeout=SECONDS, context=context)
    else:
        server = SMTP(*where, timeout=SECONDS)
    if settings.mail_security == "starttls":
        server.starttls(context=context)
    if settings.mail_user and settings.mail_password:
        server.login(settings.mail_user, settings.mail_password.get_secret_value())
    return server


def _hand_over(server: SMTP, message: EmailMessage) -> bool:
    try:
        server.send_message(message)
    except (SMTPException, OSError, ValueError) as error:
        log.warning("A message was not taken: %s", type(error).__name__)
        return False
    return True


def _put_down(outbox: Path, message: EmailMessage) -> bool:
    path = outbox / f"{secrets.token_hex(16)}.eml"
    path.touch(mode=0o600)
    path.write_bytes(bytes(message))
    return True
