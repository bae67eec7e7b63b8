"""Commenting on an organisation's behalf, and joining what others proposed."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from consultations.accounts.roles import SPEAK
from consultations.clock import today
from consultations.comments.forms import (
    SEND,
    SHOW,
    CommentForm,
    next_provision,
    others_on,
    provision_commented,
    wanted_step,
)
from consultations.comments.queries import endorsed_by, point
from consultations.comments.services import comment_for_organisation, endorse
from consultations.comments.shown import author, comments_shown
from consultations.db import db
from consultations.drafts.queries import provision_known_as, revision
from consultations.errors import Forbidden, RoundNotOpen
from consultations.i18n import page_language
from consultations.participants.models import Organisation
from consultations.participants.queries import organisation_of
from consultations.rounds.models import Consultation, Round
from consultations.rounds.queries import consultation, current_round, open_round
from consultations.web import access
from consultations.web.templating import offer_languages
from consultations.words import N_

pages = Blueprint("comments_manage", __name__)

OK, CONFLICT, UNPROCESSABLE = 200, 409, 422
SEE_OTHER = 303


@pages.route("/<lang>/manage/<slug>/comment/<eid>/", methods=["GET", "POST"])
@access.needs(SPEAK)
def comment(slug: str, eid: str) -> ResponseReturnValue:
    """The comment form of a provision, for an organisation."""
    about = consultation(slug)
    offer_languages(about.languages)
    speaker = _speaker()
    of = current_round(about)
    form = CommentForm(provision_commented(of, eid))
    if request.method == "GET" and open_round(about) is None:
        return render_template("submissions/closed.html", consultation=about, round=of)
    if request.method == "GET":
        return _page(about, form, speaker)
    fits = form.take()
    if fits and wanted_step() == SEND and of is not None:
        return _sent(about, of, form, speaker)
    form.compare()
    if wanted_step() == SHOW:
        form.errors = {}
    return _page(about, form, speaker), UNPROCESSABLE if form.errors else OK


@pages.get("/<lang>/manage/<slug>/comment/<eid>/sent/")
@access.needs(SPEAK)
def sent(slug: str, eid: str) -> ResponseReturnValue:
    """Thanks, and where to go on."""
    about = consultation(slug)
    provision = provision_commented(current_round(about), eid)
    after = next_provision(provision)
    return render_template(
        "comments/thanks.html",
        consultation=about,
        provision=provision,
        code=None,
        next=after,
        next_url=url_for(".comment", slug=slug, eid=after.eid) if after else None,
    )


@pages.post("/<lang>/manage/<slug>/join/<key>/")
@access.needs(SPEAK)
def join(slug: str, key: str) -> ResponseReturnValue:
    """Join a published comment in the name of one's organisation."""
    about = consultation(slug)
    joined = point(key, about.id)
    endorse(joined, organisation=_speaker())
    db.session.commit()
    flash(gettext("Your organisation has joined this proposal."))
    return redirect(url_for("portal.provision", slug=slug, eid=_eid(about, joined.wid)), SEE_OTHER)


def _sent(
    about: Consultation, of: Round, form: CommentForm, speaker: Organisation
) -> ResponseReturnValue:
    try:
        comment_for_organisation(
            of,
            form.provision.wid,
            form.said,
            organisation=speaker,
            language=page_language(),
            on=today(about.time_zone),
        )
    except RoundNotOpen as error:
        form.errors = {"text": gettext(error.message)}
        return _page(about, form, speaker), CONFLICT
    db.session.commit()
    return redirect(url_for(".sent", slug=about.slug, eid=form.provision.eid), SEE_OTHER)


def _page(about: Consultation, form: CommentForm, speaker: Organisation) -> str:
    return render_template(
        "comments/comment.html",
        consultation=about,
        organisation=author(speaker),
        others=_others(about, form, speaker),
        sealed=None,
        **form.shown(),
    )


def _others(about: Consultation, form: CommentForm, speaker: Organisation) -> list[dict[str, Any]]:
    """What others proposed, each with whether this organisation can join it."""
    joined = endorsed_by(speaker.id)
    takes_part = open_round(about)
    found = [
        each for each in others_on(about, form.provision) if each.organisation_id != speaker.id
    ]
    return [
        {
            **shown,
            "can_join": takes_part is not None
            and each.round_id == takes_part.id
            and each.id not in joined,
            "join_url": url_for(".join", slug=about.slug, key=each.id),
        }
        for each, shown in zip(found, comments_shown(found), strict=True)
    ]


def _speaker() -> Organisation:
    speaker = organisation_of(current_user.id)
    if speaker is None:
        raise Forbidden(N_("Your account writes for no organisation."))
    return speaker


def _eid(about: Consultation, wid: str) -> str:
    of = current_round(about)
    draft = revision(of.revision_id) if of and of.revision_id else None
    known = provision_known_as(draft, wid) if draft else None
    return known.eid if known else wid
