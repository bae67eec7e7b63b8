"""Published reports, as pages and files; where each number comes from; the log's heads."""

from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, jsonify, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consultations.db import db
from consultations.errors import NotFound
from consultations.i18n import page_language
from consultations.ledger.queries import read_log, size
from consultations.ledger.signing import fingerprint, public_hex
from consultations.reports.document import PUBLIC, report_document
from consultations.reports.kept import kept_page
from consultations.reports.models import Report
from consultations.reports.open_brackets import open_brackets
from consultations.reports.page import report_page
from consultations.reports.queries import every_report, report, report_of, reports_of
from consultations.reports.rendering import as_csv, as_json
from consultations.reports.sentences import title
from consultations.reports.services import instance_key, notes_of, sealed_document
from consultations.reports.standing import numbers_shown
from consultations.reports.telling import groups_told, words_of
from consultations.reports.told import Told
from consultations.reports.tracing import proof, trace
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
    standing = reports_of(about.id)
    earlier = [each for each in every_report(about.id) if each not in standing]
    return render_template(
        "reports/index.html",
        consultation=about,
        reports=[_listed(about, each) for each in standing],
        earlier=[_listed(about, each) for each in earlier],
    )


@pages.get("/<lang>/<slug>/reports/<report_id>/", endpoint="report")
@access.public
def one_report(slug: str, report_id: str) -> ResponseReturnValue:
    """A report: the finding, who was heard, the matrix, question by question."""
    about = _about(slug)
    found = report(about.id, report_id)
    language = page_language()
    words = words_of(_round(found), groups_told(found.id), language)
    made_of = about.stamp, size(about.id), words
    return kept_page((found.id, language), made_of, lambda: _page(about, found))


def _page(about: Consultation, found: Report) -> str:
    document, shown = _document(about, found), numbers_shown(found)
    origins = {
        each["id"]: each["standing"]["report"] for each in shown["tables"] if "standing" in each
    }
    return render_template(
        "reports/report.html",
        consultation=about,
        consultation_url=url_for("portal.consultation", slug=about.slug),
        preview=False,
        downloads=_downloads(about, found),
        notes=notes_of(found),
        standing_url=None if _stands(found) else _address(about, _standing(found)),
        table_url=lambda name: _table_address(about, origins.get(name, found.id), name),
        page=report_page(
            shown,
            language=page_language(),
            address=lambda eid: url_for("portal.provision", slug=about.slug, eid=eid),
            published_on=found.published_on,
            manifest=document["manifest"],
            brackets=open_brackets(_round(found), about.slug, shown),
            words=document.get("heard_in_words", []),
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


@pages.get("/<lang>/<slug>/reports/<report_id>/tables/<table>/")
@access.public
def table(slug: str, report_id: str, table: str) -> ResponseReturnValue:
    """Where the numbers of a table come from: question, base, rule applied, entry of the log."""
    about = _about(slug)
    found = report(about.id, report_id)
    return render_template(
        "reports/table.html",
        consultation=about,
        report=_listed(about, found),
        notes=[each for each in notes_of(found) if table in each["tables"]],
        traced=trace(about, found, table, page_language()),
        proof_url=url_for(".table_proof", slug=slug, report_id=report_id, table=table),
    )


@pages.get("/<lang>/<slug>/reports/<report_id>/tables/<table>/proof.json")
@access.public
def table_proof(slug: str, report_id: str, table: str) -> ResponseReturnValue:
    """The entry of the log that holds a table, and the proof that it is in it."""
    about = _about(slug)
    return jsonify(proof(about, report(about.id, report_id), table))


@pages.get("/<lang>/<slug>/reports/log/")
@access.public
def log(slug: str) -> ResponseReturnValue:
    """The heads of the consultation's log, for witnesses to compare with what they keep."""
    about = _about(slug)
    heads = read_log(about.id, slug).heads
    return render_template("reports/log.html", consultation=about, heads=heads[::-1],
                           fingerprint=_key_fingerprint())  # fmt: skip


@pages.get("/<lang>/<slug>/reports/log.json")
@access.public
def log_file(slug: str) -> ResponseReturnValue:
    """The same as JSON, as `report verify --head` reads it."""
    about = _about(slug)
    return jsonify(
        schema="consultations.log/1",
        consultation=slug,
        key_fingerprint=_key_fingerprint(),
        heads=[head.signed() for head in read_log(about.id, slug).heads],
    )


def _about(slug: str) -> Consultation:
    found = consultation(slug)
    offer_languages(found.languages)
    return found


def _round(found: Report) -> Round:
    return db.session.get_one(Round, found.round_id)


def _standing(found: Report) -> Report:
    """The report that stands of the same round."""
    return report_of(found.round_id) or found


def _stands(found: Report) -> bool:
    return _standing(found).id == found.id


def _key(found: Report) -> str:
    """What a report is called in addresses: by its round, unless it was corrected."""
    return str(found.numbers["round"]) if _stands(found) else found.id


def _address(about: Consultation, found: Report) -> str:
    return url_for(".report", slug=about.slug, report_id=_key(found))


def _table_address(about: Consultation, report_id: str, name: str) -> str:
    """By the report's own key: what a table's page says of it never changes."""
    return url_for(".table", slug=about.slug, report_id=report_id, table=name)


def _key_fingerprint() -> str:
    key = instance_key(current_app.extensions["settings"].instance)
    return fingerprint(public_hex(key))


def _document(about: Consultation, found: Report) -> dict[str, Any]:
    """The document as `report build` writes it, under the head of the log that was signed last."""
    bare = report_document(found.numbers, language=page_language(), audience=PUBLIC)
    key = instance_key(current_app.extensions["settings"].instance)
    words = words_of(_round(found), groups_told(found.id), page_language())
    return sealed_document(about, found, bare, key, in_words=words)


def _downloads(about: Consultation, found: Report) -> list[dict[str, object]]:
    names = (("csv", gettext("Tables (CSV)")), ("json", gettext("Data (JSON)")))
    return [
        {
            "label": label,
            "url": url_for(".file", slug=about.slug, report_id=_key(found), kind=kind),
            "download": True,
        }
        for kind, label in names
    ]


def _listed(about: Consultation, found: Report) -> dict[str, object]:
    shown = numbers_shown(found)
    return {
        "url": _address(about, found),
        "round": {"title": found.numbers["round_title"]},
        "finding": title(Told(shown, page_language())),
        "published_on": found.published_on,
        "individuals": shown["coverage"]["individuals"],
        "downloads": _downloads(about, found),
    }
