"""Commenting on a provision, for oneself, without an account."""

import hashlib
from dataclasses import asdict

from flask import Blueprint, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue

from consultations.clock import today
from consultations.comments.forms import (
    SEND,
    SHOW,
    CommentForm,
    next_provision,
    others_on,
    provision_commented,
    wanted_step,
)
from consultations.comments.services import send_comment
from consultations.comments.shown import comments_shown
from consultations.errors import RoundNotOpen
from consultations.i18n import page_language
from consultations.rounds.models import Consultation, Round
from consultations.rounds.queries import consultation, current_round, open_round
from consultations.submissions.receipts import form_token, receipt_code, receipt_hash
from consultations.submissions.sealing import seal, unseal
from consultations.web import access
from consultations.web.templating import offer_languages

pages = Blueprint("comments", __name__)

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


@pages.route("/<lang>/<slug>/comment/<eid>/", methods=["GET", "POST"])
@access.public
def comment(slug: str, eid: str) -> ResponseReturnValue:
    """The comment form of a provision, for individuals."""
    about = consultation(slug)
    offer_languages(about.languages)
    of = current_round(about)
    form = CommentForm(provision_commented(of, eid))
    token = _token(about, eid)
    if request.method == "GET":
        return _page(about, form, token) if open_round(about) else _closed(about, of, form)
    fits = form.take()
    if fits and wanted_step() == SEND and of is not None:
        return _sent(about, of, form, token)
    if open_round(about) is None:
        return _closed(about, of, form)
    form.compare()
    if wanted_step() == SHOW:
        form.errors = {}
    return _page(about, form, token), UNPROCESSABLE if form.errors else OK


def _sent(about: Consultation, of: Round, form: CommentForm, token: str) -> ResponseReturnValue:
    code = receipt_code(_token_of_words(token, form), secret=_secret())
    try:
        send_comment(
            of,
            form.provision.wid,
            form.said,
            language=page_language(),
            receipt_hash=receipt_hash(code, secret=_secret()),
            on=today(about.time_zone),
        )
    except RoundNotOpen:
        return _closed(about, of, form)
    return render_template(
        "comments/thanks.html",
        consultation=about,
        provision=form.provision,
        code=code,
        next=next_provision(form.provision),
    )


def _closed(about: Consultation, of: Round | None, form: CommentForm) -> ResponseReturnValue:
    """No round is open: what was typed comes back."""
    typed = form.typed()
    page = render_template(
        "submissions/closed.html",
        consultation=about,
        round=of,
        sections=[{"title": form.provision.number, "answers": typed}] if typed else [],
    )
    return page, CONFLICT if request.method == "POST" else OK


def _page(about: Consultation, form: CommentForm, token: str) -> Response:
    sealed = seal({"token": token}, secret=_secret(), form=_form(about, form.provision.eid))
    page = render_template(
        "comments/comment.html",
        consultation=about,
        organisation=None,
        others=comments_shown(others_on(about, form.provision)),
        sealed=sealed,
        **form.shown(),
    )
    response = make_response(page)
    response.cache_control.no_store = True
    return response


def _token(about: Consultation, eid: str) -> str:
    """The token sealed into the form; a new one where the form carries none."""
    sealed = request.form.get("_sealed")
    if not sealed:
        return form_token()
    return str(unseal(sealed, secret=_secret(), form=_form(about, eid))["token"])


def _token_of_words(token: str, form: CommentForm) -> str:
    """Another comment written into the same page, after going back, has another receipt."""
    words = "\0".join(asdict(form.said).values())
    return f"{token} {hashlib.sha256(words.encode()).hexdigest()}"


def _form(about: Consultation, eid: str) -> str:
    return f"{about.slug}/comment/{eid}"


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
