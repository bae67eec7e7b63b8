"""The sound of a recording."""

from io import BytesIO

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue

from consultations.errors import NotFound
from consultations.i18n import page_language
from consultations.questionnaires.queries import recording
from consultations.rounds.queries import consultation
from consultations.web import access

pages = Blueprint("questionnaires", __name__)

SECONDS_CACHED = 30 * 24 * 3600
"""The addresses in our pages change with what is recorded."""


@pages.get("/<lang>/<slug>/audio/<subject>/")
@access.public
def audio(slug: str, subject: str) -> ResponseReturnValue:
    """A question or a summary read out; players may ask for a part of it."""
    found = recording(consultation(slug).id, subject, page_language())
    if found is None:
        raise NotFound
    response = send_file(
        BytesIO(found.content),
        mimetype=found.media_type,
        etag=found.digest[:32],
        max_age=SECONDS_CACHED,
        conditional=False,
    )
    response.cache_control.public = True
    return response.make_conditional(
        request, accept_ranges=True, complete_length=len(found.content)
    )
