"""Files that are added to an answer, and the copy that is taken of it."""

import io
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select, update

from consultations.accounts.roles import ORGANIZER
from consultations.clock import now
from consultations.db import db, new_key
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Question
from consultations.rounds.models import CLOSED, Consultation, Round, TeamAction
from consultations.rounds.services import close
from consultations.submissions.models import Attachment, Submission
from tests.factories import a_consultation, a_questionnaire, a_round, an_account, sign_in
from tests.visitor import Page, posted, seen, send, visit

ADDRESS = "/en/code/answer/"


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def round_(app: Flask) -> Round:
    about = a_consultation()
    asked = a_questionnaire()
    paper = Question("paper", "file", {"en": "Your position paper"}, required=True)
    version = add_version(about, replace(asked, questions=(*asked.questions, paper)))
    made = a_round(about, questionnaire_version_id=version.id)
    db.session.commit()
    return made


def check_page(client: FlaskClient) -> Page:
    page = visit(client, ADDRESS)
    for _ in range(10):
        if page.soup.select_one('button[value="send"]'):
            return page
        page = send(client, ADDRESS, page, {})
    raise AssertionError(page.text)


def sent_with(client: FlaskClient, page: Page, content: bytes | None) -> Page:
    data = posted(page, {}).to_dict()
    if content is not None:
        data["paper"] = (io.BytesIO(content), "my name.jpg")
    return seen(client.post(ADDRESS, data=data, content_type="multipart/form-data"))


def test_a_file_is_asked_for_on_the_check_page_and_kept_without_its_name(
    round_: Round, client: FlaskClient
) -> None:
    page = check_page(client)
    assert page.soup.select_one('input[type="file"][name="paper"]')
    assert sent_with(client, page, picture()).receipt

    [file] = db.session.scalars(select(Attachment)).all()
    assert (file.question, file.extension) == ("paper", "jpg")
    [submission] = db.session.scalars(select(Submission)).all()
    assert submission.answers["paper"] == "jpg"
    assert "my name" not in str(vars(file))


def test_a_file_is_kept_where_the_round_was_read_again_to_take_it(
    round_: Round, client: FlaskClient
) -> None:
    page = check_page(client)
    with db.engine.begin() as elsewhere:
        elsewhere.execute(update(Consultation).values(stamp=new_key()))
    assert sent_with(client, page, picture()).receipt
    assert db.session.scalars(select(Attachment)).one().content


@pytest.mark.parametrize("content", [None, b"", b"#!/bin/sh", b"MZ" + bytes(2000)])
def test_a_file_that_cannot_be_taken_leaves_everything_else(
    round_: Round, client: FlaskClient, content: bytes | None
) -> None:
    refused = sent_with(client, check_page(client), content)

    assert refused.status == 422
    assert refused.soup.select_one(".errors")
    assert not db.session.scalars(select(Submission)).all()
    assert sent_with(client, refused, picture()).receipt


def test_a_withdrawn_answer_takes_its_file_along(round_: Round, client: FlaskClient) -> None:
    receipt = sent_with(client, check_page(client), picture()).receipt
    found = seen(client.post("/en/receipt/", data={"receipt": receipt}))
    data = {**posted(found, {}), "_step": "withdraw"}
    assert client.post("/en/code/withdraw/", data=data).status_code == 200

    assert not db.session.scalars(select(Attachment)).all()


def test_the_team_reads_files_when_the_round_is_closed(round_: Round, client: FlaskClient) -> None:
    sent_with(client, check_page(client), picture())
    [file] = db.session.scalars(select(Attachment)).all()
    address = "/en/manage/code/rounds/1/files/"
    sign_in(client, an_account(ORGANIZER))
    db.session.commit()
    assert file.id[:8] not in visit(client, address).text
    assert client.get(f"{address}{file.id}/").status_code == 409
    close(round_, by=None, at=now())
    db.session.commit()

    assert file.id[:8] in visit(client, address).text
    read = client.get(f"{address}{file.id}/")
    assert read.data == file.content
    assert read.headers["Content-Disposition"].startswith("attachment")
    assert "files.read" in db.session.scalars(select(TeamAction.action)).all()
    assert client.get(f"{address}{'0' * 32}/").status_code == 404
    a_round(a_consultation("other"), stage=CLOSED)
    assert client.get(f"/en/manage/other/rounds/1/files/{file.id}/").status_code == 404


@pytest.mark.parametrize(
    ("step", "kind"), [("copy-html", "text/html"), ("copy-pdf", "application/pdf")]
)
def test_a_copy_is_made_and_nothing_is_stored(
    round_: Round, client: FlaskClient, step: str, kind: str
) -> None:
    response = client.post(ADDRESS, data=posted(check_page(client), {}, step=step))

    assert response.status_code == 200
    assert response.mimetype == kind
    assert "attachment" in response.headers["Content-Disposition"]
    assert not db.session.scalars(select(Submission)).all()
