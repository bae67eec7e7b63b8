"""The comments to read: publish them, or hide them with a reason."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from consultations.accounts.roles import MODERATE
from consultations.clock import now
from consultations.comments.filters import by_article
from consultations.comments.models import HIDDEN, PUBLISHED, WAITING
from consultations.comments.queries import comments_with, counts_by_status, point
from consultations.comments.shown import comments_shown
from consultations.db import db
from consultations.errors import ConsultationsError
from consultations.moderation.queries import reasons_for_hiding
from consultations.moderation.services import hide, publish
from consultations.rounds.models import Consultation
from consultations.rounds.queries import consultation
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.filters import address, chosen, filter_by

pages = Blueprint("moderation", __name__)

LISTED = (WAITING, PUBLISHED, HIDDEN)
SHOWN_AT_ONCE = 50
SEE_OTHER, UNPROCESSABLE = 303, 422


@pages.route("/<lang>/manage/<slug>/comments/", methods=["GET", "POST"])
@access.needs(MODERATE)
def queue(slug: str) -> ResponseReturnValue:
    """Comments waiting to be read, or those decided on before."""
    about = consultation(slug)
    if request.method == "POST":
        return _decide(about)
    return _page(about)


def _decide(about: Consultation) -> ResponseReturnValue:
    decided = point(request.form.get("point", ""), about.id)
    field = f"reason-{decided.id}"
    try:
        if request.form.get("action") == "publish":
            publish(decided, by=current_user.id, at=now())
            flash(gettext("The comment is published."))
        else:
            hide(decided, request.form.get(field, ""), by=current_user.id, at=now())
            flash(gettext("The comment is hidden, with your reason."))
    except ConsultationsError as error:
        db.session.rollback()
        return _page(about, {field: sentence(error)}), UNPROCESSABLE
    db.session.commit()
    return redirect(address(), SEE_OTHER)


def _page(about: Consultation, errors: Mapping[str, str] | None = None) -> str:
    counts = counts_by_status(about.id)
    status = chosen("status", WAITING)
    listed = comments_with(about.id, status if status in LISTED else WAITING)
    wid = chosen("article")
    points = [each for each in listed if wid in ("", each.wid)][:SHOWN_AT_ONCE]
    reasons = reasons_for_hiding([each.id for each in points])
    shown = comments_shown(points)
    return render_template(
        "moderation/queue.html",
        consultation=about,
        total=counts.get(WAITING, 0),
        shown=[_by_status(counts), by_article(about, [each.wid for each in listed])],
        points=[{**each, "hidden_because": reasons.get(each["id"])} for each in shown],
        errors=errors or {},
        typed=request.form,
    )


def _by_status(counts: Mapping[str, int]) -> dict[str, Any]:
    labels = {
        WAITING: gettext("to read"),
        PUBLISHED: gettext("published"),
        HIDDEN: gettext("hidden"),
    }
    options = [(each, labels[each], counts.get(each, 0)) for each in LISTED]
    return filter_by("status", gettext("Comments"), options, default=WAITING)
