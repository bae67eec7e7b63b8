"""Paper is keyed in twice, and nothing ties it to its answers once it is counted."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.accounts.models import Account
from consultations.accounts.roles import ORGANIZER, RAPPORTEUR
from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.records.models import KeyedForm, PaperBatch
from consultations.records.queries import next_for
from consultations.records.services import (
    accept,
    clear,
    discard,
    key_in,
    new_batch,
    resize,
    settle,
    superfluous,
)
from consultations.rounds.models import CLOSED, REPORTED, Round
from consultations.submissions.models import Submission
from tests.factories import a_consultation, a_round, an_account

NOW = datetime(2026, 11, 24, tzinfo=UTC)
SUPPORT = {"art_1_position": "support"}
OPPOSE = {"art_1_position": "oppose"}


@pytest.fixture
def of(app: Flask) -> Round:
    return a_round(a_consultation())


@pytest.fixture
def people(app: Flask) -> tuple[Account, Account]:
    return an_account(ORGANIZER), an_account(RAPPORTEUR)


def a_batch(of: Round, by: Account, *, expected: int = 1) -> PaperBatch:
    return new_batch(of, expected=expected, language="fr", by=by.id, at=NOW)


def keyed_twice(
    batch: PaperBatch, people: tuple[Account, Account], *readings: tuple[Any, Any]
) -> None:
    for form, (first, second) in zip(batch.forms, readings, strict=True):
        key_in(form, first, by=people[0].id)
        key_in(form, second, by=people[1].id)


def test_what_two_people_read_becomes_answers(of: Round, people: tuple[Account, Account]) -> None:
    batch = a_batch(of, people[0], expected=2)
    keyed_twice(batch, people, (SUPPORT, SUPPORT), (OPPOSE, OPPOSE))

    assert accept(batch, of, by=people[0].id, at=NOW) == 2
    found = db.session.scalars(select(Submission)).all()
    assert {each.answers["art_1_position"] for each in found} == {"support", "oppose"}
    assert {(each.channel, each.entry, each.language) for each in found} == {
        ("paper", "open", "fr")
    }
    assert all(each.answers["gender"] == "-6" for each in found)


def test_nothing_ties_a_form_to_its_answers(of: Round, people: tuple[Account, Account]) -> None:
    batch = a_batch(of, people[0], expected=3)
    keyed_twice(batch, people, *[(SUPPORT, SUPPORT)] * 3)
    accept(batch, of, by=people[0].id, at=NOW)

    assert db.session.scalars(select(KeyedForm)).all() == []
    for each in db.session.scalars(select(Submission)):
        assert each.received_on is None
        assert each.receipt_hash is None
        assert batch.id not in (each.id, *each.answers.values())


def test_nobody_settles_what_only_one_person_read(
    of: Round, people: tuple[Account, Account]
) -> None:
    (form,) = a_batch(of, people[0]).forms
    key_in(form, SUPPORT, by=people[0].id)

    with pytest.raises(Refused):
        settle(form, SUPPORT)
    assert not form.agreed


def test_the_same_account_does_not_key_in_twice(of: Round, people: tuple[Account, Account]) -> None:
    (form,) = a_batch(of, people[0]).forms
    key_in(form, SUPPORT, by=people[0].id)

    with pytest.raises(Refused):
        key_in(form, SUPPORT, by=people[0].id)
    assert form.second is None


def test_nobody_keys_in_a_third_time(of: Round, people: tuple[Account, Account]) -> None:
    batch = a_batch(of, people[0])
    keyed_twice(batch, people, (SUPPORT, OPPOSE))

    with pytest.raises(Refused):
        key_in(batch.forms[0], SUPPORT, by=people[1].id)


def test_a_batch_is_not_counted_before_two_people_agree(
    of: Round, people: tuple[Account, Account]
) -> None:
    batch = a_batch(of, people[0])
    keyed_twice(batch, people, (SUPPORT, OPPOSE))
    with pytest.raises(Refused):
        accept(batch, of, by=people[0].id, at=NOW)

    settle(batch.forms[0], OPPOSE)
    accept(batch, of, by=people[0].id, at=NOW)
    (found,) = db.session.scalars(select(Submission))
    assert found.answers["art_1_position"] == "oppose"


def test_a_batch_is_counted_once(of: Round, people: tuple[Account, Account]) -> None:
    batch = a_batch(of, people[0])
    keyed_twice(batch, people, (SUPPORT, SUPPORT))
    accept(batch, of, by=people[0].id, at=NOW)

    with pytest.raises(Refused):
        accept(batch, of, by=people[0].id, at=NOW)


def test_paper_that_came_late_is_counted_until_the_report(
    of: Round, people: tuple[Account, Account]
) -> None:
    of.stage = CLOSED
    batch = a_batch(of, people[0])
    keyed_twice(batch, people, (SUPPORT, SUPPORT))
    of.stage = REPORTED

    with pytest.raises(Refused):
        accept(batch, of, by=people[0].id, at=NOW)


def test_each_is_given_what_is_left_to_do(of: Round, people: tuple[Account, Account]) -> None:
    batch = a_batch(of, people[0], expected=2)
    first, second = batch.forms
    key_in(first, SUPPORT, by=people[0].id)
    assert next_for(batch, people[0].id) is second
    key_in(second, SUPPORT, by=people[0].id)

    assert next_for(batch, people[0].id) is None
    assert next_for(batch, people[1].id) is first


def test_another_paper_is_keyed_in_from_the_start(
    of: Round, people: tuple[Account, Account]
) -> None:
    batch = a_batch(of, people[0])
    keyed_twice(batch, people, (SUPPORT, OPPOSE))
    clear(batch.forms[0])

    assert next_for(batch, people[0].id) is batch.forms[0]


def test_a_batch_can_be_deleted_with_all_that_was_keyed_in(
    of: Round, people: tuple[Account, Account]
) -> None:
    batch = a_batch(of, people[0])
    keyed_twice(batch, people, (SUPPORT, SUPPORT))
    discard(batch, of, by=people[0].id, at=NOW)

    assert db.session.scalars(select(KeyedForm)).all() == []


def test_a_blank_form_is_nobodys_answer(of: Round, people: tuple[Account, Account]) -> None:
    batch = a_batch(of, people[0], expected=2)
    blank = {"art_1_position": "-6", "gender": "-6"}
    keyed_twice(batch, people, (SUPPORT, SUPPORT), (blank, blank))

    assert accept(batch, of, by=people[0].id, at=NOW) == 1


def test_the_number_of_forms_can_be_put_right(of: Round, people: tuple[Account, Account]) -> None:
    batch = a_batch(of, people[0], expected=2)
    key_in(batch.forms[1], SUPPORT, by=people[0].id)
    resize(batch, 3)
    assert [each.place for each in batch.forms] == [1, 2, 3]
    resize(batch, 2)
    assert [each.place for each in batch.forms] == [1, 2]

    with pytest.raises(Refused):
        resize(batch, 1)


@pytest.mark.parametrize("expected", [0, 501])
def test_a_batch_has_a_size(of: Round, people: tuple[Account, Account], expected: int) -> None:
    with pytest.raises(ConsultationsError):
        a_batch(of, people[0], expected=expected)


def test_what_was_not_asked_is_told_and_left_out(
    of: Round, people: tuple[Account, Account]
) -> None:
    yes_no = (Choice("yes", {"en": "Yes"}), Choice("no", {"en": "No"}))
    farm = Question("farm", "single", {"en": "Farm?"}, choices=yes_no)
    crop = Question("crop", "single", {"en": "Grain?"}, choices=yes_no,
                    relevant="${farm} = 'yes'")  # fmt: skip
    asked = Questionnaire({"en": "Q"}, ("en",), "en", (farm, crop))
    of.questionnaire_version_id = add_version(of.consultation, asked).id
    answers: dict[str, Any] = {"farm": "no", "crop": "yes"}
    batch = a_batch(of, people[0])
    keyed_twice(batch, people, (answers, answers))

    assert superfluous(of, answers) == {"crop"}
    accept(batch, of, by=people[0].id, at=NOW)
    (found,) = db.session.scalars(select(Submission))
    assert found.answers == {"farm": "no", "crop": "-9"}
