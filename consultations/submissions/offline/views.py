"""Answering without a connection: a form to keep on the phone, and what comes back from it."""

from urllib.parse import parse_qs

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from consultations.errors import ConsultationsError
from consultations.i18n import page_language
from consultations.resources import static
from consultations.rounds.queries import consultation
from consultations.submissions import burst, screens
from consultations.submissions.form import AnswerForm
from consultations.submissions.marks import marks_of
from consultations.submissions.offline.lock import LockError, unlock
from consultations.submissions.offline.screens import assisted_page, kept_page
from consultations.submissions.offline.whole_form import (
    ASSISTED,
    OFFLINE,
    NotAgreed,
    NotTaken,
    begun,
    take_in,
)
from consultations.submissions.shown import fault
from consultations.submissions.standing import form_of, open_form
from consultations.submissions.state import FormState
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.headers import connecting
from consultations.web.limits import many_from_here

pages = Blueprint("offline", __name__)

MOST_FIELDS = 5_000
UNPROCESSABLE = 422
JSON = "application/json"


@pages.route("/<lang>/<slug>/answer/offline/", methods=["GET", "POST"])
@access.public
def kept(slug: str) -> ResponseReturnValue:
    """A participant's own form: kept, and sent once there is a connection."""
    if request.form.get("_step") == "send":
        return connecting(_sent(slug))
    form = open_form(slug)
    state = _begun(form) if request.method == "POST" else None
    blank = request.form.get("_step") == "keep"  # what is typed is not to be kept with the page
    return connecting(kept_page(form, state, blank=blank))


@pages.route("/<lang>/<slug>/answer/offline/assisted/", methods=["GET", "POST"])
@access.public
def assisted(slug: str) -> ResponseReturnValue:
    """A facilitator's forms: the page is kept on the phone, locked answers come back here."""
    if request.method == "GET":
        return connecting(assisted_page(open_form(slug)))
    try:
        _take_locked(slug, request.form.get("record", ""))
    except ConsultationsError as error:
        return {"message": sentence(error)}, error.status
    return {"taken": True}


@pages.get("/<lang>/<slug>/answer/offline/worker.js")
@access.public
def worker(slug: str) -> ResponseReturnValue:
    """The script that answers for the server while there is no connection."""
    consultation(slug)
    source = (static() / "offline-worker.js").read_text()
    return connecting(Response(source, mimetype="text/javascript"))


def _begun(form: AnswerForm) -> FormState:
    """A new form, or the one that was posted, with what was typed on its last page."""
    posted = screens.state_in(form)
    if posted and posted.channel == ASSISTED:  # somebody else's, who is asked in another place
        raise NotAgreed
    state = begun(form, OFFLINE, posted)
    at = form.pages(state.drawn)[state.page : state.page + 1]
    typed = request.form.to_dict(flat=False)
    if at and set(typed) & {each.name for each in at[0].questions}:
        state = state.answering(at[0].questions, form.check(at[0], state, typed).answers)
    return state


def _sent(slug: str) -> ResponseReturnValue:
    """What a participant's phone sent: the receipt, or what is wrong."""
    secret = screens.secret()
    sent = request.form.to_dict(flat=False)
    plain = request.accept_mimetypes.best != JSON
    try:
        form, state = form_of(slug, request.form.get("_sealed", ""), secret=secret)
        if burst.faults(form.round, state.token):
            return _asked(form, state.token)
        marks = marks_of(request.form, many_from_here=many_from_here())
        code = take_in(form, state, sent, secret=secret, language=page_language(), marks=marks)
    except NotTaken as error:
        if plain:
            return kept_page(form, state, error.errors), UNPROCESSABLE
        errors = {each: fault(form.questionnaire, each, why) for each, why in error.errors.items()}
        return {"message": sentence(error), "errors": errors}, UNPROCESSABLE
    except ConsultationsError as error:
        if plain:
            raise
        return {"message": sentence(error)}, error.status
    return screens.receipt_page(form, code, replaced=False) if plain else {"receipt": code}


def _asked(form: AnswerForm, token: str) -> ResponseReturnValue:
    """While the team has declared a burst, there is one plain question more."""
    [(field, why)] = burst.faults(form.round, token).items()
    question = burst.asked(form.round, token)["question"]
    return {"message": why, "errors": {field: why}, "question": question}, UNPROCESSABLE


def _take_locked(slug: str, record: str) -> None:
    """Open one locked record and store what is in it."""
    secret = screens.secret()
    sent = _fields(unlock(record, secret=secret))
    form, state = form_of(slug, (sent.get("_sealed") or [""])[0], secret=secret)
    if state.channel != ASSISTED:
        raise LockError
    take_in(form, state, sent, secret=secret, language=page_language())


def _fields(written: str) -> dict[str, list[str]]:
    """What a phone's form held: field -> values; raises LockError for more than any form holds."""
    try:
        return parse_qs(written, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise LockError from error
