"""Continuing as somebody, in the demonstration only."""

from flask import Blueprint, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user, logout_user

from consultations.accounts.queries import account_with_role
from consultations.accounts.roles import MEMBER, NEGOTIATOR, ORGANIZER, TRANSLATOR
from consultations.web import access

pages = Blueprint("accounts", __name__)

VISITORS = {
    "ngo": MEMBER,
    "organizer": ORGANIZER,
    "translator": TRANSLATOR,
    "negotiator": NEGOTIATOR,
}


@pages.get("/<lang>/site/continue-as/<role>")
@access.public
def continue_as(role: str) -> ResponseReturnValue:
    """Sign a visitor of the demonstration in as the role chosen; a citizen is signed out."""
    if not current_app.config["DEMONSTRATION"]:
        abort(404)
    logout_user()
    account = account_with_role(VISITORS[role]) if role in VISITORS else None
    if account is None:
        return redirect(url_for("portal.home"))
    login_user(account)
    return redirect(url_for("workspace.index"))
