"""The public side: home, a consultation, its draft, its provisions, what came of a receipt."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consultations.db import database_answers, db
from consultations.i18n import interface_languages, own_name, preferred
from consultations.portal.home import listed
from consultations.portal.looking_up import looked_up
from consultations.portal.overview import overview
from consultations.portal.reading import draft_page, provision_page
from consultations.portal.services import Visits, visited
from consultations.questionnaires.listening import addresses
from consultations.questionnaires.queries import recordings_of
from consultations.rounds.models import Consultation
from consultations.rounds.queries import consultation, consultations
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.templating import offer_languages

pages = Blueprint("portal", __name__)


@pages.get("/")
@access.public
def root() -> ResponseReturnValue:
    """Send a reader to the home page in the language the browser asks for."""
    response = redirect(url_for("portal.home", lang=preferred(interface_languages())))
    response.vary.add("Accept-Language")
    return response


@pages.get("/<lang>/")
@access.public
def home() -> ResponseReturnValue:
    """Open consultations first, then past ones with what came of them."""
    return render_template("portal/home.html", **listed(consultations()))


@pages.get("/<lang>/<slug>/", endpoint="consultation")
@access.public
def one_consultation(slug: str) -> ResponseReturnValue:
    """What it is, who asks, until when, how answers are protected."""
    about = _about(slug)
    _count_visit(about)
    return render_template("portal/consultation.html", consultation=about, **overview(about))


def _count_visit(about: Consultation) -> None:
    """Count the partner's link that led here; the tag goes no further than this page."""
    visits = current_app.extensions.setdefault("outreach_visits", Visits())
    if visited(about, request.args.get("via", ""), visits=visits):
        db.session.commit()


@pages.get("/<lang>/<slug>/draft/")
@access.public
def draft(slug: str) -> ResponseReturnValue:
    """The draft, provision by provision."""
    about = _about(slug)
    stem = request.args.get("revision")
    return render_template("portal/draft.html", consultation=about, **draft_page(about, stem))


@pages.get("/<lang>/<slug>/draft/<eid>/")
@access.public
def provision(slug: str, eid: str) -> ResponseReturnValue:
    """One provision: its text, what changed, what was said about it and answered."""
    about = _about(slug)
    return render_template(
        "portal/provision.html",
        consultation=about,
        recordings=addresses(slug, recordings_of(about.id)),
        **provision_page(about, eid),
    )


@pages.route("/<lang>/receipt/", methods=["GET", "POST"])
@access.public
def receipt() -> ResponseReturnValue:
    """What came of the points behind a receipt."""
    if request.method == "GET":
        return render_template("portal/receipt.html", found=None, errors={}, value="")
    secret = current_app.config["SECRET_KEY"]
    found, error = looked_up(request.form.get("receipt", ""), secret=secret)
    errors = {"receipt": sentence(error)} if error else {}
    page = render_template("portal/receipt.html", found=found, errors=errors, value="")
    return page, error.status if error else 200


@pages.get("/<lang>/site/about/")
@access.public
def about() -> ResponseReturnValue:
    """What this program is."""
    return render_template("portal/about.html")


@pages.get("/<lang>/site/privacy/")
@access.public
def privacy() -> ResponseReturnValue:
    """How answers are protected."""
    return render_template("portal/privacy.html")


@pages.get("/<lang>/site/accessibility/")
@access.public
def accessibility() -> ResponseReturnValue:
    """How the pages can be used."""
    return render_template("portal/accessibility.html")


@pages.get("/<lang>/site/languages/")
@access.public
def language() -> ResponseReturnValue:
    """Every language of the interface, each in its own name."""
    languages = [
        {"language": each, "name": own_name(each), "url": url_for("portal.home", lang=each)}
        for each in interface_languages()
    ]
    return render_template("portal/language.html", languages=languages)


@pages.get("/health")
@access.public
def health() -> ResponseReturnValue:
    """Whether the server and its database are well."""
    well = database_answers()
    return {"ok": well}, 200 if well else 503


def _about(slug: str) -> Consultation:
    found = consultation(slug)
    offer_languages(found.languages)
    return found
