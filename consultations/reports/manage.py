"""A report before it is published, for the team's eyes; correcting it; its witnesses."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from consultations.accounts.roles import PUBLISH
from consultations.clock import now
from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.i18n import page_language
from consultations.mail.sending import NoMailServer
from consultations.participants.addresses import read_addresses
from consultations.reports.models import CHOICES, CORRECTED
from consultations.reports.open_brackets import open_brackets
from consultations.reports.page import report_page
from consultations.reports.queries import report_of
from consultations.reports.services import Wish, comparisons, instance_key, publish, settled
from consultations.reports.services import preview as preview_numbers
from consultations.reports.telling import in_words
from consultations.reports.witnessing import name_witnesses, named_witnesses, tell_witnesses
from consultations.rounds.models import CLOSED, REPORTED, Consultation, Round
from consultations.rounds.queries import consultation, round_numbered
from consultations.rounds.services import note
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.templating import language_name
from consultations.words import N_

pages = Blueprint("reports_manage", __name__)

SEE_OTHER = 303
LONGEST_NOTE = 2_000


@pages.get("/<lang>/manage/<slug>/rounds/<int:number>/preview/")
@access.needs(PUBLISH)
def preview(slug: str, number: int) -> ResponseReturnValue:
    """What publishing now would show: stamped, nothing logged."""
    about = consultation(slug)
    of = round_numbered(about, number)
    numbers = preview_numbers(about, of)
    return render_template(
        "reports/report.html",
        consultation=about,
        consultation_url=url_for("workspace.dashboard", slug=slug),
        preview=True,
        downloads=[],
        page=report_page(
            numbers,
            language=page_language(),
            address=lambda eid: url_for("portal.provision", slug=slug, eid=eid),
            brackets=open_brackets(of, slug, numbers),
            words=in_words(of, numbers, page_language()),
        ),
    )


@pages.route("/<lang>/manage/<slug>/rounds/<int:number>/publication/", methods=["GET", "POST"])
@access.needs(PUBLISH)
def publication(slug: str, number: int) -> ResponseReturnValue:
    """Correct what was published of a round; name the witnesses of everything published."""
    about = consultation(slug)
    of = round_numbered(about, number)
    if request.method == "GET":
        return _page(about, of)
    try:
        naming = request.form.get("action") == "witnesses"
        said = _witnesses(about) if naming else _correct(about, of)
        db.session.commit()
    except ConsultationsError as error:
        db.session.rollback()
        return _page(about, of, {"main": sentence(error)}), error.status
    flash(said)
    if not naming:
        tell_witnesses_of(about)
    return redirect(url_for(".publication", slug=slug, number=number), SEE_OTHER)


def tell_witnesses_of(about: Consultation) -> None:
    """Send the new head to the witnesses, and say on the next page what came of it."""
    settings, secret = current_app.extensions["settings"], current_app.config["SECRET_KEY"]
    try:
        told = tell_witnesses(about, settings=settings, secret=secret)
    except NoMailServer as error:
        flash(gettext("The witnesses were not told. %(why)s", why=sentence(error)))
        return
    if told.taken or told.refused:
        flash(
            ngettext(
                "%(num)s witness was told; %(refused)s could not be written to.",
                "%(num)s witnesses were told; %(refused)s could not be written to.",
                told.taken,
                refused=told.refused,
            )
        )


def _correct(about: Consultation, of: Round) -> str:
    choice = request.form.get("choice", CORRECTED)
    if choice not in CHOICES:
        raise ConsultationsError
    texts = {each: request.form.get(f"note-{each}", "").strip() for each in about.languages}
    wish = Wish(choice, {name: text[:LONGEST_NOTE] for name, text in texts.items() if text})
    key = instance_key(current_app.extensions["settings"].instance)
    done = publish(about, of, key=key, by=current_user.id, at=now(), wish=wish)
    if done.reused:
        raise Refused(N_("The answers are those that were published: there is nothing to correct."))
    return str(gettext("The correction is published."))


def _witnesses(about: Consultation) -> str:
    read = read_addresses(request.form.get("addresses", ""), about.languages, about.source_language)
    if read.wrong:
        raise Refused(
            N_("These lines hold no e-mail address, or name another language: %(lines)s"),
            lines=", ".join(map(str, read.wrong)),
        )
    name_witnesses(about, list(read.addressees), secret=current_app.config["SECRET_KEY"])
    note(about, "report.witnesses", by=current_user.id, at=now())
    if not read.addressees:
        return str(gettext("No witness is named any more."))
    return str(gettext("From now on, the witnesses are told whenever something is published."))


def _page(about: Consultation, of: Round, errors: dict[str, str] | None = None) -> str:
    report, closed = report_of(of.id), of.stage in (CLOSED, REPORTED)
    changed = report is not None and closed and not settled(about, of, report)
    return render_template(
        "reports/publication.html",
        consultation=about,
        round=of,
        report=report,
        changed=changed,
        compared=_compared(about, of) if changed and _wants_comparison() else None,
        languages=[(each, language_name(each)) for each in about.languages],
        typed=request.form,
        witnesses="\n".join(named_witnesses(about, secret=current_app.config["SECRET_KEY"])),
        mail=current_app.extensions["settings"].mail_server,
        errors=errors or {},
    )


def _wants_comparison() -> bool:
    return "compare" in request.args or request.form.get("action") == "correct"


def _compared(about: Consultation, of: Round) -> dict[str, Any]:
    """What each choice would publish, in numbers of tables; `anew` those told as counted now."""
    strict, merging = comparisons(about, of)
    fewer_gone = len(merging.withdrawn) < len(strict.withdrawn)
    return {
        "silent": strict.silent,
        "whole": strict.whole,
        "anew": strict.told,
        "unsafe": len(strict.withdrawn),
        "merged": len(merging.merged) if fewer_gone else 0,
        "gone": len(merging.withdrawn),
    }
