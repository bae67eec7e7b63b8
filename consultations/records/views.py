"""The questionnaire to print."""

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from consultations.errors import NotFound
from consultations.i18n import page_language
from consultations.records.printing import paper_pdf
from consultations.rounds.queries import consultation, latest_closed, open_round
from consultations.submissions.form import answer_form
from consultations.web import access

pages = Blueprint("records", __name__)

SECONDS_CACHED = 60


@pages.get("/<lang>/<slug>/answer/paper/")
@access.public
def paper(slug: str) -> ResponseReturnValue:
    """The questionnaire of the open round, else of the last one, as a PDF to print."""
    about = consultation(slug)
    of = open_round(about) or latest_closed(about)
    if of is None or of.questionnaire_version_id is None:
        raise NotFound
    language = page_language()
    response = make_response(paper_pdf(answer_form(about, of), language))
    response.mimetype = "application/pdf"
    name = f"{slug}-{of.number}-{language}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS_CACHED
    response.add_etag()
    return response.make_conditional(request)
