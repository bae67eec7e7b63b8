"""The command `invitations`."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from consultations.cli import group
from consultations.clock import now
from consultations.config import Settings
from consultations.db import db
from consultations.errors import Refused, RoundNotOpen
from consultations.participants.addresses import Addressee
from consultations.participants.services import invite
from consultations.rounds.models import Round
from consultations.rounds.services import close
from tests.conftest import SECRET
from tests.factories import a_consultation, a_round

PEOPLE = [Addressee(f"person{number}@mail.example", "fr") for number in range(60)]


@pytest.fixture
def of(app: Flask, command_line: None, monkeypatch: pytest.MonkeyPatch) -> Round:
    """An open round with sixty addresses, and a site with an address."""
    monkeypatch.setenv("CONSULTATIONS_SITE_ADDRESS", "https://consult.example")
    of = a_round(a_consultation())
    invite(of, "Network", PEOPLE, secret=SECRET, by=None, at=now())
    db.session.commit()
    return of


def run(*options: str) -> Result:
    return CliRunner().invoke(group, ["invitations", "send", "code", *options])


def outbox(settings: Settings) -> list[Path]:
    return list((settings.instance / "outbox").glob("*.eml"))


def test_a_long_list_goes_out_at_once(of: Round, settings: Settings) -> None:
    assert run().exit_code == 0
    sent = outbox(settings)
    assert len(sent) == 60
    assert "https://consult.example/fr/code/invited/" in sent[0].read_text()
    assert run("--reminders").exit_code == 0
    assert len(outbox(settings)) == 120
    assert run().exit_code == 0
    assert len(outbox(settings)) == 120


def test_it_needs_the_address_of_the_site(of: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONSULTATIONS_SITE_ADDRESS")
    assert isinstance(run().exception, Refused)


def test_it_needs_an_open_round(of: Round) -> None:
    close(of, by=None, at=now())
    db.session.commit()
    assert isinstance(run().exception, RoundNotOpen)
