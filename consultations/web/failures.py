"""One handler turns every error into a page in the reader's language with the right status."""

from flask import Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import BadHost, HTTPException

from consultations.db import db
from consultations.errors import ConsultationsError, Forbidden, NotFound, TooLarge
from consultations.words import N_

SENTENCES = {
    400: N_("The server could not read what was sent. Go back and try again."),
    403: Forbidden.message,
    404: NotFound.message,
    405: N_("This page cannot take what was sent to it."),
    413: TooLarge.message,
    429: N_("Too many tries. Wait a minute and try again."),
    500: N_("Something went wrong on our side. Nothing you sent was lost without a receipt."),
    503: N_("The server is busy. Wait a minute and send again."),
}


def sentence(error: ConsultationsError) -> str:
    """An error's sentence in the language of the page."""
    return str(gettext(error.message, **error.values) if error.values else gettext(error.message))


def _page(message: str, status: int) -> ResponseReturnValue:
    return render_template("errors/error.html", message=message, status=status), status


def _refused(error: ConsultationsError) -> ResponseReturnValue:
    return _page(sentence(error), error.status)


def _failed(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400 or isinstance(error, BadHost):
        return error.get_response()  # without a host no page can be linked to
    message = SENTENCES.get(error.code) or SENTENCES[400 if error.code < 500 else 500]
    return _page(gettext(message), error.code)


def _stale(_error: CSRFError) -> ResponseReturnValue:
    message = N_("This form was open for too long. Go back, reload the page and send it again.")
    return _page(gettext(message), 400)


def _busy(error: Exception) -> ResponseReturnValue:
    """The database is locked, gone, or has no connection left: what was sent may be sent again."""
    current_app.logger.warning("The database could not be used: %s", error)
    db.session.rollback()
    g.without_account = True  # which only the database could tell
    return _page(gettext(SENTENCES[503]), 503)


def init_app(app: Flask) -> None:
    """Handle every error in one place."""
    app.register_error_handler(ConsultationsError, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _failed)
    for failure in (OperationalError, NoConnectionLeft):
        app.register_error_handler(failure, _busy)
