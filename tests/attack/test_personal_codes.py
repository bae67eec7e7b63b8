"""Whoever holds the database, at any moment, cannot tell which code became which answer.

Dumps of everything are taken after each step of invited people: coming in, saving, answering. The
attacker knows who came in when from comparing them; what must not be found is a column, a key, an
order or a time that leads from a personal code or an address to an answer or a saved form.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise, product
from random import Random
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from scipy.stats import spearmanr
from sqlalchemy import Date, DateTime, Time, inspect, text

from consultations.clock import now
from consultations.codes import code_hash
from consultations.config import Settings
from consultations.db import db
from consultations.participants.addresses import Addressee, revealed
from consultations.participants.entitlement import entitled_token, is_entitled
from consultations.participants.models import Contact
from consultations.participants.services import invite, make_codes
from consultations.rounds.models import Round
from consultations.rounds.services import begin_days
from consultations.submissions.receipts import receipt_code, receipt_hash
from consultations.submissions.saved import saved_form_key
from consultations.submissions.services import send as taken_in
from tests.conftest import SECRET
from tests.factories import a_consultation, a_round
from tests.visitor import Page, seen, send

ADDRESS, ANSWER = "/en/code/invited/", "/en/code/answer/"
WHO = ("personal_code", "contact")
WHAT = ("submission", "saved_form", "spent_receipt", "attachment")
SAID = {"art_1_position": "support", "art_1_change": "-6", "gender": "-6"}
PURPOSES = ("personal code", "saved form", "page of entry", "receipt hash", "")

Row = dict[str, Any]
Dump = dict[str, dict[str, Row]]


@dataclass
class Story:
    """What happened, and what the attacker saw after each step: (step, person, dump)."""

    of: Round
    codes: list[str]
    entitled: list[str] = field(default_factory=list)
    seen: list[tuple[str, int, Dump]] = field(default_factory=list)

    def look(self, step: str, person: int) -> None:
        db.session.commit()
        self.seen.append((step, person, dump()))

    def steps(self, wanted: str) -> Iterator[tuple[Dump, Dump]]:
        """The dumps before and after each step of a kind."""
        for (_, _, before), (step, _, after) in pairwise(self.seen):
            if step == wanted:
                yield before, after


def dump() -> Dump:
    """Every row of every table by its key, as the database itself gives it."""
    found: Dump = {}
    for name in inspect(db.engine).get_table_names():
        rows = db.session.execute(text(f'SELECT * FROM "{name}"')).mappings()
        found[name] = {str(next(iter(row.values()))): dict(row) for row in rows}
    db.session.rollback()
    return found


@pytest.fixture
def story(app: Flask, client: FlaskClient) -> Story:
    """Three people with cards and three with messages come in, save or not, and answer."""
    of = a_round(a_consultation())
    codes = make_codes(of, "Network", 3, secret=SECRET, by=None, at=now())
    people = [Addressee(f"person{number}@mail.example", "en") for number in range(3)]
    invite(of, "Network", people, secret=SECRET, by=None, at=now())
    begin_days(at=now())
    db.session.commit()
    kept = db.session.query(Contact).all()
    told = Story(of, codes + [revealed(each.code, secret=SECRET) for each in kept])
    told.look("begin", -1)
    for person, code in enumerate(told.codes):
        _come_in(told, client, code)
        told.look("enter", person)
        if person % 2:
            send(client, ANSWER, _back(client, told.entitled[person]), {}, step="save")
            told.look("save", person)
        if person > 0:
            _answer(client, told.entitled[person - 1])
            told.look("answer", person - 1)
    return told


def _come_in(told: Story, client: FlaskClient, code: str) -> None:
    page = seen(client.post(ADDRESS, data={"code": code}))
    shown = page.soup.select_one("output#code")
    assert shown is not None, page.text
    told.entitled.append(shown.get_text(strip=True))
    assert is_entitled(told.entitled[-1], SECRET, told.of.id)


def _back(client: FlaskClient, entitled: str) -> Page:
    return seen(client.post("/en/code/resume/", data={"code": entitled}))


def _answer(client: FlaskClient, entitled: str) -> None:
    page = _back(client, entitled)
    while not page.receipt:
        assert page.status == 200, page.text
        page = send(client, ANSWER, page, {})


def _answer_at_once(of: Round, token: str) -> None:
    """The answer of a form with this token, without its pages."""
    taken_in(
        of,
        SAID,
        stamp=of.consultation.stamp,
        language="en",
        given=(),
        consent={"take_part": True},
        receipt_hash=_receipt_hash(token),
        on=date(2026, 1, 2),
    )


def _receipt_hash(token: str) -> str:
    return receipt_hash(receipt_code(token, secret=SECRET), secret=SECRET)


def test_the_story_is_what_it_says(story: Story) -> None:
    last = story.seen[-1][2]
    assert [len(last[name]) for name in (*WHO, *WHAT)] == [6, 3, 5, 3, 0, 0]
    assert all(row["struck_by"] for row in last["personal_code"].values())


def test_coming_in_strikes_one_code_off_and_writes_nothing_else(story: Story) -> None:
    for before, after in story.steps("enter"):
        assert _changed(before, after) <= set(WHO)
        assert {name: set(rows) for name, rows in after.items()} == {
            name: set(rows) for name, rows in before.items()
        }
        struck = [
            (old, after["personal_code"][key])
            for key, old in before["personal_code"].items()
            if old != after["personal_code"][key]
        ]
        ((old, new),) = struck
        assert old == {**new, "struck_by": None}


def test_answering_and_saving_touch_nothing_about_codes(story: Story) -> None:
    for step, table, beside in (
        ("answer", "submission", {"pending_submission"}),
        ("save", "saved_form", set()),
    ):
        assert list(story.steps(step))
        for before, after in story.steps(step):
            assert _changed(before, after) == {table} | beside
            assert len(after[table]) == len(before[table]) + 1
            assert before[table].items() <= after[table].items()


def _changed(before: Dump, after: Dump) -> set[str]:
    return {name for name in after if before[name] != after[name]}


def test_no_column_has_a_value_in_common_with_an_answer(story: Story) -> None:
    shared = {story.of.id, "en"}
    for _, _, found in story.seen:
        who = {value for name in WHO for value in _values(found[name])} - shared
        what = " ".join(value for name in WHAT for value in _values(found[name]))
        assert who
        for value in who:
            assert len(value) < 4 or value not in what


def _values(rows: dict[str, Row]) -> Iterator[str]:
    for row in rows.values():
        yield from (str(value) for value in row.values() if value not in (None, ""))


def test_who_holds_the_secret_and_the_codes_as_well_finds_no_answer(story: Story) -> None:
    """Everything that the server can work out of what is stored about codes leads nowhere."""
    known = [*story.codes]
    for _, _, found in story.seen:
        known += [value for name in WHO for value in _values(found[name])]
    reached = set(known)
    for value in known:
        reached |= {code_hash(value, SECRET, purpose) for purpose in PURPOSES}
        reached |= {entitled_token(value, SECRET), saved_form_key(value, secret=SECRET)}
        for token in (value, entitled_token(value, SECRET)):
            reached |= {receipt_code(token, secret=SECRET), _receipt_hash(token)}
    last = story.seen[-1][2]
    assert not reached & {row["receipt_hash"] for row in last["submission"].values()}
    assert not reached & (set(last["saved_form"]) | set(last["submission"]))


def test_the_attack_would_find_an_answer_under_the_personal_code_itself(story: Story) -> None:
    _answer_at_once(story.of, entitled_token(story.codes[-1], SECRET))
    story.look("answer", len(story.codes) - 1)
    with pytest.raises(AssertionError):
        test_who_holds_the_secret_and_the_codes_as_well_finds_no_answer(story)


def test_there_is_no_time_and_no_way_from_one_store_to_the_other(app: Flask) -> None:
    found = inspect(db.engine)
    for name in (*WHO, "saved_form"):
        kinds = [column["type"] for column in found.get_columns(name)]
        assert not [kind for kind in kinds if isinstance(kind, Date | DateTime | Time)]
        assert {key["referred_table"] for key in found.get_foreign_keys(name)} == {"round"}
    for name in inspect(db.engine).get_table_names():
        led = {key["referred_table"] for key in found.get_foreign_keys(name)}
        assert not led & {*WHO, "saved_form"}, name


def test_the_places_of_rows_tell_no_order(story: Story, settings: Settings) -> None:
    for name in WHO:
        ids = [row.id for row in db.session.execute(text(f'SELECT id FROM "{name}"'))]
        assert ids == sorted(ids)
        if settings.database_url:
            rows = db.session.execute(text(f'SELECT DISTINCT xmin::text FROM "{name}"'))
            assert len(rows.all()) == 1


def test_no_code_stands_in_the_databases_files(story: Story, settings: Settings) -> None:
    """Neither the personal codes, nor those to go on with, nor the addresses of who came in."""
    if settings.database_url:
        pytest.skip("SQLite's files are at hand")
    kept = b"".join(path.read_bytes() for path in settings.instance.rglob("*") if path.is_file())
    for code in (*story.codes, *story.entitled):
        assert code.encode() not in kept
        assert code.replace("-", "").encode() not in kept
    assert b"mail.example" not in kept


def test_sorting_by_any_column_puts_no_answer_beside_its_code(app: Flask) -> None:
    """People come in and answer in the same order: no two columns remember it."""
    of = a_round(a_consultation())
    codes = make_codes(of, "Network", 80, secret=SECRET, by=None, at=now())
    Random(4).shuffle(codes)
    told = Story(of, codes)
    client = app.test_client()
    app.extensions["settings"].guesses_per_minute = 1_000
    for person, code in enumerate(codes):
        _come_in(told, client, code)
        _answer_at_once(of, entitled_token(told.entitled[person], SECRET))
    db.session.commit()
    found = dump()
    entered = [found["personal_code"][code_hash(code, SECRET, "personal code")] for code in codes]
    by_receipt = {row["receipt_hash"]: row for row in found["submission"].values()}
    answered = [by_receipt[_receipt_hash(entitled_token(code, SECRET))] for code in told.entitled]
    for ours, theirs in product(("id", "struck_by"), ("id", "receipt_hash")):
        places = [_ranks(rows, name) for rows, name in ((entered, ours), (answered, theirs))]
        assert abs(spearmanr(*places).statistic) < 0.5, (ours, theirs)


def _ranks(rows: list[Row], name: str) -> list[int]:
    values = [row[name] for row in rows]
    order = sorted(values)
    return [order.index(value) for value in values]
