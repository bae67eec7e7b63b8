"""Building the whole demonstration, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from consultations.accounts.models import Account
from consultations.accounts.queries import account_by_email
from consultations.accounts.roles import (
    ADMINISTRATOR,
    MEMBER,
    NEGOTIATOR,
    ORGANIZER,
    RAPPORTEUR,
    TRANSLATOR,
)
from consultations.accounts.services import add_account
from consultations.db import db
from consultations.demonstration.answering import answer
from consultations.demonstration.content import moment
from consultations.demonstration.inviting import invite_people
from consultations.demonstration.noticing import notice
from consultations.demonstration.reaching import reach
from consultations.demonstration.setting import set_up
from consultations.demonstration.speaking import add_organisations, speak, speak_again
from consultations.demonstration.telling import tell
from consultations.participants.services import join
from consultations.reports.building import Built, Wanted, build
from consultations.reports.document import PUBLIC
from consultations.reports.rendering import FORMATS
from consultations.rounds.models import Consultation, TeamMember
from consultations.rounds.services import begin_day, begin_days

SLUG = "regional-code"
REPORTS = "reports"
PASSWORD = "for-the-demonstration"  # noqa: S105 - public on purpose
SPEAKS_FOR = "border-municipalities"


@dataclass(frozen=True)
class SignIn:
    """An account of the demonstration; its password is public."""

    role: str
    email: str
    password: str = PASSWORD


SIGN_INS = (
    SignIn(ORGANIZER, "organizer@forum.example"),
    SignIn(TRANSLATOR, "translator@forum.example"),
    SignIn(RAPPORTEUR, "rapporteur@forum.example"),
    SignIn(NEGOTIATOR, "negotiator@delegation.example"),
    SignIn(MEMBER, "ngo@municipalities.example"),
    SignIn(ADMINISTRATOR, "administrator@forum.example"),
)


def create(*, secret: str, at: datetime) -> Consultation:
    """The demonstration, made where there is none: nothing is changed where there is one.

    `secret` is the instance's, for the receipt that can be looked up. The caller commits.
    """
    found = demonstration()
    if found is not None:
        return found
    accounts = {each.role: _account(each) for each in SIGN_INS}
    consultation = set_up(at=at)
    _make_team(consultation, accounts)
    organisations = add_organisations()
    join(accounts[MEMBER], organisations[SPEAKS_FOR])
    organizer = accounts[ORGANIZER]
    heard = speak(consultation, organisations, by=organizer)
    speak_again(consultation, organisations, by=organizer, at=at)
    answer(consultation, heard, secret=secret, by=organizer, at=at)
    tell(
        consultation.rounds[0],
        writer=accounts[RAPPORTEUR].id,
        reader=organizer.id,
        translator=accounts[TRANSLATOR].id,
        at=moment("report-1"),
    )
    notice(consultation)
    invite_people(consultation, secret=secret, by=organizer, at=at)
    reach(consultation, first=organizer, second=accounts[RAPPORTEUR], at=at)
    begin_day(consultation.rounds[0], consultation.rounds[0].closes)
    begin_days(at=at)
    return consultation


def build_report(of: Consultation, *, instance: Path) -> Built:
    """Publish the report of round 1, or find it published, and write its files."""
    organizer = account_by_email(SIGN_INS[0].email)
    wanted = Wanted(instance / REPORTS / of.slug, of.languages, FORMATS, PUBLIC)
    by = organizer.id if organizer else None
    return build(of, of.rounds[0], wanted, instance=instance, by=by, at=moment("report-1"))


def demonstration() -> Consultation | None:
    """The demonstration's consultation, if it was made."""
    return db.session.scalar(select(Consultation).where(Consultation.slug == SLUG))


def _account(of: SignIn) -> Account:
    return account_by_email(of.email) or add_account(of.email, of.role, of.password)[0]


def _make_team(of: Consultation, accounts: Mapping[str, Account]) -> None:
    for role, account in accounts.items():
        if role != MEMBER:
            db.session.add(TeamMember(consultation_id=of.id, account_id=account.id, role=role))
    db.session.flush()
