"""The team's desk: my consultations, one consultation's day, its rounds."""

from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from consultations.accounts.roles import (
    DESK,
    FOLLOW,
    MODERATE,
    PARTICIPATION,
    PUBLISH,
    ROUNDS,
    SPEAK,
)
from consultations.analysis.participation import participation_for_the_team
from consultations.clock import now
from consultations.comments.shown import author
from consultations.db import db
from consultations.errors import ConsultationsError, Forbidden, Refused
from consultations.forgetting import forget_order
from consultations.participants.models import Organisation
from consultations.participants.queries import organisation_of
from consultations.questionnaires.queries import questionnaire
from consultations.reports.manage import tell_witnesses_of
from consultations.reports.queries import report_of
from consultations.reports.services import instance_key, publish
from consultations.rounds.models import CLOSED, OPEN, PLANNED, REPORTED, Consultation, Round
from consultations.rounds.queries import consultation, consultations, current_round, round_numbered
from consultations.rounds.services import close, declare_burst, end_burst, note, set_target
from consultations.submissions.queries import attachment, attachments_of
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.forms import whole_number
from consultations.words import N_
from consultations.workspace.desk import articles, links, log, reports, tasks
from consultations.workspace.forecast import (
    MOST_PARTICIPANTS,
    PARTICIPANTS,
    cautions,
    cells_forecast,
    forecast,
)
from consultations.workspace.participation import participation, participation_page
from consultations.workspace.services import (
    missing_for_opening,
    open_round_by_hand,
)
from consultations.workspace.unusual import unusual

pages = Blueprint("workspace", __name__)

SEE_OTHER = 303


@pages.get("/<lang>/manage/")
@access.signed_in
def index() -> ResponseReturnValue:
    """The consultations on whose team the account is."""
    mine = [each for each in consultations() if access.may(DESK, each.slug)]
    return render_template("workspace/index.html", consultations=[_listed(each) for each in mine])


@pages.get("/<lang>/manage/<slug>/")
@access.needs(DESK)
def dashboard(slug: str) -> ResponseReturnValue:
    """What is to be done today, and who is still missing."""
    about = consultation(slug)
    of = current_round(about)
    speaker = _speaker(about)
    watched = access.may(PARTICIPATION, slug)
    heard = participation(about, of) if of is not None and watched else None
    return render_template(
        "workspace/dashboard.html",
        consultation=about,
        round=of,
        tasks=tasks(about, speaker),
        participation=heard,
        prospects=heard["prospects"] if heard else None,
        log=log(about) if access.may(MODERATE, slug) else [],
        rounds=about.rounds,
        may_open_rounds=access.may(FOLLOW, slug),
        links=links(about),
        speaker=author(speaker) if speaker else None,
        articles=articles(about, speaker) if speaker else [],
        reports=reports(about) if access.may(FOLLOW, slug) else [],
    )


@pages.route(
    "/<lang>/manage/<slug>/rounds/<int:number>/", methods=["GET", "POST"], endpoint="round"
)
@access.needs(FOLLOW)
def one_round(slug: str, number: int) -> ResponseReturnValue:
    """One round: opening and closing it, its report."""
    about = consultation(slug)
    of = round_numbered(about, number)
    if request.method == "GET":
        return _round_page(about, of)
    try:
        action = request.form.get("action", "")
        said = _act(about, of, action)
        db.session.commit()
        if action == "close":
            forget_order()
        if action == "publish":
            tell_witnesses_of(about)
    except ConsultationsError as error:
        db.session.rollback()
        return _round_page(about, of, {"main": sentence(error)}), error.status
    except IntegrityError:  # the button was pressed twice: the first press has done it
        db.session.rollback()
        return redirect(url_for(".round", slug=slug, number=number), SEE_OTHER)
    flash(said)
    return redirect(url_for(".round", slug=slug, number=number), SEE_OTHER)


@pages.route("/<lang>/manage/<slug>/rounds/<int:number>/participation/", methods=["GET", "POST"])
@access.needs(PARTICIPATION)
def who_takes_part(slug: str, number: int) -> ResponseReturnValue:
    """Participation in a round so far against what is wanted; how many that is, is set here."""
    about = consultation(slug)
    of = round_numbered(about, number)
    if request.method == "GET":
        return _participation_page(about, of)
    _require(ROUNDS, about)
    typed = request.form.get("target", "")
    try:
        set_target(of, whole_number(typed) if typed.strip() else None)
    except ConsultationsError as error:
        return _participation_page(about, of, typed, {"target": sentence(error)}), error.status
    db.session.commit()
    flash(gettext("Saved."))
    return redirect(url_for(".who_takes_part", slug=slug, number=number), SEE_OTHER)


def _participation_page(
    about: Consultation,
    of: Round,
    typed: str | None = None,
    errors: dict[str, str] | None = None,
) -> str:
    return render_template(
        "workspace/participation.html",
        consultation=about,
        round=of,
        heard=participation_page(about, of),
        may_set_target=access.may(ROUNDS, about.slug) and of.stage in (PLANNED, OPEN),
        typed=typed,
        errors=errors or {},
    )


