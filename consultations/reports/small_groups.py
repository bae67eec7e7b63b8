"""The desk's page on groups too small for numbers: writing what they said, reading it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from consultations.accounts.roles import RECORD
from consultations.clock import now
from consultations.db import db
from consultations.errors import ConsultationsError
from consultations.i18n import page_language
from consultations.languages.queries import digest
from consultations.reports.models import SmallGroupText
from consultations.reports.telling import confirm, group_of, protected_numbers, texts_of, write
from consultations.reports.told import Told
from consultations.reports.too_few import SmallGroup, small_groups
from consultations.rounds.models import CLOSED, REPORTED, Consultation, Round
from consultations.rounds.queries import consultation, round_numbered
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.templating import language_name

pages = Blueprint("small_groups", __name__)

SEE_OTHER, UNPROCESSABLE = 303, 422


@pages.route("/<lang>/manage/<slug>/rounds/<int:number>/small-groups/", methods=["GET", "POST"])
@access.needs(RECORD)
def told(slug: str, number: int) -> ResponseReturnValue:
    """What small groups of a closed round said, in prose that two people have seen."""
    about = consultation(slug)
    of = round_numbered(about, number)
    if of.stage not in (CLOSED, REPORTED) or of.questionnaire_version_id is None:
        return render_template(
            "reports/small_groups.html", consultation=about, round=of, closed=False
        )
    numbers = protected_numbers(of)
    if request.method == "GET":
        return _page(about, of, numbers)
    group = group_of(numbers, (request.form.get("by", ""), request.form.get("code", "")))
    try:
        said = _act(of, group)
        db.session.commit()
    except ConsultationsError as error:
        db.session.rollback()
        status = UNPROCESSABLE if error.status == ConsultationsError.status else error.status
        return _page(about, of, numbers, group, sentence(error)), status
    flash(said)
    return redirect(url_for(".told", slug=slug, number=number), SEE_OTHER)


def _act(of: Round, group: SmallGroup) -> str:
    """Do what was asked; returns what to say about it."""
    by, at = current_user.id, now()
    if request.form.get("action") == "confirm":
        confirm(of, group, request.form.get("read", ""), by=by, at=at)
        if of.stage == CLOSED:
            return str(gettext("The text is shown in the report once that is published."))
        return str(gettext("The text is shown in the report now."))
    language = request.form.get("language", "")
    if write(of, group, request.form.get("text", ""), language=language, by=by, at=at) is None:
        return str(gettext("The text is taken away."))
    return str(gettext("Kept. It is shown once somebody else of the team has read it."))


def _page(
    about: Consultation,
    of: Round,
    numbers: Mapping[str, Any],
    wrong: SmallGroup | None = None,
    error: str = "",
) -> str:
    groups, texts = small_groups(numbers), texts_of(of.id)
    told = Told(numbers, page_language())
    shown = [
        _shown(told, about, place, each, texts.get(each.key), error if each == wrong else "")
        for place, each in enumerate(groups, start=1)
    ]
    return render_template(
        "reports/small_groups.html",
        consultation=about,
        round=of,
        closed=True,
        groups=shown,
        languages=[(each, language_name(each)) for each in about.languages],
        errors={each["field"]: error for each in shown if each["error"]},
    )


def _shown(
    told: Told,
    about: Consultation,
    place: int,
    group: SmallGroup,
    text: SmallGroupText | None,
    error: str,
) -> dict[str, Any]:
    typed = request.form if error and request.form.get("action") != "confirm" else None
    kept = text.text if text else ""
    language = text.language if text else _language(about)
    return {
        "by": group.by,
        "code": group.code,
        "label": told.labels.group(group.by, group.code, group.codes),
        "field": f"text-{place}",
        "counted": group.counted,
        "kept": kept,
        "kept_in": language,
        "text": typed.get("text", "") if typed else kept,
        "language": typed.get("language", language) if typed else language,
        "digest": digest(kept),
        "read": text is not None and text.read_by is not None,
        "may_confirm": text is not None and text.written_by != current_user.id,
        "error": error,
    }


def _language(about: Consultation) -> str:
    language = page_language()
    return language if language in about.languages else about.source_language
