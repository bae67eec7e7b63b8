"""What every template can use: the page's language, links that keep it, texts in it, figures."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from babel.dates import get_timezone_location
from flask import Flask, current_app, g, request, url_for
from flask_babel import get_locale, gettext
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from consultations import figures, i18n
from consultations.clock import today
from consultations.texts import pick as one_of
from consultations.web import access
from consultations.words import N_

VISITORS = (
    ("citizen", N_("citizen")),
    ("ngo", N_("NGO")),
    ("organizer", N_("organizer")),
    ("translator", N_("translator")),
    ("negotiator", N_("negotiator")),
)


def url(endpoint: str, **values: Any) -> str:
    """The address of a page in this page's language."""
    return url_for(endpoint, **values)


def outside(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for messages and paper: https://HOST/..."""
    settings = current_app.extensions["settings"]
    site = settings.site_address or request.host_url
    return f"{site.rstrip('/')}{url_for(endpoint, **values)}"


def pick(texts: Mapping[str, str] | str | None) -> tuple[str, str]:
    """A text for the reader of this page, and the language it is in."""
    if isinstance(texts, str) or not texts:
        return str(texts or ""), i18n.shell_language(i18n.page_language())
    return one_of(texts, i18n.reading_language())


def in_words(texts: Mapping[str, str] | str | None) -> Markup:
    """A text for the reader of this page; one in another language than its shell says so."""
    here = i18n.page_language()
    return _in_words(texts, i18n.reading_language(), i18n.shell_language(here))


def _in_words(texts: Mapping[str, str] | str | None, reading: str, shell: str) -> Markup:
    if isinstance(texts, str) or not texts:
        return escape(texts or "")
    words, language = one_of(texts, reading)
    if language == shell:
        return escape(words)
    macros: Any = current_app.jinja_env.get_template("macros/foreign.html").module
    return macros.foreign(words, language, i18n.direction(language))  # type: ignore[no-any-return]


def offer_languages(languages: Iterable[str]) -> None:
    """Let this page link to itself in `languages` beside those of the interface.

    What stands in it is shown in `languages` only.
    """
    offered = list(languages)
    g.offered_languages = list(dict.fromkeys([*offered, *i18n.interface_languages()]))
    i18n.read_in(offered)


def language_links() -> list[dict[str, str]]:
    """This page in the other languages it can be read in: tag, own name, address."""
    if request.url_rule is None or "lang" not in request.url_rule.arguments:
        return []
    offered = getattr(g, "offered_languages", None) or i18n.interface_languages()
    values = request.view_args or {}
    return [
        {
            "language": language,
            "name": i18n.own_name(language),
            "url": url_for(request.url_rule.endpoint, **{**values, "lang": language}),
        }
        for language in offered
        if language != i18n.page_language()
    ]


def discreet(consultation: object) -> bool:
    """Whether the organizer asked for pages whose title does not tell what they are."""
    return bool((getattr(consultation, "plan", None) or {}).get("discreet"))


def language_name(language: str) -> str:
    """A language's name in the language of the page."""
    return i18n.name_in(language, get_locale())


def _demonstration_bar() -> list[dict[str, str]] | None:
    if not current_app.config["DEMONSTRATION"]:
        return None
    return [
        {"label": gettext(label), "url": url("accounts.continue_as", role=role)}
        for role, label in VISITORS
    ]


def _account() -> object | None:
    """The account signed in; public pages do not even look, so they set no cookie."""
    if request.endpoint is None or "without_account" in g:
        return None
    declared = access.declared(current_app._get_current_object(), request.endpoint)  # type: ignore[attr-defined]
    if declared in (None, access.PUBLIC) or not current_user.is_authenticated:
        return None
    return current_user  # type: ignore[no-any-return]


def _page() -> dict[str, Any]:
    here = i18n.page_language()
    shell = i18n.shell_language(here)
    return {
        "here": here,
        "shell": shell,
        "in_words": partial(_in_words, reading=i18n.reading_language(), shell=shell),
        "site_name": current_app.config["SITE_NAME"],
        "demonstration_bar": _demonstration_bar(),
        "account": _account(),
    }


def _day(moment: date | str) -> str:
    """A day, as a date or as published files hold it (ISO 8601)."""
    read = date.fromisoformat(moment) if isinstance(moment, str) else moment
    return figures.day(read, get_locale())


def _number(value: float) -> str:
    return figures.number(value, get_locale())


def _percent(value: float) -> str:
    return figures.percent(value, get_locale())


def _whole_percent(share: float) -> str:
    return figures.whole_percent(share, get_locale())


def _over(closes: date, time_zone: str) -> bool:
    """Whether the last day is past where its midnight counts: a round may be closed early."""
    return closes < today(time_zone)


def _place(time_zone: str) -> str:
    return get_timezone_location(time_zone, locale=get_locale(), return_city=True)


def init_app(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        url=url,
        pick=pick,
        in_words=in_words,
        csrf=generate_csrf,
        dir_of=i18n.direction,
        language_name=language_name,
        discreet=discreet,
        exit_address=app.config["EXIT_ADDRESS"],
        language_links=language_links,
        may=access.may,
    )
    app.jinja_env.filters.update(
        number=_number,
        percent=_percent,
        whole_percent=_whole_percent,
        signed=figures.signed,
        day=_day,
        place=_place,
        over=_over,
    )
    app.context_processor(_page)
