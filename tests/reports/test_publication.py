"""The organizer's page for corrections and witnesses."""

import re
from email import message_from_bytes, policy
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consultations.accounts.roles import ORGANIZER
from consultations.db import db
from consultations.ledger.queries import read_log
from consultations.ledger.witness import read_heads
from consultations.reports import manage
from consultations.reports.queries import publications_of, witnesses
from consultations.rounds.models import CLOSED, Round
from tests.factories import (
    a_consultation,
    a_round,
    a_submission,
    an_account,
    posted,
    sign_in,
)

ROUND = "/en/manage/code/rounds/1/"
PAGE = f"{ROUND}publication/"
ADDRESSES = "desk@delegation.example, fr\nwatch@observers.example"


@pytest.fixture
def of(app: Flask) -> Round:
    made = a_round(a_consultation(), stage=CLOSED)
    for place in range(40):
        a_submission(made, art_1_position="support" if place % 2 else "oppose", gender="woman")
    return made


@pytest.fixture
def organizer(client: FlaskClient, of: Round) -> FlaskClient:
    sign_in(client, an_account(ORGANIZER))
    return client


def changed(of: Round, organizer: FlaskClient) -> None:
    """Publish, then let one more answer come in."""
    posted(organizer, ROUND, action="publish")
    a_submission(of, art_1_position="oppose", gender="woman")


def choose(organizer: FlaskClient, choice: str, **notes: str) -> TestResponse:
    texts = {f"note-{language}": text for language, text in notes.items()}
    return posted(organizer, PAGE, action="correct", choice=choice, **texts)


def messages(app: Flask) -> list[Path]:
    return sorted((app.extensions["settings"].instance / "outbox").glob("*.eml"))


def test_there_is_nothing_to_correct_before_and_right_after_publication(
    organizer: FlaskClient,
) -> None:
    assert "No report of this round is published yet" in organizer.get(PAGE).text
    posted(organizer, ROUND, action="publish")
    assert "there is nothing to correct" in organizer.get(PAGE).text


def test_the_organizer_is_told_which_tables_would_give_someone_away(
    of: Round, organizer: FlaskClient
) -> None:
    changed(of, organizer)
    page = organizer.get(PAGE).text
    assert "can give someone away" in page
    assert "Compare with what is published" in page
    compared = organizer.get(f"{PAGE}?compare=yes").text
    assert "cannot be published as" in compared
    for choice in ("keep", "withdraw"):
        assert f'name="choice" value="{choice}"' in compared
    for choice in ("merge", "stand"):  # of one answer more, neither tells anything anew
        assert f'name="choice" value="{choice}"' not in compared
    assert 'value="keep" checked' in compared
    assert 'name="note-fr"' in compared


@pytest.mark.parametrize(
    ("gone", "silent", "offered"),
    [
        (1, False, ["keep", "merge", "withdraw"]),
        (2, False, ["keep", "withdraw"]),
        (1, True, ["keep", "merge"]),
    ],
)
def test_only_what_keeps_more_is_offered(
    of: Round,
    organizer: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    gone: int,
    silent: bool,
    offered: list[str],
) -> None:
    changed(of, organizer)
    strict = SimpleNamespace(withdrawn=["a", "b"], silent=silent, told=0, whole=False)
    merging = SimpleNamespace(withdrawn=["a", "b"][:gone], merged=["c"])
    monkeypatch.setattr(manage, "comparisons", lambda *_: (strict, merging))
    page = organizer.get(f"{PAGE}?compare=yes").text
    assert re.findall(r'name="choice" value="(\w+)"', page) == offered


@pytest.mark.parametrize(
    ("choice", "reports"), [("keep", 1), ("merge", 2), ("withdraw", 2), ("stand", 2)]
)
def test_the_organizer_chooses(
    of: Round, organizer: FlaskClient, choice: str, reports: int
) -> None:
    changed(of, organizer)
    assert choose(organizer, choice, en="One came late.").status_code == 303
    assert len(publications_of(of.id)) == reports
    assert "there is nothing to correct" in organizer.get(PAGE).text
    assert "One came late." in organizer.get("/en/code/reports/1/").text


@pytest.mark.parametrize("notes", [{}, {"fr": "Tard."}])
def test_a_choice_without_a_note_is_refused(
    of: Round, organizer: FlaskClient, notes: dict[str, str]
) -> None:
    changed(of, organizer)
    refused = choose(organizer, "keep", **notes)
    assert refused.status_code == 409
    assert "what changed" in refused.text
    assert 'name="choice" value="keep"' in refused.text


def test_pretending_that_all_is_well_is_refused(of: Round, organizer: FlaskClient) -> None:
    changed(of, organizer)
    assert choose(organizer, "corrected", en="x").status_code == 409
    assert len(publications_of(of.id)) == 1


def test_an_unknown_choice_is_refused(of: Round, organizer: FlaskClient) -> None:
    changed(of, organizer)
    assert choose(organizer, "burn", en="x").status_code == 400


def test_witnesses_are_told_of_every_publication(
    app: Flask, of: Round, organizer: FlaskClient, tmp_path: Path
) -> None:
    assert posted(organizer, PAGE, action="witnesses", addresses=ADDRESSES).status_code == 303
    assert "desk@delegation.example, fr" in organizer.get(PAGE).text
    assert messages(app) == []
    changed(of, organizer)
    assert len(messages(app)) == 2
    head = read_log(of.consultation_id, "code").head
    for path in messages(app):
        assert read_heads(path) == [head.signed()]
    choose(organizer, "keep", en="One came late.")
    assert len(messages(app)) == 4


def test_a_witness_reads_the_message_in_their_language(
    app: Flask, of: Round, organizer: FlaskClient
) -> None:
    posted(organizer, PAGE, action="witnesses", addresses="desk@delegation.example, fr")
    posted(organizer, ROUND, action="publish")
    [path] = messages(app)
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["To"] == "desk@delegation.example"
    assert message["Content-Language"] == "fr"
    assert "Projet de code" in message["Subject"]


def test_addresses_of_witnesses_are_kept_encrypted(of: Round, organizer: FlaskClient) -> None:
    posted(organizer, PAGE, action="witnesses", addresses=ADDRESSES)
    kept = witnesses(of.consultation_id)
    assert {each.language for each in kept} == {"en", "fr"}
    assert not any("@" in each.address for each in kept)
    posted(organizer, PAGE, action="witnesses", addresses="")
    db.session.expire_all()
    assert witnesses(of.consultation_id) == []


def test_what_is_no_address_is_refused(of: Round, organizer: FlaskClient) -> None:
    refused = posted(organizer, PAGE, action="witnesses", addresses="a@b.example\nnonsense")
    assert refused.status_code == 409
    assert "2" in refused.text


def test_the_annex_says_that_every_protected_count_has_examples_in_whole_people(
    of: Round, organizer: FlaskClient
) -> None:
    posted(organizer, ROUND, action="publish")
    [report] = publications_of(of.id)
    page = organizer.get(f"/en/code/reports/{report.id}/").text
    assert "populations of whole people" in " ".join(page.split())
