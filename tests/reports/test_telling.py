"""Prose on small groups: written by one, read by another, shown in page and files, in no number."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from consultations.accounts.models import Account
from consultations.accounts.roles import NEGOTIATOR, ORGANIZER, RAPPORTEUR
from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.languages.queries import digest
from consultations.languages.services import save_translation
from consultations.reports.building import Wanted, build
from consultations.reports.document import PUBLIC
from consultations.reports.models import SmallGroupText
from consultations.reports.queries import report_of
from consultations.reports.rendering import FORMATS
from consultations.reports.telling import confirm, group_of, in_words, passage, texts_of, write
from consultations.reports.too_few import SmallGroup
from consultations.reports.verifying import verify
from consultations.rounds.models import CLOSED, Consultation, Round
from tests.factories import a_consultation, a_round, a_submission, an_account, posted, sign_in

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
DESK = "/en/manage/code/rounds/1/small-groups/"
PROSE = "They ask for notice in every language that is spoken near the border."
MEN = {"by": "gender", "code": "man"}


@pytest.fixture
def consultation(app: Flask, tmp_path: Path) -> Consultation:
    """A published report in which men are counted, and too few for their answers to be."""
    made = a_consultation()
    of = a_round(made, stage=CLOSED)
    for place in range(100):
        position = ("support", "support_with_changes", "oppose", "no_view")[place % 4]
        gender = "man" if place < 12 else "woman"
        a_submission(of, art_1_position=position, art_2_position=position, gender=gender)
    db.session.commit()
    built(made, tmp_path / "before")
    return made


@pytest.fixture
def of(consultation: Consultation) -> Round:
    return consultation.rounds[0]


@pytest.fixture
def author(consultation: Consultation) -> Account:
    return an_account(RAPPORTEUR)


@pytest.fixture
def reader(consultation: Consultation) -> Account:
    return an_account(ORGANIZER)


def built(of: Consultation, directory: Path) -> None:
    wanted = Wanted(directory, of.languages, FORMATS, PUBLIC)
    build(of, of.rounds[0], wanted, instance=directory.parent, by=None, at=AT)
    db.session.commit()


def numbers(of: Round) -> dict[str, Any]:
    report = report_of(of.id)
    assert report is not None
    return report.numbers


def men(of: Round) -> SmallGroup:
    return group_of(numbers(of), ("gender", "man"))


def told(of: Round, by: Account, text: str = PROSE, language: str = "en") -> SmallGroupText:
    kept = write(of, men(of), text, language=language, by=by.id, at=AT)
    assert kept is not None
    return kept


def read(of: Round, by: Account, text: str = PROSE) -> None:
    confirm(of, men(of), digest(text), by=by.id, at=AT)


def test_a_text_is_shown_once_another_has_read_it(
    of: Round, author: Account, reader: Account
) -> None:
    told(of, author)
    assert in_words(of, numbers(of), "en") == []
    read(of, reader)
    assert in_words(of, numbers(of), "en") == [{**MEN, "language": "en", "text": PROSE}]


def test_nobody_confirms_their_own_text(of: Round, author: Account) -> None:
    told(of, author)
    with pytest.raises(Refused, match="yourself"):
        read(of, author)
    assert in_words(of, numbers(of), "en") == []


def test_the_database_refuses_one_person_as_both(of: Round, author: Account) -> None:
    told(of, author)
    with pytest.raises(IntegrityError):
        db.session.execute(update(SmallGroupText).values(read_by=author.id))
    db.session.rollback()


def test_a_changed_text_is_read_again_by_somebody_else(
    of: Round, author: Account, reader: Account
) -> None:
    told(of, author)
    read(of, reader)
    told(of, reader, "They ask for more.")
    assert in_words(of, numbers(of), "en") == []
    with pytest.raises(Refused, match="yourself"):
        read(of, reader, "They ask for more.")
    read(of, author, "They ask for more.")
    assert in_words(of, numbers(of), "en")[0]["text"] == "They ask for more."


def test_a_text_in_another_language_is_a_changed_one(
    of: Round, author: Account, reader: Account
) -> None:
    told(of, author)
    read(of, reader)
    told(of, author, language="fr")
    assert in_words(of, numbers(of), "fr") == []


def test_the_same_text_kept_again_stays_read(of: Round, author: Account, reader: Account) -> None:
    told(of, author)
    read(of, reader)
    told(of, reader)
    assert texts_of(of.id)["gender", "man"].read_by == reader.id


def test_what_was_changed_while_somebody_read_is_not_confirmed(
    of: Round, author: Account, reader: Account
) -> None:
    told(of, author)
    told(of, author, "They ask for more.")
    with pytest.raises(Refused, match="meanwhile"):
        read(of, reader)


def test_an_empty_text_takes_it_away(of: Round, author: Account, reader: Account) -> None:
    told(of, author)
    read(of, reader)
    assert write(of, men(of), " ", language="en", by=author.id, at=AT) is None
    assert in_words(of, numbers(of), "en") == []


def test_only_reviewed_translations_are_shown(of: Round, author: Account, reader: Account) -> None:
    name = passage(told(of, author))
    read(of, reader)
    about, french = of.consultation, "Ils demandent un préavis."
    save_translation(about, name, "fr", french, reviewed=False, by=reader.id)
    assert in_words(of, numbers(of), "fr")[0]["language"] == "en"
    save_translation(about, name, "fr", french, reviewed=True, by=reader.id)
    assert in_words(of, numbers(of), "fr")[0]["text"] == french
    with pytest.raises(ConsultationsError, match="number"):
        save_translation(about, name, "ar", "٣ أشخاص", reviewed=True, by=reader.id)
    told(of, author, "They ask for more.")
    read(of, reader, "They ask for more.")
    assert in_words(of, numbers(of), "fr")[0]["text"] == "They ask for more."


def test_files_built_before_and_after_both_verify(
    consultation: Consultation, of: Round, author: Account, reader: Account, tmp_path: Path
) -> None:
    before = (tmp_path / "before" / "report.en.json").read_bytes()
    told(of, author)
    read(of, reader)
    built(consultation, tmp_path / "after")
    after = json.loads((tmp_path / "after" / "report.en.json").read_text())
    assert after["heard_in_words"] == [{**MEN, "language": "en", "text": PROSE}]
    assert PROSE in (tmp_path / "after" / "report.en.html").read_text()
    assert (tmp_path / "before" / "report.en.json").read_bytes() == before
    assert "heard_in_words" not in json.loads(before)
    for directory in ("before", "after"):
        assert verify(tmp_path / directory)["failures"] == []
    found = verify(tmp_path / "after", earlier=[tmp_path / "before"])
    assert found["failures"] == []


def test_the_report_says_that_they_were_heard_until_there_is_prose(
    of: Round, author: Account, reader: Account, client: FlaskClient
) -> None:
    address = "/en/code/reports/1/"
    page = client.get(address).text
    assert "Heard, too few to count" in page
    assert "They were heard." in page
    told(of, author)
    db.session.commit()
    assert PROSE not in client.get(address).text
    read(of, reader)
    db.session.commit()
    page = client.get(address).text
    assert PROSE in page
    assert page.count("They were heard.") == 1, "the women still are withheld beside them"


def test_the_desk_writes_and_another_account_confirms(
    of: Round, author: Account, reader: Account, client: FlaskClient
) -> None:
    sign_in(client, author)
    assert "small groups to be told" in client.get("/en/manage/code/").text
    assert posted(client, DESK, **MEN, text=PROSE, language="en").status_code == 303
    assert "I have read it" not in client.get(DESK).text
    forged = posted(client, DESK, **MEN, action="confirm", read=digest(PROSE))
    assert forged.status_code == 409
    sign_in(client, reader)
    assert "text to be read by a second person" in client.get("/en/manage/code/").text
    assert DESK in client.get("/en/manage/code/rounds/1/").text
    assert "I have read it" in client.get(DESK).text
    confirmed = posted(client, DESK, **MEN, action="confirm", read=digest(PROSE))
    assert confirmed.status_code == 303
    assert texts_of(of.id)["gender", "man"].read_by == reader.id


def test_what_is_refused_comes_back_as_it_was_typed(
    of: Round, author: Account, client: FlaskClient
) -> None:
    sign_in(client, author)
    refused = posted(client, DESK, **MEN, text="All 3 agree.", language="fr")
    assert refused.status_code == 422
    assert "All 3 agree." in refused.text
    assert "holds a number" in refused.text
    assert '<option value="fr" selected>' in refused.text
    assert texts_of(of.id) == {}


def test_no_other_group_can_be_written_about(
    of: Round, author: Account, client: FlaskClient
) -> None:
    sign_in(client, author)
    women = posted(client, DESK, by="group", code="women", text=PROSE, language="en")
    assert women.status_code == 404


def test_negotiators_do_not_write(consultation: Consultation, client: FlaskClient) -> None:
    sign_in(client, an_account(NEGOTIATOR))
    assert client.get(DESK).status_code == 403
    assert "small-groups" not in client.get("/en/manage/code/rounds/1/").text
