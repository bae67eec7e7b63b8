"""Who may open a page: every page says so, and nobody opens one that does not."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()

PUBLIC = "public"
SIGNED_IN = "signed in"


class MayDo(Protocol):
    """What an account may do: everywhere, or in the consultation with this slug."""

    def __call__(self, permission: str, slug: str | None) -> bool: ...


def public(view: View) -> View:
    """Everyone may open the page, without an account and without a cookie."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Whoever has signed in may open the page."""
    view.access = SIGNED_IN  # type: ignore[attr-defined]
    return view


def needs(permission: str) -> Callable[[View], View]:
    """Those may open the page who may do `permission`, in the consultation of its address."""

    def declare(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]
        return view

    return declare


def declared(app: Flask, endpoint: str) -> str | None:
    """What the page at an endpoint says about who may open it."""
    return getattr(app.view_functions[endpoint], "access", None)


def may(permission: str, slug: str | None = None) -> bool:
    """Whether the account of this request may do something."""
    asks: tuple[MayDo, ...] = current_app.extensions["may_do"]
    return any(ask(permission, slug) for ask in asks)


def register(app: Flask, may_do: MayDo) -> None:
    """Let a floor answer what an account may do."""
    app.extensions["may_do"] = (*app.extensions.get("may_do", ()), may_do)


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    access = declared(current_app._get_current_object(), request.endpoint)  # type: ignore[attr-defined]
    if access == PUBLIC:
        return None
    if access is None:
        abort(403)
    if not may(SIGNED_IN):
        return redirect(url_for("security.login", next=request.path))
    if access != SIGNED_IN and not may(access, (request.view_args or {}).get("slug")):
        abort(403)
    csrf.protect()
    return None


def init_app(app: Flask) -> None:
    """Ask before every page; a form of the team's pages must come from such a page."""
    csrf.init_app(app)
    app.extensions.setdefault("may_do", ())
    app.before_request(_check)
