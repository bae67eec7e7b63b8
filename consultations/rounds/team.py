"""What an account may do in one consultation's team."""

from flask import Flask
from flask_login import current_user

from consultations.accounts.roles import permissions
from consultations.rounds.queries import roles_in_team
from consultations.web import access


def _may_in_team(permission: str, slug: str | None) -> bool:
    if slug is None or not current_user.is_authenticated:
        return False
    return permission in permissions(roles_in_team(current_user.id, slug))


def init_app(app: Flask) -> None:
    """Answer for the team of the consultation in a page's address."""
    access.register(app, _may_in_team)