@pages.route("/<lang>/manage/<slug>/rounds/<int:number>/unusual/", methods=["GET", "POST"])
@access.needs(PARTICIPATION)
def unusual_patterns(slug: str, number: int) -> ResponseReturnValue:
    """What looks unusual among a round's answers; a burst is declared and ended here."""
    about = consultation(slug)
    of = round_numbered(about, number)
    if request.method == "GET":
        may_declare = access.may(ROUNDS, slug) and of.stage == OPEN
        return render_template(
            "workspace/unusual.html",
            consultation=about,
            round=of,
            may_declare=may_declare,
            **unusual(about, of),
        )
    _require(ROUNDS, about)
    change = declare_burst if request.form.get("action") == "declare" else end_burst
    change(of, by=current_user.id, at=now())
    db.session.commit()
    said = gettext("A burst is declared.") if of.burst else gettext("No burst is declared.")
    flash(said)
    return redirect(url_for(".unusual_patterns", slug=slug, number=number), SEE_OTHER)


@pages.get("/<lang>/manage/<slug>/rounds/<int:number>/files/")
@access.needs(MODERATE)
def files(slug: str, number: int) -> ResponseReturnValue:
    """The files that came with a round's answers, once it is closed: none tells who just came."""
    about = consultation(slug)
    of = round_numbered(about, number)
    closed = of.stage in (CLOSED, REPORTED)
    return render_template(
        "workspace/files.html",
        consultation=about,
        round=of,
        closed=closed,
        questions=_with_files(of) if closed else [],
    )


@pages.get("/<lang>/manage/<slug>/rounds/<int:number>/files/<key>/")
@access.needs(MODERATE)
def file(slug: str, number: int, key: str) -> ResponseReturnValue:
    """One file of a closed round, to be kept rather than opened in the browser."""
    about = consultation(slug)
    of = round_numbered(about, number)
    if of.stage not in (CLOSED, REPORTED):
        raise Refused(N_("Files can be read when the round is closed."))
    found = attachment(of, key)
    note(about, "files.read", by=current_user.id, at=now(), detail=str(number))
    db.session.commit()
    response = make_response(found.content)
    response.mimetype = found.media_type
    name = f"{found.question}-{found.id[:8]}.{found.extension}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _with_files(of: Round) -> list[dict[str, Any]]:
    """The questions of a round that asked for files, each with those that came."""
    if of.questionnaire_version_id is None:
        return []
    came = attachments_of(of.id)
    return [
        {"label": each.label, "files": [file for file in came if file.question == each.name]}
        for each in questionnaire(of.questionnaire_version_id).questions
        if each.kind == "file"
    ]


def _act(about: Consultation, of: Round, action: str) -> str:
    """Do what was asked; returns what to say about it."""
    by, at = current_user.id, now()
    if action == "publish":
        _require(PUBLISH, about)
        key = instance_key(Path(current_app.instance_path))
        publish(about, of, key=key, by=by, at=at)
        return str(gettext("The report is published."))
    _require(ROUNDS, about)
    if action == "open":
        open_round_by_hand(of, by=by, at=at)
        return str(gettext("The round is open until you close it."))
    if action == "close":
        close(of, by=by, at=at)
        return str(gettext("The round is closed."))
    raise ConsultationsError


def _require(permission: str, about: Consultation) -> None:
    if not access.may(permission, about.slug):
        raise Forbidden


def _round_page(about: Consultation, of: Round, errors: dict[str, str] | None = None) -> str:
    slug, report = about.slug, report_of(of.id)
    asked = questionnaire(of.questionnaire_version_id) if of.questionnaire_version_id else None
    watched = access.may(PARTICIPATION, slug)
    closed = of.stage not in (PLANNED, OPEN)
    asks_for_cells = "participants" in request.args
    return render_template(
        "workspace/round.html",
        consultation=about,
        round=of,
        heard=participation_for_the_team(about, of) if watched else None,
        questions=len(asked.questions) if asked else 0,
        has_files=any(each.kind == "file" for each in asked.questions) if asked else False,
        may_open_close=access.may(ROUNDS, slug),
        may_publish=access.may(PUBLISH, slug) and closed and report is None,
        missing=[gettext(each) for each in missing_for_opening(of)],
        cautions=[gettext(each.message, **each.values) for each in cautions(of)],
        forecast=None if closed else forecast(of, _participants(of)),
        cells=cells_forecast(of, _participants(of)) if asks_for_cells and not closed else [],
        report=(
            {
                "published_on": report.published_on,
                "url": url_for("reports.report", slug=slug, report_id=of.number),
            }
            if report
            else None
        ),
        preview_url=(
            url_for("reports_manage.preview", slug=slug, number=of.number)
            if closed and report is None and asked and access.may(PUBLISH, slug)
            else None
        ),
        errors=errors or {},
    )


def _participants(of: Round) -> int:
    """How many people the organizer expects: as typed, else as many as are wanted."""
    typed = request.args.get("participants", of.target or PARTICIPANTS, type=int)
    return min(max(typed, 1), MOST_PARTICIPANTS)


def _listed(about: Consultation) -> dict[str, Any]:
    found = tasks(about, None)
    return {
        "slug": about.slug,
        "title": about.title,
        "rounds": about.rounds,
        "to_do": sum(each["count"] for each in found),
    }


def _speaker(about: Consultation) -> Organisation | None:
    return organisation_of(current_user.id) if access.may(SPEAK, about.slug) else None
