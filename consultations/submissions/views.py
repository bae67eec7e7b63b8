"""Answering: the questionnaire page by page, check, send, receipt."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue

from consultations.clock import today
from consultations.errors import ConsultationsError, RoundNotOpen
from consultations.i18n import page_language
from consultations.questionnaires.answers import check
from consultations.questionnaires.journey import Page
from consultations.questionnaires.structure import Question
from consultations.rounds.models import Consultation
from consultations.rounds.plan import declared_dimensions
from consultations.rounds.queries import consultation, current_round
from consultations.submissions import burst
from consultations.submissions.first_page import FirstPage
from consultations.submissions.form import EVERYTHING, AnswerForm, answer_form
from consultations.submissions.marks import marks_of
from consultations.submissions.receipts import receipt_code, receipt_hash
from consultations.submissions.sealing import SealError
from consultations.submissions.services import send
from consultations.submissions.shown import (
    answers_shown,
    fault,
    fields,
    introduction,
    page_title,
    provision_shown,
)
from consultations.submissions.standing import Standing, standing
from consultations.submissions.state import FormState, read_state
from consultations.web import access
from consultations.web.frames import HOLE, framed, pieces
from consultations.web.limits import many_from_here
from consultations.web.templating import offer_languages

pages = Blueprint("submissions", __name__)

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422


@pages.route("/<lang>/<slug>/answer/", methods=["GET", "POST"])
@access.public
def answer(slug: str) -> ResponseReturnValue:
    """The questionnaire of the open round."""
    open_now = standing(slug)
    offer_languages(open_now.languages)
    if open_now.form is None:
        return _not_open(consultation(slug))
    return _posted(open_now.form) if request.method == "POST" else _first(open_now, open_now.form)


def _first(open_now: Standing, form: AnswerForm) -> ResponseReturnValue:
    """The same for everyone in a language: made once, and sent as it is."""
    kept, key = open_now.first_pages, (page_language(), request.script_root)
    if key not in kept:
        kept[key] = FirstPage.of(_page(form, form.first_page(), FormState("", EVERYTHING)))
    return kept[key].response()


def _posted(form: AnswerForm) -> ResponseReturnValue:
    state = _state(form) or form.begin()
    shown = form.pages(state.drawn)
    step = (request.form.getlist("_step") or ["next"])[-1]
    if state.page >= len(shown):
        return _sent(form, state) if step in ("send", "next") else _turn(form, state, step)
    page = shown[state.page]
    checked = check(page.questions, request.form.to_dict(flat=False))
    state = state.answering(page.questions, checked.answers)
    if checked.errors and step == "next":
        return _page(form, page, state, checked.errors), UNPROCESSABLE
    return _turn(form, state, step)


def _turn(form: AnswerForm, state: FormState, step: str) -> ResponseReturnValue:
    """Another page of the form: the next, the one before, or a numbered one."""
    shown = form.pages(state.drawn)
    wanted = {"next": state.page + 1, "back": state.page - 1}.get(step, state.page)
    if step.isdecimal():
        wanted = int(step[:4]) - 1
    state = state.at(min(max(wanted, 0), len(shown)))
    if state.page == len(shown):
        return _check_page(form, state)
    return _page(form, shown[state.page], state)


def _sent(form: AnswerForm, state: FormState) -> ResponseReturnValue:
    for number, page in enumerate(form.pages(state.drawn)):
        errors = check(page.questions, fields(page.questions, state.answers)).errors
        if errors:
            return _page(form, page, state.at(number), errors), UNPROCESSABLE
    if wrong := burst.faults(form.round, state.token):
        return _check_page(form, state, wrong), UNPROCESSABLE
    code = receipt_code(state.token, secret=_secret())
    send(
        form.round,
        form.whole(state),
        language=page_language(),
        given=form.given(state),
        consent={"take_part": True},
        receipt_hash=receipt_hash(code, secret=_secret()),
        on=today(form.consultation.time_zone),
        marks=marks_of(request.form, many_from_here=many_from_here()),
    )
    return code.join(
        pieces(
            form.kept,
            "submissions/receipt.html",
            consultation=form.consultation,
            round=form.round,
            code=HOLE,
        )
    )


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
    return render_template(
        "submissions/closed.html",
        consultation=about,
        round=current_round(about),
        sections=[each for each in sections if each["answers"]],
    ), status


def _closed_form(about: Consultation) -> tuple[AnswerForm | None, FormState | None]:
    """The form that was posted too late, and how far it had come."""
    asked = [each for each in reversed(about.rounds) if each.questionnaire_version_id]
    if request.method != "POST" or not asked:
        return None, None
    for each in asked:
        form = answer_form(about, each)
        try:
            state = _state(form)
        except SealError:
            continue
        return form, state or form.begin()
    return answer_form(about, asked[0]), None


def _typed(form: AnswerForm, state: FormState | None) -> FormState:
    """The state with whatever valid answers this post brought."""
    state = state or form.begin()
    posted = [each for each in form.questionnaire.questions if each.name in request.form]
    return state.answering(tuple(posted), check(posted, request.form.to_dict(flat=False)).answers)


def _page(
    form: AnswerForm,
    page: Page,
    state: FormState,
    errors: Mapping[str, ConsultationsError] | None = None,
) -> str:
    errors = errors or {}
    values = state.answers | _as_typed(page.questions, errors)
    return framed(
        form.kept,
        "submissions/answer.html",
        consultation=form.consultation,
        step={
            "number": state.page + 1,
            "total": len(form.pages(state.drawn)) + 1,
            "title": page_title(form, page),
            "introduction": introduction(page),
        },
        provision=provision_shown(form, page),
        provisions=form.provisions,
        questions=page.questions,
        values=values,
        errors={name: fault(form.questionnaire, name, each) for name, each in errors.items()},
        reasons={each.name: each.why for each in declared_dimensions(form.consultation.plan)},
        sealed=_sealed(form, state) if state.token else None,
    )


def _check_page(form: AnswerForm, state: FormState, errors: Mapping[str, str] | None = None) -> str:
    return framed(
        form.kept,
        "submissions/check.html",
        consultation=form.consultation,
        step={"number": state.page + 1, "total": state.page + 1},
        sealed=_sealed(form, state),
        sections=answers_shown(form, state),
        errors=errors or {},
        **burst.asked(form.round, state.token),
    )


def _as_typed(questions: tuple[Question, ...], errors: Mapping[str, object]) -> dict[str, Any]:
    """What was typed into the fields that could not be taken, to give it back."""
    names = {name for each in questions for name in each.fields}
    typed = {name: request.form.getlist(name) for name in names & set(errors)}
    multiple = {each.name for each in questions if each.kind == "multiple"}
    return {
        name: values if name in multiple else (values or [""])[-1] for name, values in typed.items()
    }


def _state(form: AnswerForm) -> FormState | None:
    sealed = request.form.get("_sealed")
    return read_state(sealed, secret=_secret(), form=form.name) if sealed else None


def _sealed(form: AnswerForm, state: FormState) -> str:
    return state.sealed(secret=_secret(), form=form.name)


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])
