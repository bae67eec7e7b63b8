"""Published reports, as pages and files."""

from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consultations.db import db
from consultations.errors import NotFound
from consultations.i18n import page_language
from consultations.reports.document import PUBLIC, report_document
from consultations.reports.models import Report
from consultations.reports.open_brackets import open_brackets
from consultations.reports.page import report_page
from consultations.reports.queries import report, reports_of
from consultations.reports.rendering import as_csv, as_json
from consultations.reports.sentences import title
from consultations.reports.services import instance_key, sealed_document
from consultations.reports.told import Told
from consultations.rounds.models import Consultation, Round
from consultations.rounds.queries import consultation
from consultations.web import access
from consultations.web.templating import offer_languages

pages = Blueprint("reports", __name__)

TYPES = {"json": "application/json", "csv": "text/csv"}


@pages.get("/<lang>/<slug>/reports/")
@access.public
def index(slug: str) -> ResponseReturnValue:
    """Every published report of a consultation."""
    about = _about(slug)
    shown = [_listed(about, each) for each in reports_of(about.id)]
    return render_template("reports/index.html", consultation=about, reports=shown)


@pages.get("/<lang>/<slug>/reports/<report_id>/", endpoint="report")
@access.public
def one_report(slug: str, report_id: str) -> ResponseReturnValue:
    """A report: the finding, who was heard, the matrix, question by question."""
    about = _about(slug)
    found = report(about.id, report_id)
    document = _document(about, found)
    return render_template(
        "reports/report.html",
        consultation=about,
        consultation_url=url_for("portal.consultation", slug=slug),
        preview=False,
        downloads=_downloads(about, found),
        page=report_page(
            found.numbers,
            language=page_language(),
            address=lambda eid: url_for("portal.provision", slug=slug, eid=eid),
            published_on=found.published_on,
            manifest=document["manifest"],
            brackets=open_brackets(_round(found), slug),
        ),
    )


@pages.get("/<lang>/<slug>/reports/<report_id>.<kind>", endpoint="file")
@access.public
def one_file(slug: str, report_id: str, kind: str) -> ResponseReturnValue:
    """The same numbers as a file."""
    about = _about(slug)
    found = report(about.id, report_id)
    if kind not in TYPES:
        raise NotFound
    document = _document(about, found)
    content = as_json(document) if kind == "json" else as_csv(document)
    return send_file(
        BytesIO(content.encode()),
        mimetype=TYPES[kind],
        as_attachment=True,
        download_name=f"{slug}-report-{report_id}.{page_language()}.{kind}",
    )


def _about(slug: str) -> Consultation:
    found = consultation(slug)
    offer_languages(found.languages)
    return found


def _round(found: Report) -> Round:
    return db.session.get_one(Round, found.round_id)


def _document(about: Consultation, found: Report) -> dict[str, Any]:
    """The document as `report build` writes it, under the head of the log that was signed last."""
    bare = report_document(found.numbers, language=page_language(), audience=PUBLIC)
    key = instance_key(current_app.extensions["settings"].instance)
    return sealed_document(about, bare, key)


def _downloads(about: Consultation, found: Report) -> list[dict[str, object]]:
    number = found.numbers["round"]
    names = (("csv", gettext("Tables (CSV)")), ("json", gettext("Data (JSON)")))
    return [
        {
            "label": label,
            "url": url_for("reports.file", slug=about.slug, report_id=number, kind=kind),
            "download": True,
        }
        for kind, label in names
    ]


def _listed(about: Consultation, found: Report) -> dict[str, object]:
    return {
        "url": url_for("reports.report", slug=about.slug, report_id=found.numbers["round"]),
        "round": {"title": found.numbers["round_title"]},
        "finding": title(Told(found.numbers, page_language())),
        "published_on": found.published_on,
        "individuals": found.numbers["coverage"]["individuals"],
        "downloads": _downloads(about, found),
    }
