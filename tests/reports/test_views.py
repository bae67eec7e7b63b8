"""Published reports on the web: where numbers come from, heads of the log, corrections."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.db import db
from consultations.ledger.canonical import canonical
from consultations.ledger.queries import entries, read_log
from consultations.ledger.tree import included, leaf_hash
from consultations.reports.models import KEEP, WITHDRAW
from consultations.reports.queries import publications_of
from consultations.reports.services import AS_IT_IS, Wish, instance_key, publish
from consultations.rounds.models import CLOSED, Consultation
from tests.factories import a_consultation, a_round, a_submission

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
REPORTS = "/en/code/reports"
NOTE = {"en": "One answer came late."}


@pytest.fixture
def about(app: Flask) -> Consultation:
    made = a_consultation()
    of = a_round(made, stage=CLOSED)
    for place in range(40):
        a_submission(of, art_1_position="support" if place % 2 else "oppose", gender="woman")
    published(made, app)
    return made


def published(about: Consultation, app: Flask, wish: Wish = AS_IT_IS) -> None:
    key = instance_key(Path(app.extensions["settings"].instance))
    publish(about, about.rounds[0], key=key, by=None, at=AT, wish=wish)
    db.session.commit()


def corrected(about: Consultation, app: Flask, choice: str) -> None:
    a_submission(about.rounds[0], art_1_position="oppose", gender="woman")
    published(about, app, Wish(choice, NOTE))


def test_every_table_links_to_where_it_comes_from(about: Consultation, client: FlaskClient) -> None:
    [report] = publications_of(about.rounds[0].id)
    page = client.get(f"{REPORTS}/1/").text
    for table in report.numbers["tables"]:
        address = f"{REPORTS}/{report.id}/tables/{table['id']}/"
        assert f'href="{address}"' in page
        found = client.get(address).text
        assert table["id"] in found
    assert f'href="{REPORTS}/{report.id}/tables/report/"' in page


def test_a_tables_page_names_question_base_rule_and_entry(
    about: Consultation, client: FlaskClient
) -> None:
    page = client.get(f"{REPORTS}/1/tables/art_1_position.overall/").text
    for said in ("Position?", "as planned before the round opened", "1 June 2026",
                 "nor can be worked out", leaf_hash(entries(about.id)[0]).hex()):  # fmt: skip
        assert said in page


def test_a_tables_proof_holds(about: Consultation, client: FlaskClient) -> None:
    for name in ("art_2_position.by.gender", "report"):
        proof = client.get(f"{REPORTS}/1/tables/{name}/proof.json").get_json()
        head = proof["head"]
        assert name == proof["entry"].get("id", "report")
        path = [bytes.fromhex(step) for step in proof["path"]]
        payload, root = canonical(proof["entry"]), bytes.fromhex(head["root"])
        assert leaf_hash(payload).hex() == proof["leaf_hash"]
        assert included(payload, proof["index"], head["size"], path, root)


@pytest.mark.parametrize("address", ["1/tables/none/", "1/tables/none/proof.json", "2/tables/x/"])
def test_a_table_that_was_not_published_is_not_there(
    about: Consultation, client: FlaskClient, address: str
) -> None:
    assert client.get(f"{REPORTS}/{address}").status_code == 404


def test_the_heads_of_the_log_have_an_address(about: Consultation, client: FlaskClient) -> None:
    [head] = read_log(about.id, "code").heads
    page, file = client.get(f"{REPORTS}/log/").text, client.get(f"{REPORTS}/log.json").get_json()
    assert head.root in page
    assert file["key_fingerprint"] in page
    assert file["heads"] == [head.signed()]
    report = client.get(f"{REPORTS}/1/").text
    assert head.root in report
    assert file["key_fingerprint"] in report
    assert f'href="{REPORTS}/log/"' in report


def test_a_log_without_entries_says_so(app: Flask, client: FlaskClient) -> None:
    a_consultation()
    assert "Nothing is published yet" in client.get(f"{REPORTS}/log/").text
    assert client.get(f"{REPORTS}/log.json").get_json()["heads"] == []


def test_a_note_stands_on_the_report_that_was_kept(
    about: Consultation, app: Flask, client: FlaskClient
) -> None:
    corrected(about, app, KEEP)
    page = client.get(f"{REPORTS}/1/").text
    assert "One answer came late." in page
    assert "left standing" in page
    assert "another one stands in its place" not in page
    table = client.get(f"{REPORTS}/1/tables/art_1_position.overall/").text
    assert "One answer came late." in table


def test_a_corrected_report_points_to_the_one_that_stands(
    about: Consultation, app: Flask, client: FlaskClient
) -> None:
    corrected(about, app, WITHDRAW)
    first, second = publications_of(about.rounds[0].id)
    standing, earlier = (client.get(f"{REPORTS}/{key}/").text for key in ("1", first.id))
    assert "tables are withdrawn" in standing
    assert "another one stands in its place" not in standing
    assert "another one stands in its place" in earlier
    assert f'href="{REPORTS}/1/"' in earlier
    assert client.get(f"{REPORTS}/{second.id}/").text.count("One answer came late.") == 1
    assert f'href="{REPORTS}/{first.id}/"' in client.get(f"{REPORTS}/").text
    files = (client.get(f"{REPORTS}/{key}.json").get_json() for key in ("1", first.id))
    assert [each["coverage"]["individuals"] for each in files] == [41, 40]
