"""Making accounts."""

import re
import secrets

from flask_security.utils import hash_password
from sqlalchemy import select

from consultations.accounts.models import Account, Role
from consultations.accounts.queries import account_by_email
from consultations.accounts.roles import ROLES
from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.words import N_

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|[^@\s]+@localhost")
SHORTEST_PASSWORD = 10


def add_account(email: str, role: str, password: str | None = None) -> tuple[Account, str]:
    """Make an account with one role; returns it with its password, a random one if none is given.

    Raises ConsultationsError for an address, role or password that will not do, and Refused
    where the address has an account already.
    """
    email = email.strip().lower()
    if not ADDRESS.fullmatch(email):
        raise ConsultationsError(N_("“%(email)s” is not an e-mail address."), email=email)
    if role not in ROLES:
        raise ConsultationsError(
            N_("There is no role “%(role)s”; the roles are %(roles)s."),
            role=role,
            roles=", ".join(ROLES),
        )
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise ConsultationsError(
            N_("A password needs at least %(count)s characters."), count=SHORTEST_PASSWORD
        )
    if account_by_email(email):
        raise Refused(N_("There is an account for %(email)s already."), email=email)
    password = password or secrets.token_urlsafe(12)
    account = Account(
        email=email,
        password=hash_password(password),
        fs_uniquifier=secrets.token_hex(32),
        roles=[_role(role)],
    )
    db.session.add(account)
    db.session.flush()
    return account, password


def _role(name: str) -> Role:
    role = db.session.scalar(select(Role).where(Role.name == name))
    if role is None:
        role = Role(name=name)
        db.session.add(role)
    return role
