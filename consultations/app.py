"""Builds the application: settings, floors, pages."""

import importlib
import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, request
from werkzeug.exceptions import NotFound

from consultations import i18n, resources
from consultations.config import Settings, make_instance, read_settings, secret_key
from consultations.db import db
from consultations.rounds.queries import content_languages
from consultations.web import access, failures, headers, limits, overload, packing, templating
from consultations.web.reading import CountedRequest

FLOORS_WITH_TABLES = (
    "accounts",
    "ledger",
    "languages",
    "rounds",
    "drafts",
    "questionnaires",
    "participants",
    "submissions",
    "comments",
    "records",
    "moderation",
    "themes",
    "replies",
    "analysis",
    "reports",
    "portal",
)
PAGES = (
    "accounts.views",
    "portal.views",
    "participants.views",
    "questionnaires.views",
    "submissions.views",
    "submissions.offline.views",
    "records.views",
    "comments.views",
    "reports.views",
    "questionnaires.manage",
    "participants.manage",
    "submissions.manage",
    "comments.manage",
    "languages.manage",
    "records.manage",
    "moderation.manage",
    "themes.manage",
    "replies.manage",
    "reports.manage",
    "reports.small_groups",
    "portal.manage",
    "workspace.manage",
)
WITH_PASSAGES = ("rounds", "drafts", "comments", "themes", "replies", "reports")
"""The floors that have something to translate, in the order in which translators meet it."""


class Application(Flask):
    """Flask, which asks of each function that it calls whether it is asynchronous: none is."""

    request_class = CountedRequest

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create_app(settings: Settings | None = None, *, demonstration: bool = False) -> Flask:
    """The WSGI application.

    `settings` default to the environment. With `demonstration`, every page carries the bar that
    lets a visitor continue in any role. Raises SetupError when a setting is wrong.
    """
    settings = settings or read_settings()
    logging.basicConfig(level=settings.log_level)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    make_instance(settings)
    app = Application(
        "consultations",
        instance_path=str(settings.instance.resolve()),
        template_folder=str(resources.templates()),
        static_folder=str(resources.static()),
    )
    app.url_map.merge_slashes = False
    app.config.update(_configuration(settings), DEMONSTRATION=demonstration)
    app.extensions["settings"] = settings
    _add_services(app)
    _add_pages(app)
    return app


def _configuration(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": secret_key(settings),
        "SQLALCHEMY_DATABASE_URI": settings.database,
        "LANGUAGES": settings.languages,
        "SITE_NAME": settings.site_name,
        "EXIT_ADDRESS": settings.exit_address,
        "MAX_CONTENT_LENGTH": settings.max_form_bytes,
        "MAX_FORM_MEMORY_SIZE": settings.max_form_bytes,
        "MAX_FORM_PARTS": 5_000,
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }


def _add_services(app: Flask) -> None:
    for floor in FLOORS_WITH_TABLES:
        importlib.import_module(f"consultations.{floor}.models")
    db.init_app(app)
    packing.init_app(app)
    i18n.init_app(app)
    templating.init_app(app)
    failures.init_app(app)
    headers.init_app(app)
    limits.init_app(app)
    overload.init_app(app)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    access.init_app(app)


def _add_pages(app: Flask) -> None:
    importlib.import_module("consultations.accounts.setup").init_app(app)
    importlib.import_module("consultations.rounds.team").init_app(app)
    importlib.import_module("consultations.rounds.calendar").init_app(app)
    importlib.import_module("consultations.analysis.snapshots.sweeping").init_app(app)
    for floor in WITH_PASSAGES:
        importlib.import_module(f"consultations.{floor}.translatables")
    for page in PAGES:
        app.register_blueprint(importlib.import_module(f"consultations.{page}").pages)


def _take_language(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """Keep the language of the address for the request: views and links need not carry it."""
    if values and "lang" in values:
        lang = values.pop("lang")
        if not _is_spoken(lang):
            raise NotFound
        g.lang = lang
    elif values is None and _is_spoken(first := request.path.split("/")[1]):
        g.lang = first  # no page is there, and the reader is told so in the address's language
    if any("\0" in str(value) for value in (values or {}).values()):
        raise NotFound  # no database could be asked for it


def _give_language(endpoint: str, values: dict[str, str]) -> None:
    if current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values.setdefault("lang", i18n.page_language())


def _is_spoken(lang: str) -> bool:
    """Whether the interface, or at least one consultation, speaks a language."""
    return lang in i18n.interface_languages() or lang in content_languages()
