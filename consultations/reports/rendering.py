"""A report as files and pages, in each of its languages."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, render_template
from flask_babel import force_locale

from consultations import resources
from consultations.i18n import shell_language
from consultations.reports.document import report_document
from consultations.reports.page import report_page
from consultations.reports.tables_csv import tables_csv
from consultations.rounds.models import Consultation

JSON, HTML, CSV = FORMATS = ("json", "html", "csv")
STYLES = ("base.css", "report.css")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Run inside a page of this language, as `report build` does outside any request."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with app.test_request_context("/"):
        g.lang = language
        with force_locale(shell_language(language).replace("-", "_")):
            yield


def document(numbers: Mapping[str, Any], *, language: str, audience: str) -> dict[str, Any]:
    """report.json without its manifest."""
    with speaking(language):
        return report_document(numbers, language=language, audience=audience)


def as_json(report: Mapping[str, Any]) -> str:
    """A report document as its file holds it."""
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def as_csv(report: Mapping[str, Any]) -> str:
    """The tables of a report document as CSV."""
    return tables_csv(report)


def as_html(
    consultation: Consultation,
    numbers: Mapping[str, Any],
    *,
    language: str,
    published_on: date | None,
    manifest: Mapping[str, Any] | None,
    notes: list[dict[str, Any]],
    words: list[dict[str, str]],
    brackets: list[dict[str, Any]],
    preview: bool = False,
) -> str:
    """The report as one HTML file that loads nothing."""
    with speaking(language):
        return render_template(
            "reports/report.html",
            layout="reports/file.html",
            css=_styles(STYLES),
            consultation=consultation,
            consultation_url=None,
            preview=preview,
            downloads=[],
            notes=notes,
            page=report_page(
                numbers,
                language=language,
                address=no_address,
                published_on=published_on,
                manifest=manifest,
                brackets=brackets,
                words=words,
            ),
        )


def no_address(_eid: str) -> str | None:
    """In a file, provisions have no page to go to."""
    return None


def _styles(names: Sequence[str]) -> str:
    return "\n".join((Path(resources.static()) / name).read_text("utf-8") for name in names)
