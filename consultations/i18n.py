"""Languages of the interface: which one a page speaks, which way it runs, how it writes numbers."""

import json
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any
from unicodedata import bidirectional

from babel import Locale, UnknownLocaleError
from flask import Flask, current_app, g, has_request_context, request
from flask_babel import Babel, get_locale, get_translations

from consultations import resources
from consultations.errors import SetupError
from consultations.texts import SOURCE, nearest
from consultations.words import N_

babel = Babel()


def interface_languages() -> list[str]:
    """The languages that the program itself speaks, the first being its default."""
    languages: list[str] = current_app.config["LANGUAGES"]
    return languages


def shell_language(language: str) -> str:
    """The interface language for a page in `language`."""
    return _nearest_or_first(language, tuple(interface_languages()))


@lru_cache(maxsize=512)
def _nearest_or_first(language: str, spoken: tuple[str, ...]) -> str:
    return nearest(language, spoken) or spoken[0]


def page_language() -> str:
    """The language in the page's address; the default one outside a page."""
    found: str | None = g.get("lang") if has_request_context() else None
    return found or interface_languages()[0]


def reading_language() -> str:
    """The language in which what is asked and said is read: the page's own, or where the
    consultation is not offered in it, the one that `read_in` chose.
    """
    found: str | None = g.get("reading") if has_request_context() else None
    return found or page_language()


def read_in(offered: Iterable[str]) -> None:
    """Let this page show texts in one of `offered` languages: others are not published yet."""
    spoken, here = list(offered), page_language()
    g.reading = (
        here
        if here in spoken
        else nearest(here, spoken) or (SOURCE if SOURCE in spoken else spoken[0])
    )


def _selected_locale() -> str:
    if not has_request_context():
        return str(getattr(g, "command_language", SOURCE)) if g else SOURCE
    return shell_language(page_language()).replace("-", "_")


@cache
def _own_names() -> Mapping[str, str]:
    """CLDR's languages, each in its own words.

    Babel knows them too, but keeps a megabyte for each language that a page merely names.
    """
    names: Mapping[str, str] = json.loads((resources.PACKAGE / "own_names.json").read_text("utf-8"))
    return names


def direction(language: str) -> str:
    """`rtl` or `ltr`, from CLDR; `ltr` for a language that CLDR lacks."""
    if name := _own_names().get(language):
        return "rtl" if bidirectional(name[0]) in ("R", "AL") else "ltr"
    try:
        way = Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if way == "rtl" else "ltr"


def own_name(language: str) -> str:
    """The language's name in itself; its tag where CLDR lacks it."""
    if name := _own_names().get(language):
        return name
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return language
    name = locale.get_display_name(locale)
    return name[:1].upper() + name[1:] if name else language


def name_in(language: str, locale: Locale) -> str:
    """A language's name in the words of `locale`; its tag where CLDR lacks it."""
    try:
        return Locale.parse(language, sep="-").get_display_name(locale) or language
    except (UnknownLocaleError, ValueError):
        return language


def preferred(languages: Iterable[str]) -> str:
    """The one of `languages` that the reader's browser asks for; else the first."""
    offered = list(languages)
    for wanted in request.accept_languages.values():
        found = nearest(wanted, offered) if wanted != "*" else offered[0]
        if found:
            return found
    return offered[0]


def init_app(app: Flask) -> None:
    """Set Flask-Babel up; raises SetupError when a language lacks its compiled catalogue."""
    translations = resources.translations()
    for language in app.config["LANGUAGES"]:
        catalogue = translations / language.replace("-", "_") / "LC_MESSAGES" / "messages.mo"
        if language != SOURCE and not catalogue.exists():
            raise SetupError(
                N_("There is no compiled catalogue for the language %(language)s."),
                language=f"{language} (CONSULTATIONS_LANGUAGES)",
            )
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(translations)
    babel.init_app(app, locale_selector=_selected_locale)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, count: _catalogue().ungettext(one, many, count),
        newstyle=True,
    )


_catalogues: dict[Locale | None, Any] = {}


def _catalogue() -> Any:
    """The catalogue of the page's locale; Flask-Babel would work out its name for each sentence."""
    locale = get_locale()
    if locale not in _catalogues:
        _catalogues[locale] = get_translations()
    return _catalogues[locale]
