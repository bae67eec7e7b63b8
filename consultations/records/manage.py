"""Paper at the desk: batches, keying a form in, what two people read differently."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from consultations.accounts.roles import RECORD
from consultations.clock import now
from consultations.db import db
from consultations.errors import ConsultationsError, NotFound
from consultations.forgetting import forget_order
from consultations.questionnaires.answers import Checked
from consultations.questionnaires.paper.keying import differences, keyed, read_keyed
from consultations.questionnaires.paper.numbering import numbers
from consultations.questionnaires.queries import questionnaire
from consultations.questionnaires.structure import Questionnaire
from consultations.records.models import KeyedForm, PaperBatch
from consultations.records.queries import batch_numbered, batches, form_at, next_for
from consultations.records.services import (
    accept,
    check_may_key,
    clear,
    discard,
    key_in,
    new_batch,
    resize,
    settle,
    superfluous,
)
from consultations.records.shown import batch_shown, difference_shown, rows_shown
from consultations.rounds.models import Consultation, Round
from consultations.rounds.queries import consultation, latest_closed, open_round
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.forms import whole_number

pages = Blueprint("records_manage", __name__)

SEE_OTHER, UNPROCESSABLE = 303, 422


@pages.route("/<lang>/manage/<slug>/paper/", methods=["GET", "POST"])
@access.needs(RECORD)
def paper(slug: str) -> ResponseReturnValue:
    """The batches of a consultation, and a new one."""
    about = consultation(slug)
    if request.method == "GET":
        return _batches(about)
    try:
        batch = new_batch(
            _round(about),
            expected=whole_number(request.form.get("expected", "")),
            language=_language(about),
            by=current_user.id,
            at=now(),
        )
    except ConsultationsError as error:
        db.session.rollback()
        return _batches(about, {"expected": sentence(error)}), error.status
    db.session.commit()
    return redirect(url_for(".batch", slug=slug, number=batch.number), SEE_OTHER)


@pages.route("/<lang>/manage/<slug>/paper/<int:number>/", methods=["GET", "POST"])
@access.needs(RECORD)
def batch(slug: str, number: int) -> ResponseReturnValue:
    """One batch: how far it is, and taking it in."""
    about = consultation(slug)
    found = batch_numbered(about, number)
    if request.method == "GET":
        return _batch(about, found)
    try:
        said = _act(found, _round_of(about, found), request.form.get("action", ""))
    except ConsultationsError as error:
        db.session.rollback()
        return _batch(about, found, {"main": sentence(error)}), error.status
    db.session.commit()
    forget_order(db.metadata.tables[KeyedForm.__tablename__])
    flash(said)
    again = request.form.get("action") == "resize"
    there = url_for(".batch", slug=slug, number=number) if again else url_for(".paper", slug=slug)
    return redirect(there, SEE_OTHER)


@pages.route("/<lang>/manage/<slug>/paper/<int:number>/<int:place>/", methods=["GET", "POST"])
@access.needs(RECORD)
def form(slug: str, number: int, place: int) -> ResponseReturnValue:
    """Keying one form in, by the numbers beside its boxes."""
    about = consultation(slug)
    found = batch_numbered(about, number)
    at = form_at(found, place)
    asked = _asked(_round_of(about, found))
    try:
        check_may_key(at, by=current_user.id)
        if request.method == "GET":
            return _form(about, at, asked, {})
        checked = read_keyed(asked, request.form)
        if checked.errors:
            return _form(about, at, asked, request.form.to_dict(), checked), UNPROCESSABLE
        key_in(at, checked.answers, by=current_user.id)
    except ConsultationsError as error:
        db.session.rollback()
        return _batch(about, found, {"main": sentence(error)}), error.status
    db.session.commit()
    return redirect(_next(about, found), SEE_OTHER)


@pages.route(
    "/<lang>/manage/<slug>/paper/<int:number>/<int:place>/differences/", methods=["GET", "POST"]
)
@access.needs(RECORD)
def settled(slug: str, number: int, place: int) -> ResponseReturnValue:
    """What two people read differently, field by field; the paper decides."""
    about = consultation(slug)
    found = batch_numbered(about, number)
    at = form_at(found, place)
    asked = _asked(_round_of(about, found))
    if at.first is None or at.second is None:
        raise NotFound
    if request.method == "GET":
        return _differences(about, at, asked)
    if request.form.get("action") == "clear":
        clear(at)
    else:
        checked = read_keyed(asked, {**keyed(asked, at.first), **request.form.to_dict()})
        if checked.errors:
            return _differences(about, at, asked, checked), UNPROCESSABLE
        settle(at, checked.answers)
    db.session.commit()
    return redirect(url_for(".batch", slug=slug, number=number), SEE_OTHER)


def _act(found: PaperBatch, of: Round, action: str) -> str:
    """Do what was asked of a batch; returns what to say about it."""
    if action == "accept":
        count = accept(found, of, by=current_user.id, at=now())
        return str(
            ngettext("%(num)s form is counted now.", "%(num)s forms are counted now.", count)
        )
    if action == "resize":
        resize(found, whole_number(request.form.get("expected", "")))
        return str(gettext("The number of forms is put right."))
    if action == "discard":
        discard(found, of, by=current_user.id, at=now())
        return str(gettext("The batch is deleted."))
    raise ConsultationsError


def _next(about: Consultation, found: PaperBatch) -> str:
    """Where the person who keys goes on."""
    following = next_for(found, current_user.id)
    if following is None:
        return url_for(".batch", slug=about.slug, number=found.number)
    return url_for(".form", slug=about.slug, number=found.number, place=following.place)


def _batches(about: Consultation, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "records/batches.html",
        consultation=about,
        batches=[batch_shown(each, current_user.id) for each in batches(about)],
        typed=request.form,
        errors=errors or {},
    )


def _batch(about: Consultation, found: PaperBatch, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "records/batch.html",
        consultation=about,
        batch=batch_shown(found, current_user.id),
        superfluous=_superfluous(_round_of(about, found), found),
        typed=request.form,
        errors=errors or {},
    )


def _superfluous(of: Round, found: PaperBatch) -> list[dict[str, object]]:
    """Per form on which two people agree: the numbers of questions answered without need."""
    numbered = numbers(_asked(of))
    agreed = [each for each in found.forms if each.agreed]
    listed = [
        (each.place, sorted(numbered[name] for name in superfluous(of, each.first or {})))
        for each in agreed
    ]
    return [{"place": place, "numbers": found} for place, found in listed if found]


def _form(
    about: Consultation,
    at: KeyedForm,
    asked: Questionnaire,
    typed: dict[str, str],
    checked: Checked | None = None,
) -> str:
    errors = checked.errors if checked else {}
    return render_template(
        "records/form.html",
        consultation=about,
        batch=batch_shown(at.batch, current_user.id),
        place=at.place,
        again=at.first is not None,
        rows=rows_shown(asked, at.batch.language, typed),
        errors={name: sentence(error) for name, error in errors.items()},
    )


def _differences(
    about: Consultation, at: KeyedForm, asked: Questionnaire, checked: Checked | None = None
) -> str:
    first, second = at.first or {}, at.second or {}
    names = differences(first, second)
    return render_template(
        "records/differences.html",
        consultation=about,
        batch=batch_shown(at.batch, current_user.id),
        place=at.place,
        fields=difference_shown(asked, at.batch.language, first, second, names, request.form),
        errors={
            name: sentence(error) for name, error in (checked.errors if checked else {}).items()
        },
    )


def _language(about: Consultation) -> str:
    wanted = request.form.get("language", "")
    return wanted if wanted in about.languages else about.source_language


def _round(about: Consultation) -> Round:
    of = open_round(about) or latest_closed(about)
    if of is None:
        raise ConsultationsError
    return of


def _round_of(about: Consultation, found: PaperBatch) -> Round:
    return next(each for each in about.rounds if each.id == found.round_id)


def _asked(of: Round) -> Questionnaire:
    if of.questionnaire_version_id is None:
        raise NotFound
    return questionnaire(of.questionnaire_version_id)
