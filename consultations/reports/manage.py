"""A report before it is published, for the team's eyes."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from consultations.accounts.roles import PREVIEW
from consultations.i18n import page_language
from consultations.reports.open_brackets import open_brackets
from consultations.reports.page import report_page
from consultations.reports.services import preview as preview_numbers
from consultations.rounds.queries import consultation, round_numbered
from consultations.web import access

pages = Blueprint("reports_manage", __name__)


@pages.get("/<lang>/manage/<slug>/rounds/<int:number>/preview/")
@access.needs(PREVIEW)
def preview(slug: str, number: int) -> ResponseReturnValue:
    """What publishing now would show: stamped, nothing logged."""
    about = consultation(slug)
    of = round_numbered(about, number)
    return render_template(
        "reports/report.html",
        consultation=about,
        consultation_url=url_for("workspace.dashboard", slug=slug),
        preview=True,
        downloads=[],
        page=report_page(
            preview_numbers(about, of),
            language=page_language(),
            address=lambda eid: url_for("portal.provision", slug=slug, eid=eid),
            brackets=open_brackets(of, slug),
        ),
    )
