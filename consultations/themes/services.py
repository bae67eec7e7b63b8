"""Naming themes and attaching them to points."""

import re
from collections.abc import Iterable, Mapping

from consultations.comments.models import Point
from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.rounds.models import Consultation
from consultations.themes.models import Coding, Theme
from consultations.themes.queries import theme_with, themes_on
from consultations.words import N_

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


def add_theme(
    to: Consultation, code: str, label: Mapping[str, str], read_as: Mapping[str, str] | None = None
) -> Theme:
    """Name a theme. Raises ConsultationsError for a code that will not do, Refused for a known one.

    `read_as` is the sentence in which the team reads the points that carry it.
    """
    if not CODE.fullmatch(code):
        raise ConsultationsError(N_("“%(code)s” cannot be the code of a theme."), code=code)
    if theme_with(to.id, code):
        raise Refused(N_("There is a theme “%(code)s” already."), code=code)
    theme = Theme(consultation_id=to.id, code=code, label=dict(label), read_as=dict(read_as or {}))
    db.session.add(theme)
    db.session.flush()
    return theme


def code_points(points: Iterable[Point], theme: Theme, *, by: int | None) -> None:
    """Attach a theme to points; those that carry it already stay as they are."""
    chosen = list(points)
    carrying = themes_on([each.id for each in chosen])
    db.session.add_all(
        Coding(point_id=each.id, theme_id=theme.id, account_id=by)
        for each in chosen
        if theme not in carrying.get(each.id, ())
    )
    db.session.flush()
