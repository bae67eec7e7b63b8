"""Every kind of question over HTTP, as a browser without JavaScript answers it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.db import db
from consultations.questionnaires.paper.numbering import numbers
from consultations.questionnaires.services import add_version
from consultations.submissions.models import Submission
from tests.factories import a_consultation, a_round
from tests.questionnaires.every_kind import ANSWERS, EVERY_KIND, STORED
from tests.visitor import Filled, Page, send, visit

ADDRESS = "/en/code/answer/"
PAGES = 5

pytestmark = pytest.mark.usefixtures("asked")


@pytest.fixture
def asked(app: Flask) -> None:
    about = a_consultation()
    a_round(about, questionnaire_version_id=add_version(about, EVERY_KIND).id)
    db.session.commit()


def answered(client: FlaskClient, page: Page, filled: Filled) -> Page:
    """The next page, when what this one asks is filled in."""
    names = {str(field["name"]) for field in page.form.select("[name]")}
    there = {name: values for name, values in filled.items() if name in names}
    return send(client, ADDRESS, page, there, step="next")


def test_every_kind_is_answered_and_stored(client: FlaskClient) -> None:
    page = visit(client, ADDRESS)
    for _ in range(PAGES):
        page = answered(client, page, ANSWERS)
    assert page.says("Check your answers")
    for words in ("34 years", "2.5 km", "24 November 2026 · 14:30", "A clinic Clean water", "Yes"):
        assert page.says(words), words
    page = send(client, ADDRESS, page, {}, step="send")

    assert page.receipt
    stored = db.session.scalars(select(Submission)).one().answers
    assert {name: stored.get(name) for name in STORED} == STORED


def test_every_question_has_the_number_it_has_on_paper(client: FlaskClient) -> None:
    page, on_paper = visit(client, ADDRESS), numbers(EVERY_KIND)
    for _ in range(PAGES):
        for group in page.soup.select("main fieldset:has(legend)"):
            name = str(group.select("[name]")[0]["name"])
            assert group.legend
            assert group.legend.get_text(" ", strip=True).endswith(f"question {on_paper[name]}")
        page = answered(client, page, ANSWERS)
    assert "question" not in page.text


def test_what_was_answered_is_there_again_on_the_way_back(client: FlaskClient) -> None:
    page = visit(client, ADDRESS)
    for _ in range(2):
        page = answered(client, page, ANSWERS)
    page = send(client, ADDRESS, page, {}, step="back")
    page = send(client, ADDRESS, page, {}, step="back")

    chosen = [str(each["value"]) for each in page.form.select("#needs, #needs-2 [selected]")[1:]]
    assert page.form.select_one("#birthplace")["value"] == "Peru"
    assert page.form.select_one("#source_other")["value"] == "By the imam"
    assert chosen == ["water"]


def test_every_error_names_its_question_and_gives_back_what_was_typed(client: FlaskClient) -> None:
    nonsense = {name: ["?"] for name in ANSWERS if name not in ("agreed", "nickname", "story")}
    page, wrong = visit(client, ADDRESS), []
    for _ in range(PAGES):
        failed = answered(client, page, nonsense | {"source_other": [], "sources_other_paper": []})
        assert failed.status == 422
        for link in failed.soup.select(".errors a"):
            question = EVERY_KIND.by_name[str(link["href"])[1:]]
            assert link.get_text().startswith(question.label["en"])
            field = failed.form.select_one(f"input#{question.name}")
            if field and field["type"] not in ("radio", "checkbox"):
                assert field["value"] == "?"
            wrong.append(question.name)
        page = answered(client, failed, {**dict.fromkeys(nonsense, ""), **ANSWERS})
    assert {*nonsense, "agreed"} - {*wrong} == {"source_other", "sources_other_paper"}
