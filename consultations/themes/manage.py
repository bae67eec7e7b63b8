"""The coder's desk: points and the themes found in them; a page for each theme."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from consultations.accounts.roles import REPLY
from consultations.clock import now
from consultations.db import db
from consultations.errors import ConsultationsError, NotFound, Refused
from consultations.languages.queries import digest
from consultations.rounds.models import Consultation
from consultations.rounds.queries import consultation
from consultations.rounds.services import note
from consultations.themes.forms import ThemeForm
from consultations.themes.models import Theme
from consultations.themes.queries import theme_with, themes_in
from consultations.themes.reading import WITHOUT, Reading
from consultations.themes.services import (
    attach,
    change_theme,
    detach,
    merge_theme,
    remove_theme,
    theme_called,
)
from consultations.web import access
from consultations.web.failures import sentence
from consultations.web.filters import address, chosen
from consultations.words import N_

pages = Blueprint("themes", __name__)

SEE_OTHER, UNPROCESSABLE = 303, 422


@pages.route("/<lang>/manage/<slug>/themes/", methods=["GET", "POST"])
@access.needs(REPLY)
def points(slug: str) -> ResponseReturnValue:
    """Points to attach themes to, some at a time, and the themes found so far."""
    reading = Reading(consultation(slug))
    if request.method == "GET":
        return _page(reading)
    if request.form.get("action") == "add":
        return _added(reading)
    return _kept(reading, request.form.getlist("point"))


def _added(reading: Reading) -> ResponseReturnValue:
    try:
        theme_called(reading.about, request.form.get("label", ""), by=current_user.id, at=now())
    except ConsultationsError as error:
        db.session.rollback()
        return _page(reading, errors={"label": sentence(error)}), UNPROCESSABLE
    db.session.commit()
    flash(gettext("The theme is added."))
    return redirect(address(), SEE_OTHER)


def _kept(reading: Reading, keys: Sequence[str]) -> ResponseReturnValue:
    """Attach what was ticked and take off what no longer is; nothing else is touched.

    So whatever somebody else did to the same points meanwhile stays as it is.
    """
    errors: dict[str, str] = {}
    changed = 0
    for key in keys:
        try:
            changed += _keep(reading, key)
        except ConsultationsError as error:
            errors[f"new-{key}"] = sentence(error)
    if errors:
        db.session.rollback()
        return _page(Reading(reading.about), keys, errors), UNPROCESSABLE
    if changed:
        note(reading.about, "point.themes", by=current_user.id, at=now(), detail=str(changed))
    db.session.commit()
    flash(ngettext("Kept for one point.", "Kept for %(num)s points.", changed))
    return redirect(address(page=_next_page(changed)), SEE_OTHER)


def _keep(reading: Reading, key: str) -> int:
    """Keep what was changed of one entry; returns for how many points."""
    entry, known = reading.entry(key), reading.themes
    if entry is None:
        return 0
    shown = set(request.form.get(f"was-{key}", "").split())
    ticked = set(request.form.getlist(f"theme-{key}"))
    if ticked - shown - set(known):
        raise Refused(N_("A theme that you chose has been removed meanwhile. Choose again."))
    added = [known[code] for code in ticked - shown]
    if label := request.form.get(f"new-{key}", "").strip():
        added.append(theme_called(reading.about, label, by=current_user.id, at=now()))
    removed = [known[code] for code in shown - ticked if code in known]
    for each in added:
        attach(entry.points, each, by=current_user.id)
    for each in removed:
        detach(entry.points, each)
    return len(entry.points) if added or removed else 0


def _next_page(changed: int) -> int:
    """The same page again where what has a theme now has left it, else the one after."""
    number = request.args.get("page", 1, type=int)
    return number if changed and chosen("status", WITHOUT) == WITHOUT else number + 1


def _page(reading: Reading, keys: Sequence[str] = (), errors: dict[str, str] | None = None) -> str:
    shown = reading.page(keys)
    for point in shown["points"]:
        ticked, new = f"theme-{point['id']}", f"new-{point['id']}"
        point["ticked"] = request.form.getlist(ticked) if keys else point["carries"]
        point["new"] = request.form.get(new, "")
    return render_template(
        "themes/points.html",
        **shown,
        source_language=reading.about.source_language,
        label=request.form.get("label", ""),
        errors=errors or {},
    )


@pages.route("/<lang>/manage/<slug>/themes/<code>/", methods=["GET", "POST"])
@access.needs(REPLY)
def theme(slug: str, code: str) -> ResponseReturnValue:
    """One theme: to be renamed, merged into another, or removed."""
    about = consultation(slug)
    found = theme_with(about.id, code)
    if found is None:
        raise NotFound
    if request.method == "GET":
        return _theme_page(about, found, ThemeForm.of(found, about))
    action = request.form.get("action", "")
    form = ThemeForm.posted(about) if action == "keep" else ThemeForm.of(found, about)
    if faults := form.faults():
        errors = {name: sentence(fault) for name, fault in faults.items()}
        return _theme_page(about, found, form, errors), UNPROCESSABLE
    try:
        said = _act(about, found, action, form)
    except ConsultationsError as error:
        db.session.rollback()
        field = {"merge": "into", "remove": "remove"}.get(action, f"label-{form.source}")
        return _theme_page(about, found, form, {field: sentence(error)}), error.status
    db.session.commit()
    flash(said)
    return redirect(url_for(".points", slug=slug), SEE_OTHER)


def _act(about: Consultation, theme: Theme, action: str, form: ThemeForm) -> str:
    """Do what was asked; returns what to say about it."""
    by, at = current_user.id, now()
    if request.form.get("read") != _as_read(theme):
        raise Refused(
            N_("Somebody changed this theme meanwhile. Look at it, and send again to keep yours.")
        )
    if action == "remove":
        remove_theme(about, theme, by=by, at=at)
        return str(gettext("The theme is removed."))
    if action == "merge":
        into = theme_with(about.id, request.form.get("into", ""))
        if into is None or into is theme:
            raise Refused(N_("Choose the theme that takes its place."))
        merge_theme(about, theme, into, by=by, at=at)
        return str(gettext("The themes are merged."))
    change_theme(about, theme, form.label, form.read_as, by=by, at=at)
    return str(gettext("The theme is kept."))


def _theme_page(
    about: Consultation, theme: Theme, form: ThemeForm, errors: dict[str, str] | None = None
) -> str:
    source = about.source_language
    return render_template(
        "themes/theme.html",
        consultation=about,
        theme=theme,
        count=Reading(about).carrying[theme.code],
        read=_as_read(theme),
        source_language=source,
        languages=[source, *(tag for tag in about.languages if tag != source)],
        form=form,
        others=[each for each in themes_in(about.id) if each.id != theme.id],
        into=request.form.get("into", ""),
        errors=errors or {},
    )


def _as_read(theme: Theme) -> str:
    """What tells whether a theme has been changed since a form was opened."""
    return digest(repr((sorted(theme.label.items()), sorted(theme.read_as.items()))))
