"""The check page is put together from pieces that are rendered once: nobody sees another's."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.db import db
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.rounds.models import Round
from consultations.web import frames
from tests.factories import a_consultation, a_round
from tests.visitor import Page, send, visit

ADDRESS = "/{lang}/code/answer/"
LETTERS = tuple(Choice(code, {"en": f"Letter {code}"}) for code in "abc")
OTHER = Choice("o", {"en": "Other", "fr": "Autre"}, specify=True)
QUESTIONS = (
    Question("one", "single", {"en": "One letter", "fr": "Une lettre"}, choices=LETTERS),
    Question("some", "multiple", {"en": "Some letters"}, choices=(*LETTERS, OTHER)),
    Question("many", "integer", {"en": "How many"}, unit={"en": "days", "fr": "jours"}),
    Question("remark", "long_text", {"en": "Anything else"}),
)


@pytest.fixture
def round_(app: Flask) -> Round:
    of = a_consultation()
    asked = add_version(of, Questionnaire({"en": "Letters"}, ("en",), "en", QUESTIONS))
    made = a_round(of, questionnaire_version_id=asked.id)
    db.session.commit()
    return made


def checked(client: FlaskClient, lang: str = "en", **filled: str | list[str]) -> Page:
    address = ADDRESS.format(lang=lang)
    return send(client, address, visit(client, address), filled)


def told(page: Page) -> dict[str, list[str]]:
    """Label -> what is said to be answered."""
    return {
        str(row.dt and row.dt.get_text(strip=True)): [
            each.get_text(strip=True) for each in row.select("dd p, dd .count")
        ]
        for row in page.soup.select("dl.answers > div")
    }


def test_each_sees_what_they_answered_themselves(round_: Round, client: FlaskClient) -> None:
    for one, some, typed in (("a", ["b", "o"], "<hole>"), ("b", ["a", "o"], "&"), ("a", [], "…")):
        page = checked(client, one=one, some=some, some_other=typed, many="7", remark=typed)
        words = [f"Letter {some[0]}", "Other", typed] if some else ["skipped"]
        assert told(page) == {
            "One letter": [f"Letter {one}"],
            "Some letters": words,
            "How many": ["7 days"],
            "Anything else": [typed],
        }


def test_each_language_has_its_own(round_: Round, client: FlaskClient) -> None:
    for lang, label, days in (("en", "One letter", "days"), ("fr", "Une lettre", "jours")):
        rows = told(checked(client, lang, one="a", many="7"))
        assert rows[label] == ["Letter a"]
        assert rows["How many"] == [f"7 {days}"]


def test_it_follows_a_change(round_: Round, client: FlaskClient) -> None:
    assert checked(client, one="a").says("Draft Code")
    round_.consultation.title = {"en": "Another title"}
    db.session.commit()
    assert checked(client, one="a").says("Check your answers")
    assert "Another title" in checked(client, one="a").text
    assert "Draft Code" not in checked(client, one="a").text


def test_what_is_kept_has_an_end(
    round_: Round, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "MOST_PIECES", 20)
    for number in range(30):
        assert told(checked(client, many=str(number)))["How many"] == [f"{number} days"]
    [kept] = app.extensions["standing"]["code"].form.kept.values()
    assert len(kept) <= 20
