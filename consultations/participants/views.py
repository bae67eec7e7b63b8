"""Coming in with a personal code: it is struck off, and another code is shown to go on with."""

import secrets

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from consultations.codes import CodeError, read_code
from consultations.db import db
from consultations.errors import ConsultationsError, RoundNotOpen
from consultations.participants.entering import UnknownCode
from consultations.participants.entitlement import is_entitled, new_entitlement
from consultations.participants.services import strike_off
from consultations.rounds.models import Consultation, Round
from consultations.rounds.queries import consultation, open_round
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.guesses import guessed
from consultations.web.templating import offer_languages

pages = Blueprint("participants", __name__)

OK, CONFLICT = 200, 409


@pages.route("/<lang>/<slug>/invited/", methods=["GET", "POST"])
@access.public
def invited(slug: str) -> ResponseReturnValue:
    """Where a card or a message leads: a personal code is typed, and sent once."""
    about = consultation(slug)
    offer_languages(about.languages)
    of = open_round(about)
    if of is None:
        return _form(about, None), CONFLICT if request.method == "POST" else OK
    if request.method == "GET":
        return _form(about, of)
    try:
        return _entered(about, of, _code_to_go_on_with(of))
    except UnknownCode as error:
        return _refused(about, of, guessed(error))
    except ConsultationsError as error:
        return _refused(about, of, error)


def _code_to_go_on_with(of: Round) -> str:
    """Strike the personal code off; returns the code that takes its place."""
    secret = current_app.config["SECRET_KEY"]
    code = read_code(request.form.get("code", ""))
    if is_entitled(code, secret, of.id):
        return code
    page = request.form.get("_page") or _random_number()
    strike_off(of, code, page=page, secret=secret)
    db.session.commit()
    return new_entitlement(secret, of.id, born_of=f"{page} {code}")


def _form(about: Consultation, of: Round | None, error: ConsultationsError | None = None) -> str:
    said = sentence(error or RoundNotOpen())
    return render_template(
        "participants/invited.html",
        consultation=about,
        round=of,
        page=_random_number(),
        errors={"code": said} if error else {},
        value=request.form.get("code", "") if isinstance(error, CodeError) else "",
    )


def _entered(about: Consultation, of: Round, code: str) -> str:
    return render_template("participants/entered.html", consultation=about, round=of, code=code)


def _refused(about: Consultation, of: Round, error: ConsultationsError) -> ResponseReturnValue:
    db.session.rollback()
    return _form(about, of, error), error.status


def _random_number() -> str:
    return secrets.token_hex(16)
