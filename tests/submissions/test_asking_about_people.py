"""The codebook's questions from the page to the counts."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.analysis.declared import table_plan
from consultations.codebook import DIMENSIONS
from consultations.db import db
from consultations.questionnaires.builder import with_codebook_questions
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Questionnaire
from consultations.rounds.models import Round
from consultations.rounds.plan import declared_dimensions
from consultations.submissions.dimensions import dimension_codes
from consultations.submissions.models import Submission
from tests.factories import a_consultation, a_round
from tests.visitor import Page, send, visit

ADDRESS = "/ar/code/answer/"
HILL = {"categories": [{"code": "hill", "label": {"en": "Hill", "ar": "التلال"}}]}
DECLARED: Mapping[str, Any] = {"disability": {}, "minority": HILL, "country": {}, "language": {}}
ALL_WELL = {
    f"disability_{part}": "1"
    for part in ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
}


@pytest.fixture
def of(app: Flask) -> Round:
    """A round that asks about the person and nothing else."""
    about = a_consultation(plan={"dimensions": DECLARED, "groups": [], "crossings": []})
    empty = Questionnaire({"en": "Q"}, ("en", "ar"), "en")
    asked = with_codebook_questions(empty, declared_dimensions(about.plan))
    made = a_round(about, questionnaire_version_id=add_version(about, asked).id)
    db.session.commit()
    return made


def _sent(client: FlaskClient, **answers: str | list[str]) -> Submission:
    page = visit(client, ADDRESS)
    for _ in range(5):
        if page.receipt:
            break
        names = {field.get("name") for field in page.form.select("[name]")}
        page = send(client, ADDRESS, page, {k: v for k, v in answers.items() if k in names})
    assert page.receipt, page.text
    (submission,) = db.session.scalars(select(Submission))
    return submission


def _counted(of: Round, submission: Submission) -> dict[str, str]:
    version = db.session.get_one(Submission, submission.id).questionnaire_version_id
    assert version == of.questionnaire_version_id
    dimensions = declared_dimensions(of.consultation.plan)
    asked = with_codebook_questions(Questionnaire({}, ("en",), "en"), dimensions)
    return dimension_codes(asked, dimensions)(submission.answers)


def _page(client: FlaskClient) -> Page:
    return visit(client, ADDRESS.replace("/ar/", "/en/"))


def test_six_questions_stand_together_with_one_reason(of: Round, client: FlaskClient) -> None:
    page = _page(client)
    rows = page.soup.select(".matrix [role=radiogroup]")
    assert len(rows) == 6
    assert all(row.select_one('input[value="-7"]') for row in rows)
    assert page.text.count(DIMENSIONS["disability"].why["en"]) == 1
    assert not page.soup.select("[required]")


def test_an_answer_in_arabic_tells_nothing_but_what_was_answered(
    of: Round, client: FlaskClient
) -> None:
    submission = _sent(client)
    assert submission.language == "ar"
    assert _counted(of, submission) == dict.fromkeys(DECLARED, "-")


def test_what_was_answered_is_what_is_counted(of: Round, client: FlaskClient) -> None:
    submission = _sent(
        client,
        **{**ALL_WELL, "disability_walking": "3"},
        minority=["hill", "other"],
        minority_other="أهل الوادي",
        country="other",
        country_other="إقليمنا",
        language="ar",
    )
    assert submission.answers["minority_other"] == "أهل الوادي"
    assert _counted(of, submission) == {
        "disability": "a_lot",
        "minority": "several",
        "country": "other",
        "language": "ar",
    }


def test_nothing_about_a_person_has_a_table_of_its_own(of: Round) -> None:
    asked = with_codebook_questions(
        Questionnaire({}, ("en",), "en"), declared_dimensions(of.consultation.plan)
    )
    plan = table_plan(of.consultation, asked)
    assert plan.questions == ()
    disability, *_ = plan.dimensions
    assert [each.code for each in disability.categories] == ["none", "some", "a_lot"]
