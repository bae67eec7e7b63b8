"""A copy of one's own answers, without storing anything."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask, g
from pypdf import PdfReader
from sqlalchemy import event, select

from consultations.db import db
from consultations.submissions.copies import COPY_HTML, COPY_PDF, answers_copy, answers_file
from consultations.submissions.models import Submission
from tests.factories import a_consultation, a_round
from tests.visitor import posted, send, visit

SECTIONS = [
    {
        "title": {"en": "Article 1 · Notice", "ar": "المادة 1"},
        "step": 1,
        "answers": [
            {"label": {"en": "Your position?"}, "given": [{"en": "I oppose it"}], "skipped": False},
            {"label": {"en": "Why?"}, "given": ["<b>#set</b>\nسطر"], "skipped": False},
            {"label": {"en": "Age?"}, "given": [], "skipped": True},
        ],
    }
]
TITLE = {"en": "Draft Code", "ar": "مشروع المدونة"}

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def words(made: bytes) -> str:
    pages = PdfReader(BytesIO(made)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_pdf_holds_every_answer(app: Flask) -> None:
    said = words(answers_copy(SECTIONS, "en", TITLE))

    for part in ("Draft Code", "Article 1", "Your position?", "I oppose it", "<b>#set</b>",
                 "Age?", "skipped"):  # fmt: skip
        assert part in said


def test_the_html_file_needs_nothing_else(app: Flask) -> None:
    with app.test_request_context("/ar/code/answer/"):
        g.lang = "ar"
        response = answers_file(COPY_HTML, SECTIONS, "ar", TITLE)
    page = BeautifulSoup(response.get_data(as_text=True), "html.parser")

    assert page.html["dir"] == "rtl"
    assert page.h1.get_text() == "مشروع المدونة"
    assert "<b>#set</b>" in page.get_text()
    assert page.select("[src], [href], script, form") == []


@pytest.mark.parametrize(("step", "ending"), [(COPY_HTML, "html"), (COPY_PDF, "pdf")])
def test_a_copy_is_a_file_that_nobody_keeps(app: Flask, step: str, ending: str) -> None:
    written: list[str] = []
    listener = lambda *args: written.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listener)
    with app.test_request_context("/en/code/answer/"):
        g.lang = "en"
        response = answers_file(step, SECTIONS, "en", TITLE)

    assert response.headers["Content-Disposition"] == f'attachment; filename="answers.{ending}"'
    assert response.headers["Cache-Control"] == "no-store"
    assert written == []


def test_what_was_typed_runs_its_own_way(app: Flask) -> None:
    sections = [{"title": "A", "answers": [{"label": "Why?", "given": ["نعم", "12"]}]}]

    assert answers_copy(sections, "en", "Draft").startswith(b"%PDF")


def test_the_buttons_of_the_check_page_give_both(app: Flask) -> None:
    a_round(a_consultation())
    client, address = app.test_client(), "/en/code/answer/"
    page = visit(client, address)
    while not page.soup.select('button[value="send"]'):
        names = {str(each["name"]) for each in page.form.select("[name]")}
        typed = {"art_1_change": "Longer notice."} if "art_1_change" in names else {}
        page = send(client, address, page, typed, step="next")
    as_pdf = client.post(address, data=posted(page, {}, step=COPY_PDF))
    as_page = client.post(address, data=posted(page, {}, step=COPY_HTML))

    assert "Longer notice." in words(as_pdf.data)
    assert "Longer notice." in as_page.get_data(as_text=True)
    assert db.session.scalars(select(Submission)).all() == []
