"""Answering: the questionnaire page by page, check, send, receipt; saving it and coming back."""

import json
from contextlib import suppress
from dataclasses import replace

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from consultations.codes import new_code
from consultations.db import db
from consultations.errors import ConsultationsError, NotFound, RoundNotOpen
from consultations.i18n import page_language, reading_language
from consultations.questionnaires.answer import MissingError
from consultations.questionnaires.answers import check
from consultations.questionnaires.drawing import choosable, choose
from consultations.rounds.models import Consultation
from consultations.rounds.queries import consultation, current_round
from consultations.submissions import burst, copies, screens
from consultations.submissions.at_hand import put_before
from consultations.submissions.files import files_sent
from consultations.submissions.first_page import FirstPage
from consultations.submissions.form import EVERYTHING, AnswerForm, answer_form
from consultations.submissions.handing_in import hand_in
from consultations.submissions.marks import marks_of
from consultations.submissions.models import Submission
from consultations.submissions.offline.whole_form import ASSISTED, NotAgreed
from consultations.submissions.queries import receipt_spent, submission_with_receipt
from consultations.submissions.receipts import receipt_of
from consultations.submissions.returning import UnknownCode, saved_state
from consultations.submissions.sealing import SealError
from consultations.submissions.services import save_form, withdraw
from consultations.submissions.shown import answers_shown, fields
from consultations.submissions.standing import Standing, form_of, hold, open_form, standing
from consultations.submissions.state import FormState
from consultations.submissions.storing import AnswerSpent
from consultations.submissions.uploads import MOST_BYTES
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.guesses import guessed
from consultations.web.limits import many_from_here
from consultations.web.templating import offer_languages

pages = Blueprint("submissions", __name__)
pages.record_once(lambda setup: put_before(setup.app))

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


@pages.route("/<lang>/<slug>/answer/", methods=["GET", "POST"])
@access.public
def answer(slug: str) -> ResponseReturnValue:
    """The questionnaire of the open round.

    What is posted is answered by what stood open a moment ago; what that refuses, or may not store,
    by what stands open now.
    """
    if request.method == "POST":
        with suppress(ConsultationsError):
            return _answer(slug, standing(slug, lately=True))
    return _answer(slug, standing(slug))


def _answer(slug: str, open_now: Standing) -> ResponseReturnValue:
    offer_languages(open_now.languages)
    if open_now.form is None:
        return _not_open(consultation(slug))
    return _posted(open_now.form) if request.method == "POST" else _first(open_now, open_now.form)


@pages.route("/<lang>/<slug>/resume/", methods=["GET", "POST"])
@access.public
def resume(slug: str) -> ResponseReturnValue:
    """Come back to a saved form, or go on after coming in with an invitation."""
    form = open_form(slug)
    if request.method == "GET":
        return screens.resume_page(form)
    try:
        state = saved_state(form, request.form.get("code", ""), secret=screens.secret())
    except ConsultationsError as error:
        told = guessed(error) if isinstance(error, UnknownCode) else error
        return screens.resume_page(form, {"code": told}), told.status
    return screens.screen(form, state)


@pages.post("/<lang>/<slug>/change/")
@access.public
def change(slug: str) -> ResponseReturnValue:
    """Answer once more, from an empty form: the receipt says which answer gives way."""
    form = open_form(slug)
    submission, keyed = _sent_before(form)
    return screens.screen(form, form.begin_again(submission, receipt_hash=keyed))


@pages.post("/<lang>/<slug>/withdraw/")
@access.public
def withdraw_answer(slug: str) -> ResponseReturnValue:
    """Take an answer back for good, after asking once more."""
    form = open_form(slug)
    _, keyed = _sent_before(form)
    done = request.form.get("_step") == "withdraw"
    if done:
        withdraw(form.round, receipt_hash=keyed)
        db.session.commit()
    return screens.withdraw_page(form, request.form["_ticket"], done=done)


def _sent_before(form: AnswerForm) -> tuple[Submission, str]:
    """The answer whose ticket was posted, and its receipt's hash; raises AnswerSpent, NotFound."""
    keyed = receipt_of(request.form.get("_ticket", ""), secret=screens.secret())
    found = submission_with_receipt(keyed)
    if found is None or found.round_id != form.round.id:
        raise AnswerSpent if receipt_spent(keyed) else NotFound
    return found, keyed


def _first(open_now: Standing, form: AnswerForm) -> ResponseReturnValue:
    """The same for everyone in a language: made once, and sent as it is."""
    kept, key = open_now.first_pages, (page_language(), request.script_root)
    if key not in kept:
        state = FormState("", EVERYTHING)
        kept[key] = FirstPage.of(screens.questions_page(form, form.first_page(), state))
    return kept[key].response()


