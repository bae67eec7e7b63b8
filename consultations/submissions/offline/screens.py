"""The pages for a phone without a connection: all of a form on one page."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from consultations.errors import ConsultationsError
from consultations.i18n import page_language
from consultations.questionnaires.answer import MissingError
from consultations.questionnaires.answers import ConstraintError
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import Question
from consultations.submissions import screens
from consultations.submissions.form import AnswerForm
from consultations.submissions.offline.lock import public_key
from consultations.submissions.offline.rules import rules
from consultations.submissions.offline.whole_form import ASSISTED, whole_form
from consultations.submissions.receipts import receipt_code
from consultations.submissions.shown import (
    fault,
    introduction,
    norms_shown,
    page_title,
    provision_shown,
)
from consultations.submissions.state import FormState

FILES = (
    "base.css",
    "counter.js",
    "leave.js",
    "logic.js",
    "offline.css",
    "offline.js",
    "offline-assisted.js",
    "offline-form.js",
    "offline-lock.js",
    "offline-rules.js",
    "offline-store.js",
)
"""Everything that the kept pages load: a phone keeps it with them."""


def kept_page(
    form: AnswerForm,
    state: FormState | None = None,
    errors: Mapping[str, ConsultationsError] | None = None,
    *,
    blank: bool = False,
) -> str:
    """What is kept on a participant's phone: before the form is, an explanation.

    A `blank` form does not show what was answered already.
    """
    values = _around(form) | (_whole(form, state, errors or {}) if state else {})
    if blank:
        values["values"] = {}
    return render_template("submissions/offline.html", **values)


def assisted_page(form: AnswerForm) -> str:
    """What is kept on a facilitator's phone, without the forms: they come in a pack."""
    return render_template(
        "submissions/assisted.html", **_around(form), key=public_key(screens.secret())
    )


def prepared(form: AnswerForm, state: FormState) -> dict[str, str]:
    """One form of a facilitator's pack."""
    html = render_template(
        "submissions/offline_form.html", **_around(form), **_whole(form, state, {})
    )
    return {"html": html, "receipt": receipt_code(state.token, secret=screens.secret())}


def _around(form: AnswerForm) -> dict[str, Any]:
    return {
        "consultation": form.consultation,
        "round": form.round,
        "files": [url_for("static", filename=name) for name in FILES],
        "asks_files": form.most_files > 0,
        "rules": rules(form.logic, page_language()) | _said(form),
    }


def _whole(
    form: AnswerForm, state: FormState, errors: Mapping[str, ConsultationsError]
) -> dict[str, Any]:
    return {
        "assisted": state.channel == ASSISTED,
        "seed": state.drawn.order,
        "sealed": screens.sealed(form, state),
        "sections": list(_sections(whole_form(form), state)),
        "provisions": form.provisions,
        "reasons": form.reasons,
        "values": state.answers,
        "errors": {name: fault(form.questionnaire, name, each) for name, each in errors.items()},
        "questions": form.questionnaire.questions,
        "numbers": form.numbers,
    }


def _sections(form: AnswerForm, state: FormState) -> Iterator[dict[str, Any]]:
    """Every page on which anything may be asked."""
    for page in form.pages(state.drawn):
        if page.questions:
            yield {
                "title": page_title(form, page),
                "introduction": introduction(page),
                "provision": provision_shown(
                    form, page.provision if page.kind == "in_depth" else None
                ),
                "norms": norms_shown(form, page.questions),
                "runs": screens.runs(form, page.questions, state),
            }


def _said(form: AnswerForm) -> dict[str, Any]:
    """What to say where an answer is missing, or is not one."""
    asked = [each for each in form.questionnaire.questions if KINDS[each.kind].on_page]
    refused = ConstraintError()
    return {
        "missing": {each.name: _missing(form, each) for each in asked if each.required},
        "refused": {
            each.name: fault(form.questionnaire, each.name, refused)
            for each in asked
            if each.message
        },
        "refused_else": gettext(refused.message),
    }


def _missing(form: AnswerForm, question: Question) -> str:
    return fault(form.questionnaire, question.name, MissingError(KINDS[question.kind].missing))
