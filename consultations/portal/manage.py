"""The share kit at the desk: partners with their tags, and what each can hand on."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consultations.accounts.roles import PARTICIPATION
from consultations.db import db
from consultations.errors import ConsultationsError, NotFound
from consultations.i18n import interface_languages, page_language
from consultations.portal.queries import tagged, tags_of
from consultations.portal.services import declare, take_back
from consultations.portal.share_kit import Kit, message, poster_pdf, radio_script
from consultations.rounds.models import Consultation
from consultations.rounds.plan import declared_groups, declared_policy
from consultations.rounds.queries import consultation, open_round
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.filters import chosen, filter_by
from consultations.web.templating import language_name

pages = Blueprint("portal_manage", __name__)

SEE_OTHER = 303
TEXTS = {"message.txt": message, "radio.txt": radio_script}


@pages.route("/<lang>/manage/<slug>/share/", methods=["GET", "POST"])
@access.needs(PARTICIPATION)
def share(slug: str) -> ResponseReturnValue:
    """The kit for one language and one partner, and how often each partner's link was opened."""
    about = consultation(slug)
    if request.method == "GET":
        return _page(about)
    try:
        said = _act(about)
    except ConsultationsError as error:
        db.session.rollback()
        return _page(about, {"tag": sentence(error)}), error.status
    db.session.commit()
    flash(said)
    return redirect(url_for(".share", slug=slug), SEE_OTHER)


@pages.get("/<lang>/manage/<slug>/share/<name>")
@access.needs(PARTICIPATION)
def share_file(slug: str, name: str) -> ResponseReturnValue:
    """A part of the kit as a file: poster.pdf, message.txt, radio.txt."""
    about = consultation(slug)
    kit = _kit(about, _language(about), chosen("tag"))
    if kit is None:
        raise NotFound
    if name == "poster.pdf":
        return _file(poster_pdf(kit), name, "application/pdf")
    if name in TEXTS:
        return _file(TEXTS[name](kit).encode(), name, "text/plain; charset=utf-8")
    raise NotFound


def _act(about: Consultation) -> str:
    if request.form.get("action") == "delete":
        take_back(about, request.form.get("tag", ""))
        return str(gettext("The tag is deleted. Its link still leads to the consultation."))
    tag, partner = (request.form.get(name, "") for name in ("tag", "partner"))
    reaches = request.form.getlist("reaches")
    found = declare(about, tag=tag, partner=partner, reaches=reaches)
    return str(gettext("The tag “%(tag)s” is counted from now on.", tag=found.tag))


def _page(about: Consultation, errors: dict[str, str] | None = None) -> str:
    language, tag = _language(about), chosen("tag")
    partners = tags_of(about)
    kit = _kit(about, language, tag)
    return render_template(
        "portal/share.html",
        consultation=about,
        filters=[
            filter_by(
                "language",
                gettext("Language"),
                [(each, language_name(each), None) for each in about.languages],
                default=_own_language(about),
            ),
            filter_by(
                "tag",
                gettext("For"),
                [("", gettext("everyone"), None), *((t.tag, t.partner, None) for t in partners)],
            ),
        ],
        kit=_shown(about, kit) if kit else None,
        language=language,
        translated=language in interface_languages(),
        partners=partners,
        groups=declared_groups(about.plan),
        batch=declared_policy(about.policy).threshold,
        typed=request.form,
        reached=request.form.getlist("reaches"),
        errors=errors or {},
    )


def _kit(about: Consultation, language: str, tag: str) -> Kit | None:
    """The kit of the open round; a tag that nobody declared is left out."""
    of = open_round(about)
    if of is None or of.questionnaire_version_id is None:
        return None
    return Kit(about, of, language, tag if tag and tagged(about, tag) else "")


def _shown(about: Consultation, kit: Kit) -> dict[str, Any]:
    files = {
        name.partition(".")[0]: url_for(
            ".share_file", slug=about.slug, name=name, language=kit.language, tag=kit.tag or None
        )
        for name in ("poster.pdf", *TEXTS)
    }
    return {
        "address": kit.address,
        "message": message(kit),
        "radio": radio_script(kit),
        "files": files,
    }


def _language(about: Consultation) -> str:
    wanted = chosen("language")
    return wanted if wanted in about.languages else _own_language(about)


def _own_language(about: Consultation) -> str:
    """The reader's, where the consultation speaks it."""
    here = page_language()
    return here if here in about.languages else about.source_language


def _file(content: bytes, name: str, kind: str) -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
