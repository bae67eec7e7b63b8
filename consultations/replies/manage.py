"""The reading desk: list and point side by side, disposition and reply in one go."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from consultations.accounts.roles import REPLY
from consultations.clock import now
from consultations.comments.queries import points_with
from consultations.db import db
from consultations.replies.forms import OFFERED, ReplyForm
from consultations.replies.queries import Entry, replies_to
from consultations.replies.reading import Reading
from consultations.replies.services import answer
from consultations.rounds.queries import consultation
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.filters import address

pages = Blueprint("replies", __name__)

SEE_OTHER, UNPROCESSABLE = 303, 422


@pages.route("/<lang>/manage/<slug>/points/", methods=["GET", "POST"])
@access.needs(REPLY)
def points(slug: str) -> ResponseReturnValue:
    """Points to answer, one by one or all that say the same."""
    reading = Reading(consultation(slug))
    if request.method == "POST":
        return _answered(reading, reading.entry(request.form.get("point", "")))
    return _page(reading, _chosen(reading))


def _answered(reading: Reading, entry: Entry) -> ResponseReturnValue:
    form = ReplyForm.posted()
    if faults := form.faults():
        errors = {name: sentence(fault) for name, fault in faults.items()}
        return _page(reading, entry, form, errors), UNPROCESSABLE
    following = reading.after(entry)
    answered = [*entry.points, *_same(reading, entry)]
    language = reading.about.source_language
    answer(
        reading.about,
        points_with(answered),
        disposition=form.disposition,
        text={language: form.text},
        resulting_wid=entry.wid,
        resulting_text={language: form.resulting},
        by=current_user.id,
        at=now(),
    )
    db.session.commit()
    flash(
        ngettext(
            "The reply is kept.", "The reply is kept, for %(num)s points together.", len(answered)
        )
    )
    return redirect(address(point=_still_open(following, answered)), SEE_OTHER)


def _same(reading: Reading, entry: Entry) -> list[str]:
    """The other points that were ticked to receive the same reply."""
    chosen = (
        key
        for code, others in reading.alike(entry).items()
        if f"same_{code}" in request.form
        for key in others
    )
    return list(dict.fromkeys(chosen))


def _still_open(following: Entry | None, answered: list[str]) -> str | None:
    if following is None or following.points[0] in answered:
        return None
    return following.points[0]


def _chosen(reading: Reading) -> Entry | None:
    """The entry that the address names, else the first one."""
    if key := request.args.get("point"):
        return reading.entry(key)
    return reading.listed[0] if reading.listed else None


def _page(
    reading: Reading,
    entry: Entry | None,
    form: ReplyForm | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    context: dict[str, Any] = {"point": None, "same": None, "later_url": None}
    if entry is not None:
        language = reading.about.source_language
        reply = replies_to(entry.points[:1]).get(entry.points[0])
        following = reading.after(entry)
        context = {
            "point": reading.opened(entry),
            "same": reading.said_of_themes(entry, request.form),
            "later_url": address(point=following.points[0]) if following else None,
            "values": form or ReplyForm.of(reply, language),
        }
    return render_template(
        "replies/points.html",
        **reading.page(entry),
        **context,
        may_reply=True,
        dispositions=OFFERED,
        reply_language=reading.about.source_language,
        errors=errors or {},
    )
