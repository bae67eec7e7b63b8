"""The page from which people are invited."""

import csv
import io
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from consultations.clock import now
from consultations.codes import code_hash, grouped, read_code
from consultations.config import Settings
from consultations.db import db
from consultations.mail import sending
from consultations.participants import inviting
from consultations.participants.addresses import revealed
from consultations.participants.models import Contact, PersonalCode
from consultations.participants.services import strike_off
from consultations.rounds.models import PLANNED, Round
from consultations.rounds.services import close
from tests.conftest import SECRET
from tests.factories import a_consultation, a_round, an_account, posted, sign_in

ADDRESS = "/en/manage/code/rounds/1/invitations/"
TWO = "amina@mail.example, fr\nboris@mail.example"


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


@pytest.fixture
def organizer(of: Round, client: FlaskClient) -> FlaskClient:
    """The organizer, signed in."""
    return sign_in(client, an_account())


@pytest.fixture
def outbox(settings: Settings) -> Path:
    """Where messages are written."""
    return settings.instance / "outbox"


def messages(outbox: Path) -> list[EmailMessage]:
    """What was sent so far."""
    return [
        message_from_bytes(path.read_bytes(), policy=default)  # type: ignore[arg-type]
        for path in outbox.glob("*.eml")
    ]


def made(organizer: FlaskClient, count: int = 3, partner: str = "Network") -> list[str]:
    """New codes, as downloaded."""
    answer = posted(organizer, ADDRESS, action="codes", partner=partner, count=count, language="fr")
    assert answer.status_code == 200
    return [row["code"] for row in csv.DictReader(io.StringIO(answer.text))]


def come_in(of: Round, codes: list[str]) -> None:
    """People enter with their codes."""
    for code in codes:
        strike_off(of, code, page=code, secret=SECRET)
    db.session.commit()


def test_codes_are_downloaded_once(organizer: FlaskClient) -> None:
    answer = posted(organizer, ADDRESS, action="codes", partner="Network", count=3, language="fr")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    assert len({row["code"] for row in rows}) == 3
    for row in rows:
        assert read_code(row["code"]) == row["code"]
        assert row["link"] == f"http://localhost/fr/code/invited/#{row['code']}"
    page = organizer.get(ADDRESS).text
    assert "Network" in page
    assert rows[0]["code"] not in page


def test_codes_are_printed_on_sealed_cards(organizer: FlaskClient, app: Flask) -> None:
    answer = posted(organizer, ADDRESS, action="cards", partner="Network", count=2, language="fr")
    assert answer.mimetype == "application/pdf"
    assert "code-cards.pdf" in answer.headers["Content-Disposition"]
    said = PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()
    digits = "".join(sign for sign in said if sign.isdecimal())
    keys = {each.id for each in db.session.scalars(select(PersonalCode))}
    printed = {
        code_hash(grouped(digits[start : start + 28]), SECRET, "personal code")
        for start in range(len(digits) - 27)
    }
    assert len(keys) == 2
    assert keys <= printed


def test_the_address_of_the_site_stands_in_links(organizer: FlaskClient, app: Flask) -> None:
    app.extensions["settings"].site_address = "https://consult.example/"
    answer = posted(organizer, ADDRESS, action="codes", count=1)
    assert "https://consult.example/en/code/invited/#" in answer.text


@pytest.mark.parametrize("count", ["0", "many", "1000000", "-3", ""])
def test_a_number_that_cannot_be_made_is_refused(organizer: FlaskClient, count: str) -> None:
    answer = posted(organizer, ADDRESS, action="codes", partner="Network", count=count)
    assert answer.status_code == 409
    assert "at a time" in answer.text
    assert db.session.scalars(select(PersonalCode)).all() == []


@pytest.mark.parametrize(("entered", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10)])
def test_who_came_in_is_shown_in_steps(
    organizer: FlaskClient, of: Round, entered: int, shown: int
) -> None:
    come_in(of, made(organizer, 12)[:entered])
    row = organizer.get(ADDRESS).text.partition("Network</bdi></th>")[2].partition("</tr>")[0]
    assert f">{shown}<" in row
    assert ">12<" in row


def test_invitations_are_sent_once_to_each_in_its_language(
    organizer: FlaskClient, outbox: Path
) -> None:
    posted(organizer, ADDRESS, action="addresses", addresses=TWO)
    assert "No mail server is set up" in organizer.get(ADDRESS).text
    for _ in range(2):
        assert posted(organizer, ADDRESS, action="invite").status_code == 303
    sent = {each["To"]: each for each in messages(outbox)}
    assert set(sent) == {"amina@mail.example", "boris@mail.example"}
    assert len(messages(outbox)) == 2
    assert "/fr/code/invited/#" in sent["amina@mail.example"].get_content()
    assert "/en/code/invited/#" in sent["boris@mail.example"].get_content()


