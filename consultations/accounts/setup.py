"""Sign-in with Flask-Security, told to keep nothing about devices and visits."""

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import current_user
from flask_login.utils import _user_context_processor
from flask_security import Security, SQLAlchemyUserDatastore

from consultations.accounts.models import Account, Role
from consultations.accounts.roles import permissions
from consultations.db import db
from consultations.web import access

SETTINGS = {
    "SECURITY_URL_PREFIX": "/<lang>/site",
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": True,
    "SECURITY_PASSWORD_LENGTH_MIN": 10,
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_CHANGE_EMAIL": False,
    "SECURITY_TRACKABLE": False,
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_POST_LOGIN_VIEW": "workspace.index",
    "SECURITY_POST_LOGOUT_VIEW": "portal.home",
    "SECURITY_USE_VERIFY_PASSWORD_CACHE": False,
    "SECURITY_FLASH_MESSAGES": False,
    "SESSION_COOKIE_NAME": "desk",
    "REMEMBER_COOKIE_DURATION": 0,
}


class Sessions(SecureCookieSessionInterface):
    """Sessions in a cookie; a page that does not look at its session does not vary with it."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if "HTTP_COOKIE" not in request.environ:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if session.modified:  # Flask-Login leaves a word in it for its own cookie
            app.login_manager._update_remember_cookie(response)  # type: ignore[attr-defined]
        if session.accessed or session.modified:
            super().save_session(app, session, response)


def datastore() -> SQLAlchemyUserDatastore:
    """Where Flask-Security finds accounts and roles."""
    return SQLAlchemyUserDatastore(db, Account, Role)


def _may_everywhere(permission: str, slug: str | None) -> bool:
    """What the account's own roles allow, whatever the consultation."""
    if not current_user.is_authenticated:
        return False
    roles = {role.name for role in current_user.roles}
    return permission == access.SIGNED_IN or permission in permissions(roles)


def init_app(app: Flask) -> None:
    """Register sign-in and sign-out, and answer for what an account may do everywhere."""
    app.config.from_mapping(SETTINGS, SECURITY_PASSWORD_SALT=app.config["SECRET_KEY"])
    app.session_interface = Sessions()
    security = Security(app, datastore(), register_blueprint=True)
    # Pages say in `web.access` who may open them: no page has to ask who it is before that.
    security.principal.identity_loaders.clear()
    app.after_request_funcs[None].remove(app.login_manager._update_remember_cookie)  # type: ignore[attr-defined]
    for endpoint in ("security.login", "security.logout", "security.verify"):
        if endpoint in app.view_functions:
            access.public(app.view_functions[endpoint])
    # Templates ask for `account`: looking who is signed in would cost every page.
    app.template_context_processors[None].remove(_user_context_processor)
    access.register(app, _may_everywhere)