def _posted(form: AnswerForm) -> ResponseReturnValue:
    if form.most_files:
        request.max_content_length = (
            form.most_files * MOST_BYTES + (current_app.config["MAX_CONTENT_LENGTH"])
        )
    state = screens.state_in(form) or form.begin()
    if state.channel == ASSISTED:  # here nobody is asked whether the person agreed
        raise NotAgreed
    found = form.pages(state.drawn)
    step = (request.form.getlist("_step") or ["next"])[-1]
    if step == "go-on":  # from the page that says that all is saved: no question stands on it
        return screens.screen(form, state)
    if state.page >= len(found):
        return _sent(form, state) if step in ("send", "next") else _turn(form, state, step)
    page = found[state.page]
    checked = form.check(page, state, request.form.to_dict(flat=False))
    state = state.answering(page.questions, checked.answers)
    errors = checked.errors if step in ("next", "save") else {}
    if step == "save":  # what is still missing may come later
        errors = {name: each for name, each in errors.items() if not isinstance(each, MissingError)}
    if errors:
        return screens.questions_page(form, page, state, errors), UNPROCESSABLE
    return _turn(form, state, step)


def _turn(form: AnswerForm, state: FormState, step: str) -> ResponseReturnValue:
    """Where a button leads: on, back, to a numbered page, to one more provision, or away."""
    if step == "save":
        return _saved(form, state)
    if step in copies.STEPS:
        title = form.questionnaire.title or form.consultation.title
        return copies.answers_file(step, answers_shown(form, state), reading_language(), title)
    if step in ("next", "back"):
        return screens.screen(form, form.step(state, forward=step == "next"))
    if step.isdecimal():
        number = min(max(int(step[:4]), 1), len(form.pages(state.drawn)) + 1)
        return screens.screen(form, state.at(number - 1))
    if step == "choose" and (eid := request.form.get("_provision", "")):
        return screens.screen(form, _with_one_more(form, state, eid))
    return screens.screen(form, state)


def _with_one_more(form: AnswerForm, state: FormState, eid: str) -> FormState:
    """The state on the page of a provision that the participant chose in addition."""
    if eid not in choosable(form.questionnaire, state.drawn):
        return state
    drawn = choose(state.drawn, eid)
    chosen = replace(state, drawn=drawn)
    for number, page in enumerate(form.pages(drawn)):
        if page.kind == "in_depth" and page.provision == eid:
            return chosen.at(number)
    return chosen.at(len(form.pages(drawn)))


def _saved(form: AnswerForm, state: FormState) -> ResponseReturnValue:
    """Keep the unfinished form under its participant's code, which is born here the first time."""
    born = not state.code
    if born:
        state = replace(state, code=new_code())
    hold(form)
    save_form(form.round, state.code, json.dumps(state.to_json()), secret=screens.secret())
    db.session.commit()
    return screens.saved_page(form, state, born=born)


def _sent(form: AnswerForm, state: FormState) -> ResponseReturnValue:
    for number, page in enumerate(form.pages(state.drawn)):
        sent = fields(form.shown(page, state), state.answers)
        if errors := form.check(page, state, sent).errors:
            return screens.questions_page(form, page, state.at(number), errors), UNPROCESSABLE
    files, wrong = files_sent(form.files(state), request.files)
    wrong |= burst.faults(form.round, state.token)
    if wrong:
        return screens.check_page(form, state, wrong), UNPROCESSABLE
    try:
        code = hand_in(
            form,
            state,
            secret=screens.secret(),
            language=page_language(),
            marks=marks_of(request.form, many_from_here=many_from_here()),
            files=files,
        )
    except AnswerSpent as error:
        return screens.check_page(form, state, {"main": sentence(error)}), CONFLICT
    return screens.receipt_page(form, code, replaced=bool(state.replaces))


def _not_open(about: Consultation) -> ResponseReturnValue:
    """No round is open: what was typed comes back, and what was sent before shows its receipt."""
    form, state = _closed_form(about)
    if form and state and state.page >= len(form.pages(state.drawn)):
        try:
            return _sent(form, state)
        except RoundNotOpen:
            pass
    status = CONFLICT if request.method == "POST" else OK
    sections = answers_shown(form, _typed(form, state)) if form else []
    return screens.closed_page(about, current_round(about), sections), status


def _closed_form(about: Consultation) -> tuple[AnswerForm | None, FormState | None]:
    """The form that was posted too late, and how far it had come."""
    asked = [each for each in reversed(about.rounds) if each.questionnaire_version_id]
    if request.method != "POST" or not asked:
        return None, None
    try:
        return form_of(about.slug, request.form.get("_sealed", ""), secret=screens.secret())
    except SealError:
        return answer_form(about, asked[0]), None


def _typed(form: AnswerForm, state: FormState | None) -> FormState:
    """The state with whatever valid answers this post brought."""
    state = state or form.begin()
    posted = [each for each in form.questionnaire.questions if each.name in request.form]
    return state.answering(tuple(posted), check(posted, request.form.to_dict(flat=False)).answers)
