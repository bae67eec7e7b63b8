"""The pages of the form: a page of questions, the check page, the receipt, the saved form."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, render_template, request
from markupsafe import Markup

from consultations.errors import ConsultationsError
from consultations.questionnaires.answer import Answers
from consultations.questionnaires.drawing import choosable
from consultations.questionnaires.journey import Page
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.listening import addresses
from consultations.questionnaires.structure import Question
from consultations.rounds.models import Consultation, Round
from consultations.submissions import burst
from consultations.submissions.form import AnswerForm
from consultations.submissions.shown import (
    asked_as,
    fault_of,
    introduction,
    norms_shown,
    page_title,
    provision_shown,
)
from consultations.submissions.state import FormState, read_state
from consultations.submissions.told import answers_told
from consultations.web.failures import sentence
from consultations.web.frames import HOLE, framed, here, in_frame, pieces

Errors = Mapping[str, ConsultationsError]


def screen(form: AnswerForm, state: FormState, errors: Errors | None = None) -> str:
    """The page on which a participant stands: questions, or the check after the last of them."""
    pages = form.pages(state.drawn)
    if state.page >= len(pages):
        return check_page(form, state)
    return questions_page(form, pages[state.page], state, errors)


def questions_page(
    form: AnswerForm, page: Page, state: FormState, errors: Errors | None = None
) -> str:
    """A page of questions, with what was typed where it could not be taken."""
    errors = errors or {}
    questions = form.shown(page, state)
    asked = tuple(asked_as(form, each, state) for each in questions)
    by_name = {each.name: each for each in asked}
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
        provision=provision_shown(form, page.provision if page.kind == "in_depth" else None),
        provisions=form.provisions,
        norms=norms_shown(form, questions),
        questions=asked,
        numbers=form.numbers,
        runs=runs(form, asked, state),
        recordings=addresses(form.consultation.slug, form.recordings),
        required=any(each.required for each in questions),
        values=state.answers | _as_typed(questions, errors),
        errors={name: fault_of(by_name.get(name), each) for name, each in errors.items()},
        reasons=form.reasons,
        sealed=sealed(form, state) if state.token else None,
    )


def check_page(form: AnswerForm, state: FormState, errors: Mapping[str, str] | None = None) -> str:
    """All answers in words, before they are sent; `errors` are sentences.

    Where nothing is asked on it, and nothing is wrong, all but the answers is rendered once.
    """
    template, more = "submissions/check.html", choosable(form.questionnaire, state.drawn)
    told, hidden = answers_told(form, state), sealed(form, state)
    asked = {"files": form.files(state), **burst.asked(form.round, state.token)}
    values = {
        "consultation": form.consultation,
        "step": {"number": state.page + 1, "total": state.page + 1},
        "more": [form.provisions[eid] for eid in more],
        "replaces": bool(state.replaces),
        "errors": errors or {},
        **asked,
    }
    if errors or any(asked.values()):
        return framed(form.kept, template, **values, sealed=hidden, told=Markup(told))  # noqa: S704
    found, of = here(form.kept), (state.page, more, bool(state.replaces))
    holes = {"layout": "inner.html", "hole": HOLE, "sealed": HOLE, "told": HOLE}
    title, before, between, after = pieces(found, template, of, **values, **holes)
    return in_frame(found, title, "".join((before, hidden, between, told, after)))


def receipt_page(form: AnswerForm, code: str, *, replaced: bool) -> str:
    """The receipt of an answer that is safe."""
    values = {"consultation": form.consultation, "round": form.round, "replaced": replaced}
    found = here(form.kept)
    return code.join(pieces(found, "submissions/receipt.html", replaced, **values, code=HOLE))


def saved_page(form: AnswerForm, state: FormState, *, born: bool) -> str:
    """The form is saved: its code, shown only when it was just `born`."""
    return render_template(
        "submissions/saved.html",
        consultation=form.consultation,
        round=form.round,
        code=state.code if born else None,
        sealed=sealed(form, state),
    )


def resume_page(form: AnswerForm, errors: Errors | None = None) -> str:
    """Where a save-and-return code is typed; what was typed comes back with its error."""
    return render_template(
        "submissions/resume.html",
        consultation=form.consultation,
        value=request.form.get("code", ""),
        errors={name: sentence(each) for name, each in (errors or {}).items()},
    )


def withdraw_page(form: AnswerForm, ticket: str, *, done: bool) -> str:
    """Asks once more before an answer is deleted, and says that it was."""
    return render_template(
        "submissions/withdraw.html", consultation=form.consultation, ticket=ticket, done=done
    )


def closed_page(
    about: Consultation, of: Round | None, sections: Sequence[Mapping[str, Any]]
) -> str:
    """No round is open: when it is or was, and what had been written."""
    return render_template(
        "submissions/closed.html",
        consultation=about,
        round=of,
        sections=[each for each in sections if each["answers"]],
    )


def state_in(form: AnswerForm) -> FormState | None:
    """Where the participant stands who posted this form; None on the first page. SealError."""
    posted = request.form.get("_sealed")
    return read_state(posted, secret=secret(), form=form.name) if posted else None


def sealed(form: AnswerForm, state: FormState) -> str:
    """The state for the form's hidden field."""
    return state.sealed(secret=secret(), form=form.name)


def secret() -> str:
    """What the application's keys are derived from."""
    return str(current_app.config["SECRET_KEY"])


def runs(
    form: AnswerForm, questions: tuple[Question, ...], state: FormState
) -> list[dict[str, Any]]:
    """The questions (see `asked_as`) as they stand on the page, the rows of a matrix together."""
    runs: list[dict[str, Any]] = []
    for question in questions:
        section = form.questionnaire.section(question.section)
        matrix = section if section and section.layout == "matrix" and question.choices else None
        choices = form.choices(question, state)
        last = runs[-1] if runs else {}
        if matrix and last.get("matrix") == matrix and last["choices"] == choices:
            last["questions"].append(question)
        else:
            runs.append({"matrix": matrix, "questions": [question], "choices": choices})
    return runs


def _as_typed(questions: tuple[Question, ...], errors: Errors) -> Answers:
    """What was typed into the fields that could not be taken, to give it back."""
    several = {each.name for each in questions if KINDS[each.kind].several}
    typed = {
        name: request.form.getlist(name)
        for each in questions
        for name in each.fields
        if name in errors
    }
    return {
        name: values if name in several else (values or [""])[-1] for name, values in typed.items()
    }
