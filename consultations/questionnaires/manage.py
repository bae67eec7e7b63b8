"""Recordings: questions and summaries read out, kept per language by the organizer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from consultations.accounts.roles import ROUNDS
from consultations.clock import now
from consultations.db import db
from consultations.drafts.queries import revision
from consultations.errors import ConsultationsError
from consultations.i18n import page_language
from consultations.questionnaires.audio import ENDINGS, LARGEST, RecordingError
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.queries import last_version, questionnaire, recordings_of
from consultations.questionnaires.services import keep_recording, remove_recording
from consultations.rounds.models import Consultation
from consultations.rounds.queries import consultation, current_round
from consultations.texts import in_language
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.templating import language_name
from consultations.words import N_

pages = Blueprint("questionnaires_manage", __name__)

FORM_AROUND = 100_000
SHOWN = 90
SEE_OTHER, UNPROCESSABLE = 303, 422


@pages.url_value_preprocessor
def _let_recordings_in(_endpoint: str | None, _values: object) -> None:
    request.max_content_length = LARGEST + FORM_AROUND


@pages.route("/<lang>/manage/<slug>/recordings/", methods=["GET", "POST"])
@access.needs(ROUNDS)
def recordings(slug: str) -> ResponseReturnValue:
    """What is recorded, to listen to and to remove; a form for the next recording."""
    about = consultation(slug)
    if request.method == "GET":
        return _page(about)
    try:
        said = _act(about)
    except ConsultationsError as error:
        db.session.rollback()
        return _page(about, {"file": sentence(error)}), UNPROCESSABLE
    db.session.commit()
    flash(said)
    return redirect(url_for(".recordings", slug=slug), SEE_OTHER)


def _act(about: Consultation) -> str:
    """Do what was asked; returns what to say about it."""
    by, at = current_user.id, now()
    subject, language = request.form.get("subject", ""), request.form.get("language", "")
    if request.form.get("action") == "remove":
        remove_recording(about, subject, language, by=by, at=at)
        return str(gettext("The recording is removed."))
    content = _uploaded()
    if subject not in _subjects(about) or language not in about.languages:
        raise ConsultationsError
    if not content:
        raise RecordingError(N_("Choose a file first."))
    keep_recording(about, subject, language, content, by=by, at=at)
    return str(gettext("The recording is kept."))


def _uploaded() -> bytes:
    file = request.files.get("file")
    if file is None:
        return b""
    with file.stream as stream:
        return stream.read()


def _page(about: Consultation, errors: dict[str, str] | None = None) -> str:
    subjects = _subjects(about)
    return render_template(
        "questionnaires/recordings.html",
        consultation=about,
        subjects=list(subjects.items()),
        languages=[(tag, language_name(tag)) for tag in about.languages],
        recordings=[
            {
                "subject": each.subject,
                "label": subjects.get(each.subject, each.subject),
                "language": each.language,
                "kilobytes": max(1, round(each.size / 1000)),
                "url": url_for(
                    "questionnaires.audio",
                    lang=each.language,
                    slug=about.slug,
                    subject=each.subject,
                    v=each.digest[:8],
                ),
            }
            for each in recordings_of(about.id)
        ],
        endings=", ".join(ENDINGS),
        typed={name: request.form.get(name, "") for name in ("subject", "language")},
        errors=errors or {},
    )


def _subjects(about: Consultation) -> dict[str, str]:
    """What can be read out: summaries by eId, questions by name, in words of the page."""
    here, of = page_language(), current_round(about)
    found: dict[str, str] = {}
    if of is not None and of.revision_id is not None:
        for each in revision(of.revision_id).provisions:
            if each.summary:
                number = in_language(each.number, here)
                found[each.eid] = gettext("%(number)s: summary", number=number)
    version = of.questionnaire_version_id if of else None
    if version is None and (latest := last_version(about.id)):
        version = latest.id
    for question in questionnaire(version).questions if version else ():
        if KINDS[question.kind].on_page:
            label = in_language(question.label, here)
            found[question.name] = f"{question.name} · {label[:SHOWN]}"
    return found
