"""Versions of a questionnaire, and the rounds that ask them."""

from datetime import date

import pytest
from flask import Flask

from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.questionnaires.queries import questionnaire
from consultations.questionnaires.services import add_version, check_dimensions, give
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.rounds.models import OPEN, Consultation, Round
from tests.factories import a_revision


def _asking(*questions: Question) -> Questionnaire:
    return Questionnaire({"en": "Q"}, ("en",), "en", questions)


def _round() -> Round:
    made = Consultation(
        slug="code",
        source_language="en",
        languages=["en"],
        title={"en": "Code"},
        summary={"en": "S"},
        organizer={"en": "O"},
        policy={},
        plan={},
    )
    of = Round(number=1, title={}, opens=date(2026, 1, 1), closes=date(2026, 2, 1))
    of.consultation = made
    db.session.add(of)
    db.session.flush()
    return of


def test_versions_are_numbered_and_kept_as_they_are(app: Flask) -> None:
    of = _round().consultation
    asked = _asking(Question("words", "text", {"en": "Words"}))
    first, second = add_version(of, asked), add_version(of, _asking())
    assert (first.number, second.number) == (1, 2)
    assert questionnaire(first.id) == asked
    assert first.digest != second.digest


def test_a_planned_round_takes_a_version(app: Flask) -> None:
    of = _round()
    version = add_version(of.consultation, _asking())
    give(version, of)
    assert of.questionnaire_version_id == version.id


def test_what_an_open_round_asks_is_frozen(app: Flask) -> None:
    of = _round()
    of.stage = OPEN
    with pytest.raises(Refused, match="frozen"):
        give(add_version(of.consultation, _asking()), of)


def test_a_question_needs_its_provision(app: Flask) -> None:
    of = _round()
    version = add_version(
        of.consultation, _asking(Question("aim", "text", {"en": "A"}, provision="art_1"))
    )
    with pytest.raises(ConsultationsError, match="aim is about art_1"):
        give(version, of)


def test_a_bracket_gets_the_alternatives_of_the_rounds_draft(app: Flask) -> None:
    of = _round()
    of.revision_id = a_revision(of.consultation).id
    days = Question("days", "single", {"en": "Days"}, provision="art_1", bracket=1)
    version = add_version(of.consultation, _asking(days))
    give(version, of)
    assert of.questionnaire_version_id not in (None, version.id)
    (asked,) = questionnaire(of.questionnaire_version_id).questions
    assert [each.label["en"] for each in asked.choices[:2]] == ["twenty", "thirty"]


def test_a_question_feeds_a_declared_dimension() -> None:
    asked = _asking(Question("sex", "single", {"en": "Sex"}, dimension="gendr"))
    with pytest.raises(ConsultationsError, match=r"sex feeds gendr.*nearest is gender"):
        check_dimensions(asked, ["age", "gender"])


def _difficulty(name: str, codes: str = "1234") -> Question:
    choices = tuple(Choice(code, {"en": code}) for code in codes)
    return Question(name, "single", {"en": name}, choices=choices, dimension="disability")


def test_several_questions_feed_a_dimension_only_as_a_battery() -> None:
    check_dimensions(_asking(_difficulty("wg_seeing"), _difficulty("wg_hearing", "123479")),
                     ["disability"])  # fmt: skip
    with pytest.raises(ConsultationsError, match="wg_hearing must have the choices 1, 2, 3, 4"):
        check_dimensions(_asking(_difficulty("wg_seeing"), _difficulty("wg_hearing", "123")),
                         ["disability"])  # fmt: skip
