"""Naming themes, changing them, and attaching them to points."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from consultations.comments.models import Point
from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.languages.services import save_translation, source_changes
from consultations.rounds.models import Consultation
from consultations.rounds.services import note
from consultations.themes.models import Coding, Theme
from consultations.themes.queries import theme_with, themes_in, themes_on
from consultations.words import N_

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
LONGEST_LABEL, LONGEST_READING = 200, 1_000


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


def theme_called(to: Consultation, label: str, *, by: int | None, at: datetime) -> Theme:
    """The theme of this label, in whatever language; a new one in the source language if none.

    Raises ConsultationsError for a label that will not do.
    """
    label = checked(label, LONGEST_LABEL)
    known = themes_in(to.id)
    for each in known:
        if label.casefold() in (text.casefold() for text in each.label.values()):
            return each
    code = _code(label, {each.code for each in known})
    note(to, "theme.add", by=by, at=at, detail=label)
    return add_theme(to, code, {to.source_language: label})


def change_theme(
    of: Consultation,
    theme: Theme,
    label: Mapping[str, str],
    read_as: str,
    *,
    by: int | None,
    at: datetime,
) -> None:
    """Rename a theme in the languages of the consultation, and say how its points are read.

    `label` has a text in the source language, in which `read_as` is as well. Translations whose
    source changes wait for a translator.
    """
    before = dict(theme.label)
    words = {tag: " ".join(label.get(tag, "").split()) for tag in of.languages}
    _change_source(of, theme, "label", words[of.source_language], by=by)
    _change_source(of, theme, "read_as", " ".join(read_as.split()), by=by)
    db.session.flush()
    for tag in of.languages:
        if tag != of.source_language and words[tag] != before.get(tag, ""):
            name = f"theme:{theme.id}:label"
            save_translation(of, name, tag, words[tag], reviewed=False, by=by)
    note(of, "theme.change", by=by, at=at, detail=words[of.source_language])


def merge_theme(
    of: Consultation, theme: Theme, into: Theme, *, by: int | None, at: datetime
) -> None:
    """Let the points of a theme carry another one instead; the theme is gone."""
    carrying = select(Coding.point_id).where(Coding.theme_id == into.id)
    db.session.execute(
        delete(Coding).where(Coding.theme_id == theme.id, Coding.point_id.in_(carrying))
    )
    db.session.execute(update(Coding).where(Coding.theme_id == theme.id).values(theme_id=into.id))
    note(of, "theme.merge", by=by, at=at, detail=_name(of, theme))
    db.session.delete(theme)
    db.session.flush()


def remove_theme(of: Consultation, theme: Theme, *, by: int | None, at: datetime) -> None:
    """Take a theme off every point; the theme is gone."""
    db.session.execute(delete(Coding).where(Coding.theme_id == theme.id))
    note(of, "theme.remove", by=by, at=at, detail=_name(of, theme))
    db.session.delete(theme)
    db.session.flush()


def code_points(points: Iterable[Point], theme: Theme, *, by: int | None) -> None:
    """Attach a theme to points; those that carry it already stay as they are."""
    attach([each.id for each in points], theme, by=by)


def attach(keys: Collection[str], theme: Theme, *, by: int | None) -> None:
    """Attach a theme to the points with these keys that do not carry it yet.

    Raises Refused where somebody else attaches or removes it at the same moment.
    """
    carrying = themes_on(keys)
    try:
        with db.session.begin_nested():
            db.session.add_all(
                Coding(point_id=key, theme_id=theme.id, account_id=by)
                for key in keys
                if theme not in carrying.get(key, ())
            )
    except IntegrityError as error:
        raise Refused(
            N_("Somebody else changed these themes at the same moment. Please send again.")
        ) from error


def detach(keys: Collection[str], theme: Theme) -> None:
    """Take a theme off the points with these keys."""
    db.session.execute(delete(Coding).where(Coding.theme_id == theme.id, Coding.point_id.in_(keys)))


def checked(text: str, longest: int) -> str:
    """Words in one line. Raises ConsultationsError for none, for too many, and for other signs."""
    words = " ".join(text.split())
    if not words or "\0" in words or len(words) > longest:
        raise ConsultationsError(
            N_("Please write one to %(longest)s characters of text."), longest=longest
        )
    return words


def _change_source(
    of: Consultation, theme: Theme, attribute: str, words: str, *, by: int | None
) -> None:
    texts: dict[str, str] = getattr(theme, attribute)
    before = texts.get(of.source_language, "")
    if before == words:
        return
    others = [tag for tag in texts if tag != of.source_language]
    source_changes(of.id, f"theme:{theme.id}:{attribute}", before, others, by=by)
    setattr(theme, attribute, {**texts, of.source_language: words} if words else {})


def _code(label: str, taken: Collection[str]) -> str:
    """A code of the label's own letters where it has Latin ones; none is given twice."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "theme"
    place = 1
    while (code := stem if place == 1 else f"{stem}-{place}") in taken:
        place += 1
    return code


def _name(of: Consultation, theme: Theme) -> str:
    return theme.label.get(of.source_language, theme.code)