def test_the_code_in_a_message_lets_its_reader_in(
    organizer: FlaskClient, outbox: Path, app: Flask
) -> None:
    posted(organizer, ADDRESS, action="addresses", addresses=TWO)
    posted(organizer, ADDRESS, action="invite")
    for message in messages(outbox):
        code = message.get_content().partition("/invited/#")[2].split()[0]
        entered = app.test_client().post("/en/code/invited/", data={"code": code})
        assert entered.status_code == 200


def test_reminders_go_to_those_who_have_not_come_in(
    organizer: FlaskClient, of: Round, outbox: Path
) -> None:
    posted(organizer, ADDRESS, action="addresses", addresses=TWO)
    posted(organizer, ADDRESS, action="invite")
    amina = next(each for each in messages(outbox) if each["To"] == "amina@mail.example")
    come_in(of, [amina.get_content().partition("/invited/#")[2].split()[0]])
    for path in outbox.iterdir():
        path.unlink()
    posted(organizer, ADDRESS, action="remind")
    assert [each["To"] for each in messages(outbox)] == ["boris@mail.example"]


def test_a_long_list_is_sent_in_parts_and_everybody_once(
    organizer: FlaskClient, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultations.participants.manage.AT_ONCE", 2)
    addresses = "\n".join(f"person{number}@mail.example" for number in range(5))
    posted(organizer, ADDRESS, action="addresses", addresses=addresses)
    for action in ("invite", "remind"):
        for _ in range(3):
            posted(organizer, ADDRESS, action=action)
    assert len({each["To"] for each in messages(outbox)}) == 5
    assert len(messages(outbox)) == 10


def test_who_comes_in_while_messages_go_out_gets_none(
    organizer: FlaskClient, of: Round, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(organizer, ADDRESS, action="addresses", addresses=TWO)
    codes = {
        each.id: revealed(each.code, secret=SECRET) for each in db.session.scalars(select(Contact))
    }
    put_down = sending._put_down

    def meanwhile(folder: Path, message: EmailMessage) -> bool:
        come_in(of, [code for code in codes.values() if code not in message.get_content()])
        return put_down(folder, message)

    monkeypatch.setattr(sending, "_put_down", meanwhile)
    posted(organizer, ADDRESS, action="invite")
    assert len(messages(outbox)) == 1


def test_a_message_that_was_refused_is_tried_again(
    organizer: FlaskClient, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted(organizer, ADDRESS, action="addresses", addresses=TWO)
    with monkeypatch.context() as broken:
        broken.setattr(sending, "_put_down", lambda outbox, message: False)
        assert posted(organizer, ADDRESS, action="invite").status_code == 303
    assert "press again to retry" in organizer.get(ADDRESS).text
    posted(organizer, ADDRESS, action="invite")
    assert len(messages(outbox)) == 2


def test_a_list_is_taken_from_a_file_and_wrong_lines_are_named(organizer: FlaskClient) -> None:
    file = (io.BytesIO(f"{TWO}\nnot an address\n".encode()), "list.csv")
    answer = posted(organizer, ADDRESS, action="addresses", file=file)
    assert answer.status_code == 303
    assert "These lines were left out: 4." in organizer.get(ADDRESS).text
    assert len(db.session.scalars(select(Contact)).all()) == 2


def test_an_empty_list_is_told(organizer: FlaskClient) -> None:
    assert posted(organizer, ADDRESS, action="addresses", addresses=" ").status_code == 409


def test_messages_wait_until_the_round_is_open(organizer: FlaskClient, of: Round) -> None:
    of.stage, of.opens = PLANNED, date(2098, 1, 1)
    posted(organizer, ADDRESS, action="addresses", addresses=TWO)
    assert posted(organizer, ADDRESS, action="invite").status_code == 409


def test_a_closed_round_takes_nothing_more(organizer: FlaskClient, of: Round) -> None:
    close(of, by=None, at=now())
    assert "The round is closed" in organizer.get(ADDRESS).text
    sign = organizer.get("/en/manage/code/rounds/1/").text
    token = sign.partition('name="csrf_token" value="')[2].partition('"')[0]
    for action in ("codes", "addresses", "invite", "remind"):
        fields = {"csrf_token": token, "action": action, "count": 1, "addresses": TWO}
        assert organizer.post(ADDRESS, data=fields).status_code == 409


def test_what_was_done_stands_in_the_teams_log_without_addresses(organizer: FlaskClient) -> None:
    made(organizer, 3)
    posted(organizer, ADDRESS, action="addresses", addresses=TWO)
    posted(organizer, ADDRESS, action="invite")
    page = organizer.get("/en/manage/code/").text
    for said in ("3 invitation codes were made.", "2 addresses were taken in", "Invitations were"):
        assert said in page
    assert "mail.example" not in page
    assert inviting.AT_ONCE <= 50
