"""Invitations of a round: codes for partners to hand out, addresses to write to, who came in."""

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from consultations.accounts.roles import INVITE
from consultations.cards import cards_pdf
from consultations.clock import now
from consultations.db import db
from consultations.errors import ConsultationsError, Refused, RoundNotOpen
from consultations.participants.addresses import read_addresses
from consultations.participants.inviting import AT_ONCE, Sent, write_to
from consultations.participants.links import codes_csv
from consultations.participants.queries import partners, to_invite, to_remind, written_to
from consultations.participants.services import invite, make_codes
from consultations.rounds.models import CLOSED, OPEN, REPORTED, Consultation, Round
from consultations.rounds.plan import declared_policy
from consultations.rounds.queries import consultation, round_numbered
from consultations.rounds.services import note
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.forms import whole_number
from consultations.web.templating import language_name, outside
from consultations.words import N_

pages = Blueprint("participants_manage", __name__)

SEE_OTHER = 303
LINES_NAMED = 10
FILES = {"codes": ("csv", "text/csv"), "cards": ("pdf", "application/pdf")}
MOST_CODES = 5_000
MOST_CARDS = 1_000
"""As many as a few seconds are enough for."""


@pages.route("/<lang>/manage/<slug>/rounds/<int:number>/invitations/", methods=["GET", "POST"])
@access.needs(INVITE)
def invitations(slug: str, number: int) -> ResponseReturnValue:
    """Make codes, take addresses in, write to them."""
    about = consultation(slug)
    of = round_numbered(about, number)
    if request.method == "GET":
        return _page(about, of)
    try:
        if of.stage in (CLOSED, REPORTED):
            raise RoundNotOpen
        if request.form.get("action") in FILES:
            return _codes(about, of, request.form["action"])
        flash(_act(about, of, request.form.get("action", "")))
        db.session.commit()
    except ConsultationsError as error:
        db.session.rollback()
        return _page(about, of, {"main": sentence(error)}), error.status
    return redirect(url_for(".invitations", slug=slug, number=number), SEE_OTHER)


def _codes(about: Consultation, of: Round, kind: str) -> ResponseReturnValue:
    """New codes as a file or on cards: it is the only time that they can be seen."""
    count = _count(MOST_CARDS if kind == "cards" else MOST_CODES)
    partner = request.form.get("partner", "")
    secret = current_app.config["SECRET_KEY"]
    codes = make_codes(of, partner, count, secret=secret, by=current_user.id, at=now())
    language = _language(about, "language")
    page = outside("participants.invited", slug=about.slug, lang=language)
    closes = None if of.held_open else of.closes
    if kind == "cards":
        content = cards_pdf(codes, page, language, about.title, about.organizer, closes)
    else:
        content = codes_csv(codes, page).encode()
    db.session.commit()
    ending, mimetype = FILES[kind]
    response = make_response(content)
    response.mimetype = mimetype
    name = f"{about.slug}-{kind}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _count(most: int) -> int:
    count = whole_number(request.form.get("count", ""))
    if not 1 <= count <= most:
        raise Refused(N_("Make between 1 and %(most)s codes at a time."), most=most)
    return count


def _act(about: Consultation, of: Round, action: str) -> str:
    """Do what was asked; returns what to say about it."""
    if action == "addresses":
        return _addresses(about, of)
    if action not in ("invite", "remind"):
        raise ConsultationsError
    if of.stage != OPEN:
        raise Refused(N_("Messages are sent once the round is open, since the code opens then."))
    waiting = to_invite(of) if action == "invite" else to_remind(of)
    sent = write_to(
        waiting[:AT_ONCE],
        of,
        "invitation" if action == "invite" else "reminder",
        settings=current_app.extensions["settings"],
        secret=current_app.config["SECRET_KEY"],
    )
    note(about, f"invitation.{action}", by=current_user.id, at=now())
    return _said(sent, len(waiting) > AT_ONCE)


def _addresses(about: Consultation, of: Round) -> str:
    file = request.files.get("file")
    text = request.form.get("addresses", "")
    if file:
        text = f"{text}\n{file.read().decode('utf-8', 'replace')}"
    found = read_addresses(text, about.languages, _language(about, "their_language"))
    if not found.addressees and not found.wrong:
        raise Refused(N_("Paste addresses or choose a file: one address a line."))
    new = invite(
        of,
        request.form.get("their_partner", ""),
        found.addressees,
        secret=current_app.config["SECRET_KEY"],
        by=current_user.id,
        at=now(),
    )
    said = ngettext("%(num)s new address is kept.", "%(num)s new addresses are kept.", new)
    if found.wrong:
        lines = ", ".join(str(line) for line in found.wrong[:LINES_NAMED])
        said += " " + gettext("These lines were left out: %(lines)s.", lines=lines)
    return str(said)


def _said(sent: Sent, more: bool) -> str:
    """What was done, without a number that would tell who has come in since the last time."""
    if sent.refused:
        return str(
            gettext("The mail server refused some messages. They are kept: press again to retry.")
        )
    if more:
        return str(
            gettext("%(count)s messages were sent. Press again for the others.", count=sent.taken)
        )
    return str(gettext("All messages were sent."))


def _language(about: Consultation, field: str) -> str:
    chosen = request.form.get(field, "")
    return chosen if chosen in about.languages else about.source_language


def _page(about: Consultation, of: Round, errors: dict[str, str] | None = None) -> str:
    step = declared_policy(about.policy).threshold
    written = written_to(of)
    return render_template(
        "participants/invitations.html",
        consultation=about,
        round=of,
        partners=partners(of, step=step),
        step=step,
        most=MOST_CODES,
        most_cards=MOST_CARDS,
        languages=[(each, language_name(each)) for each in about.languages],
        waiting=written.get(0, 0),
        may_remind=any(written),
        mail=current_app.extensions["settings"].mail_server is not None,
        typed=request.form,
        errors=errors or {},
    )
