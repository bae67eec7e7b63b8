"""Who may open which page: every page is listed here, and nobody opens one that is not."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.accounts.roles import (
    ASSIST,
    DESK,
    FOLLOW,
    INVITE,
    MEMBER,
    MODERATE,
    NEGOTIATOR,
    ORGANIZER,
    PARTICIPATION,
    PUBLISH,
    RECORD,
    REPLY,
    ROUNDS,
    SPEAK,
    TRANSLATE,
    TRANSLATOR,
)
from consultations.web.access import PUBLIC, SIGNED_IN, declared
from tests.factories import a_consultation, a_round, a_team_member, an_account, sign_in

PAGES = {
    "accounts.continue_as": PUBLIC,
    "comments.comment": PUBLIC,
    "comments_manage.comment": SPEAK,
    "comments_manage.join": SPEAK,
    "comments_manage.sent": SPEAK,
    "languages.translate": TRANSLATE,
    "moderation.queue": MODERATE,
    "offline.assisted": PUBLIC,
    "offline.kept": PUBLIC,
    "offline.worker": PUBLIC,
    "participants.invited": PUBLIC,
    "participants_manage.invitations": INVITE,
    "portal.about": PUBLIC,
    "portal.accessibility": PUBLIC,
    "portal.consultation": PUBLIC,
    "portal.draft": PUBLIC,
    "portal.health": PUBLIC,
    "portal.home": PUBLIC,
    "portal.language": PUBLIC,
    "portal.privacy": PUBLIC,
    "portal.provision": PUBLIC,
    "portal.receipt": PUBLIC,
    "portal.root": PUBLIC,
    "portal_manage.share": PARTICIPATION,
    "portal_manage.share_file": PARTICIPATION,
    "questionnaires.audio": PUBLIC,
    "questionnaires_manage.recordings": ROUNDS,
    "records.paper": PUBLIC,
    "records_manage.batch": RECORD,
    "records_manage.form": RECORD,
    "records_manage.paper": RECORD,
    "records_manage.settled": RECORD,
    "replies.points": REPLY,
    "reports.file": PUBLIC,
    "reports.index": PUBLIC,
    "reports.log": PUBLIC,
    "reports.log_file": PUBLIC,
    "reports.report": PUBLIC,
    "reports.table": PUBLIC,
    "reports.table_proof": PUBLIC,
    "reports_manage.preview": PUBLISH,
    "reports_manage.publication": PUBLISH,
    "security.login": PUBLIC,
    "security.logout": PUBLIC,
    "security.verify": PUBLIC,
    "small_groups.told": RECORD,
    "submissions.answer": PUBLIC,
    "submissions.change": PUBLIC,
    "submissions.resume": PUBLIC,
    "submissions.withdraw_answer": PUBLIC,
    "submissions_manage.assisted": ASSIST,
    "themes.points": REPLY,
    "themes.theme": REPLY,
    "workspace.dashboard": DESK,
    "workspace.index": SIGNED_IN,
    "workspace.round": FOLLOW,
    "workspace.file": MODERATE,
    "workspace.files": MODERATE,
    "workspace.unusual_patterns": PARTICIPATION,
    "workspace.who_takes_part": PARTICIPATION,
}
OF_THE_TEAM = {
    "": {ORGANIZER, TRANSLATOR, NEGOTIATOR, MEMBER},
    "code/": {ORGANIZER, TRANSLATOR, NEGOTIATOR, MEMBER},
    "code/assisted/": {ORGANIZER},
    "code/comments/": {ORGANIZER},
    "code/paper/": {ORGANIZER},
    "code/points/": {ORGANIZER},
    "code/recordings/": {ORGANIZER},
    "code/themes/": {ORGANIZER},
    "code/translate/": {ORGANIZER, TRANSLATOR},
    "code/share/": {ORGANIZER},
    "code/rounds/1/": {ORGANIZER, NEGOTIATOR},
    "code/rounds/1/unusual/": {ORGANIZER},
    "code/rounds/1/publication/": {ORGANIZER},
    "code/rounds/1/invitations/": {ORGANIZER},
    "code/rounds/1/small-groups/": {ORGANIZER},
    "code/comment/art_1/": {MEMBER},
}


@pytest.fixture
def settled(app: Flask) -> None:
    """A consultation with an open round."""
    a_round(a_consultation())


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_every_page_says_who_may_open_it(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    found = {each: declared(app, each) for each in endpoints if not each.endswith("static")}
    assert found == PAGES


@pytest.mark.parametrize("address", OF_THE_TEAM)
def test_nobody_opens_the_teams_pages_without_signing_in(
    settled: None, client: FlaskClient, address: str
) -> None:
    response = client.get(f"/en/manage/{address}")
    assert response.status_code == 302
    assert "/en/site/sign-in" in response.location


@pytest.mark.parametrize("role", [ORGANIZER, TRANSLATOR, NEGOTIATOR, MEMBER])
def test_a_role_opens_its_pages_and_no_others(
    settled: None, client: FlaskClient, role: str
) -> None:
    sign_in(client, an_account(role))
    opened = {
        address for address in OF_THE_TEAM if client.get(f"/en/manage/{address}").status_code == 200
    }
    assert opened == {address for address, roles in OF_THE_TEAM.items() if role in roles}


def test_a_role_in_one_team_opens_that_consultation_only(
    settled: None, client: FlaskClient
) -> None:
    other = a_consultation("other")
    account = an_account(MEMBER)
    a_team_member(other, account, ORGANIZER)
    sign_in(client, account)
    assert client.get("/en/manage/other/comments/").status_code == 200
    assert client.get("/en/manage/code/comments/").status_code == 403


def test_a_form_of_the_team_without_its_token_is_refused(
    settled: None, client: FlaskClient
) -> None:
    sign_in(client, an_account(ORGANIZER))
    response = client.post("/en/manage/code/rounds/1/", data={"action": "close"})
    assert response.status_code == 400


def test_public_pages_set_no_cookie(settled: None, client: FlaskClient) -> None:
    for address in ("/en/", "/en/code/", "/en/code/comment/art_1/", "/en/code/answer/"):
        assert "Set-Cookie" not in client.get(address).headers
