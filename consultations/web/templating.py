"""What every template can use: the page's language, links that keep it, texts in it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Flask, current_app, g, render_template, request, url_for
from flask_babel import format_date
from markupsafe import Markup

from consultations import i18n
from consultations.web import access


def url(endpoint: str, **values: Any) -> str:
    """The address of a page in this page's language."""
    return url_for(endpoint, **values)


def text(texts: Mapping[str, str]) -> str:
    """A content text in the page's language, or in the nearest one there is."""
    return i18n.in_language(texts, i18n.page_language())


def language_of(texts: Mapping[str, str]) -> str:
    """The language that `text` finds."""
    return i18n.pick(texts, i18n.page_language())[1]


def attributes(language: str) -> Markup:
    """`lang` and `dir` for content in a language other than the shell's; else nothing."""
    if language == i18n.shell_language(i18n.page_language()):
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(language, i18n.direction(language))


def own_language(texts: Mapping[str, str]) -> Markup:
    """`lang` and `dir` for a text that may not be in the shell's language."""
    return attributes(language_of(texts))


def alternatives() -> list[dict[str, str]]:
    """This page in the other languages it can be read in: tag, own name, direction, address."""
    if request.url_rule is None or "lang" not in request.url_rule.arguments:
        return []
    offered = getattr(g, "offered_languages", None) or i18n.interface_languages()
    values = request.view_args or {}
    return [
        {
            "language": language,
            "name": i18n.own_name(language),
            "dir": i18n.direction(language),
            "url": url_for(request.url_rule.endpoint, **{**values, "lang": language}),
        }
        for language in offered
        if language != i18n.page_language()
    ]


def csrf() -> Markup:
    """The hidden field that a form of the team's pages carries."""
    return Markup(render_template("macros/csrf.html"))  # noqa: S704 - our own template


def day(moment: date) -> str:
    """A date in words of the page's language."""
    return str(format_date(moment, "long"))


def _globals() -> dict[str, Any]:
    here = i18n.page_language()
    shell = i18n.shell_language(here)
    return {
        "here": here,
        "shell": shell,
        "dir": i18n.direction(shell),
        "site_name": current_app.config["SITE_NAME"],
        "demonstration_bar": current_app.config["DEMONSTRATION"],
    }


def init_app(app: Flask) -> None:
    """Give the templates their words."""
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        url=url,
        alternatives=alternatives,
        csrf=csrf,
        attributes=attributes,
        own_language=own_language,
        language_of=language_of,
        direction=i18n.direction,
        own_name=i18n.own_name,
        may=access.may,
    )
    app.jinja_env.filters.update(text=text, day=day)
    app.context_processor(_globals)
