"""Small consultations to test with: plain functions that add what is asked for and flush."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask.testing import FlaskClient

from consultations.accounts.models import Account
from consultations.accounts.roles import MEMBER, ORGANIZER
from consultations.accounts.services import add_account
from consultations.comments.models import PUBLISHED, Point
from consultations.db import db
from consultations.drafts.models import Provision, Revision
from consultations.participants.models import Organisation
from consultations.participants.services import join, organisation_named
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import POSITIONS, Choice, Question, Questionnaire
from consultations.rounds.models import OPEN, Consultation, Round, TeamMember
from consultations.submissions.models import Submission

PASSWORD = "a long password"
LANGUAGES = ("en", "fr", "ar")
ARTICLES = {
    "art_1": "1. Each Party shall give notice of exercises [twenty] [thirty] days before.\n\n"
    "2. The notice shall state the dates.",
    "art_2": "Each Party may send visitors.",
}
PLAN: dict[str, Any] = {
    "dimensions": {"gender": {"reference": {"source": "Census", "shares": {"woman": 0.5}}}},
    "groups": [],
    "crossings": [],
}


def a_consultation(slug: str = "code", **changes: Any) -> Consultation:
    """A consultation in three languages, the source being English."""
    values: dict[str, Any] = {
        "slug": slug,
        "source_language": "en",
        "languages": list(LANGUAGES),
        "title": {"en": "Draft Code", "fr": "Projet de code", "ar": "مشروع المدونة"},
        "summary": {"en": "Rules on notice."},
        "organizer": {"en": "Secretariat", "fr": "Secrétariat"},
        "contact": {"en": "code@forum.example"},
        "privacy_notice": {"en": "Counted in groups."},
        "policy": {"threshold": 5, "minimum_base": 20, "sensitive_zero_rule": True},
        "plan": PLAN,
    }
    made = Consultation(**{**values, **changes})
    db.session.add(made)
    db.session.flush()
    return made


def a_revision(
    of: Consultation, articles: dict[str, str] | None = None, *, number: int = 1
) -> Revision:
    """A revision of two articles, in English."""
    made = Revision(
        consultation_id=of.id,
        stem=f"draft-{number}",
        number=number,
        dated=date(2026, 1, 1),
        title={"en": "First draft"},
    )
    made.provisions = [
        Provision(
            wid=eid,
            eid=eid,
            kind="article",
            position=place,
            number={"en": f"Article {place}", "ar": f"المادة {place}"},
            heading={"en": f"Heading of {eid}"},
            summary={"en": f"Summary of {eid}"},
            text={"en": text},
        )
        for place, (eid, text) in enumerate((articles or ARTICLES).items(), start=1)
    ]
    db.session.add(made)
    db.session.flush()
    return made


def a_questionnaire(articles: Sequence[str] = tuple(ARTICLES)) -> Questionnaire:
    """Position and change for each article, and gender."""
    positions = tuple(Choice(code, {"en": code}) for code in POSITIONS)
    about = [
        question
        for eid in articles
        for question in (
            Question(f"{eid}_position", "single", {"en": "Position?"}, choices=positions,
                     choice_list="position", provision=eid, role="position"),
            Question(f"{eid}_change", "long_text", {"en": "Change?"}, provision=eid, role="change"),
        )
    ]  # fmt: skip
    genders = tuple(Choice(code, {"en": code}) for code in ("woman", "man"))
    gender = Question("gender", "single", {"en": "Gender"}, choices=genders, dimension="gender")
    return Questionnaire({"en": "Questions"}, ("en",), "en", (*about, gender))


def a_round(of: Consultation, *, number: int = 1, stage: str = OPEN, **changes: Any) -> Round:
    """A round on a revision of its own, with a questionnaire."""
    revision = a_revision(of, number=number) if "revision_id" not in changes else None
    values: dict[str, Any] = {
        "number": number,
        "title": {"en": f"Round {number}"},
        "opens": date(2026, 1, 1),
        "closes": date(2099, 1, 1),
        "stage": stage,
        "revision_id": revision.id if revision else None,
        "questionnaire_version_id": add_version(of, a_questionnaire()).id,
    }
    made = Round(**{**values, **changes})
    of.rounds.append(made)
    db.session.flush()
    return made


def a_submission(to: Round, **answers: Any) -> Submission:
    """One individual's answers."""
    made = Submission(
        round_id=to.id,
        questionnaire_version_id=to.questionnaire_version_id,
        language="en",
        received_on=date(2026, 1, 2),
        answers=answers,
    )
    db.session.add(made)
    db.session.flush()
    return made


def an_organisation(name: str = "Farmers' Union") -> Organisation:
    """An organisation by its name."""
    return organisation_named(name)


def a_point(of: Round, organisation: Organisation | None = None, **changes: Any) -> Point:
    """A published comment, of an individual unless an organisation is named."""
    values: dict[str, Any] = {
        "round_id": of.id,
        "wid": "art_1",
        "status": PUBLISHED,
        "organisation_id": organisation.id if organisation else None,
        "language": "en",
        "received_on": date(2026, 1, 2),
        "position": "support_with_changes",
        "text": "Longer notice.",
    }
    made = Point(**{**values, **changes})
    db.session.add(made)
    db.session.flush()
    return made


def an_account(
    role: str = ORGANIZER, email: str | None = None, *, organisation: Organisation | None = None
) -> Account:
    """An account with a role everywhere; a member writes for an organisation."""
    made, _ = add_account(email or f"{role}@forum.example", role, PASSWORD)
    if role == MEMBER:
        join(made, organisation or an_organisation())
    return made


def a_team_member(of: Consultation, account: Account, role: str) -> TeamMember:
    """An account's role in one consultation's team."""
    made = TeamMember(consultation_id=of.id, account_id=account.id, role=role)
    db.session.add(made)
    db.session.flush()
    return made


def sign_in(client: FlaskClient, account: Account) -> FlaskClient:
    """The client, signed in as an account, without going through the page."""
    db.session.commit()
    with client.session_transaction() as session:
        session["_user_id"] = account.fs_uniquifier
        session["_fresh"] = True
    return client


def posted(client: FlaskClient, address: str, **fields: Any) -> Any:
    """Open a page of the team's, then post its form with the token that it carries."""
    page = client.get(address).get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    return client.post(address, data={"csrf_token": token, **fields})
