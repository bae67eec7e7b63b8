"""For a facilitator: a pack of forms to take other people's answers with, without a connection."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from consultations.accounts.roles import ASSIST, ROUNDS
from consultations.clock import now
from consultations.db import db
from consultations.errors import Forbidden, Refused, RoundNotOpen
from consultations.rounds.models import Consultation, Round
from consultations.rounds.queries import consultation, open_round
from consultations.rounds.services import end_assisted, note
from consultations.submissions.offline.screens import FILES, prepared
from consultations.submissions.offline.whole_form import ASSISTED, begun
from consultations.submissions.standing import standing
from consultations.web import access
from consultations.web.forms import whole_number
from consultations.web.headers import connecting
from consultations.words import N_

pages = Blueprint("submissions_manage", __name__)

SEE_OTHER = 303
MOST_FORMS = 50
SIZES = (10, 25, MOST_FORMS)


@pages.route("/<lang>/manage/<slug>/assisted/", methods=["GET", "POST"])
@access.needs(ASSIST)
def assisted(slug: str) -> ResponseReturnValue:
    """Fetch a pack onto this phone. Who has which forms is written down nowhere."""
    about = consultation(slug)
    of = open_round(about)
    if request.method == "POST":
        return _end(of, slug) if request.form.get("action") == "end" else _pack(about, of)
    page = render_template(
        "submissions/assisted_pack.html",
        consultation=about,
        round=of,
        sizes=SIZES,
        files=[url_for("static", filename=name) for name in FILES],
    )
    return connecting(page)


def _end(of: Round | None, slug: str) -> ResponseReturnValue:
    """No more packs, if the account may decide about rounds."""
    if not access.may(ROUNDS, slug):
        raise Forbidden
    if of is not None:
        end_assisted(of, by=current_user.id, at=now())
        db.session.commit()
    return redirect(url_for(".assisted", slug=slug), SEE_OTHER)


def _pack(about: Consultation, of: Round | None) -> ResponseReturnValue:
    """So many forms, each with its own draw and its own receipt."""
    count = whole_number(request.form.get("count", ""))
    if not 1 <= count <= MOST_FORMS:
        raise Refused(N_("Fetch between 1 and %(most)s forms at a time."), most=MOST_FORMS)
    form = standing(about.slug).form
    if form is None or of is None:
        raise RoundNotOpen
    if of.assisted_ended:
        raise Refused(N_("The organizer has ended taking others' answers in this round."))
    forms = [prepared(form, begun(form, ASSISTED)) for _ in range(count)]
    note(about, "assisted.pack", by=current_user.id, at=now(), detail=str(count))
    db.session.commit()
    return {"forms": forms}
