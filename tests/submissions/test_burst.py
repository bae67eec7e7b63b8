"""Marks at sending, and the plain question of a declared burst, as a visitor meets them."""

import re
from hashlib import sha256

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.config import Settings
from consultations.db import db
from consultations.rounds.models import CLOSED, Round
from consultations.submissions.marks import ADDRESS, HONEYPOT, TOKEN, TRAP
from consultations.submissions.models import Submission
from consultations.submissions.plain_question import NUMBERS
from tests.factories import a_consultation, a_round
from tests.visitor import Page, posted, send, visit

VILLAGE = {"REMOTE_ADDR": "203.0.113.5"}
ADDRESS_OF_FORM = "/en/code/answer/"
ANSWERS = {"art_1_position": "support", "art_1_change": "Tell the herders.", "gender": "woman"}
SUM = re.compile(r"How much is (\w+) plus (\w+)\?")


@pytest.fixture
def round_(app: Flask) -> Round:
    made = a_round(a_consultation())
    db.session.commit()
    return made


@pytest.fixture
def burst(round_: Round) -> Round:
    round_.burst = True
    db.session.commit()
    return round_


def checked(client: FlaskClient, lang: str = "en") -> Page:
    address = f"/{lang}/code/answer/"
    page = visit(client, address)
    for _ in range(10):
        if page.soup.select_one('button[value="send"]'):
            return page
        names = {field.get("name") for field in page.form.select("[name]")}
        page = send(client, address, page, {k: v for k, v in ANSWERS.items() if k in names})
    raise AssertionError(page.text)


def result(page: Page) -> int:
    """The sum that the page asks for."""
    found = SUM.search(page.soup.get_text())
    assert found is not None, page.text
    return sum(NUMBERS.index(word) + 1 for word in found.groups())


def stored() -> list[Submission]:
    db.session.expire_all()
    return list(db.session.scalars(select(Submission)))


def test_an_ordinary_answer_has_no_mark(round_: Round, client: FlaskClient) -> None:
    assert send(client, ADDRESS_OF_FORM, checked(client), {}).receipt
    assert [each.marks for each in stored()] == [[]]


def test_the_trap_marks_and_refuses_nobody(round_: Round, client: FlaskClient) -> None:
    answer = send(client, ADDRESS_OF_FORM, checked(client), {TRAP: "Buy now"})
    assert answer.status == 200
    assert answer.receipt
    [submission] = stored()
    assert submission.marks == [HONEYPOT]
    assert "Buy now" not in str(vars(submission))


def test_nobody_meets_the_trap(round_: Round, client: FlaskClient) -> None:
    field = checked(client).soup.select_one(f'[name="{TRAP}"]')
    assert field is not None
    assert field.parent is not None
    assert field.parent.has_attr("hidden")
    assert field["tabindex"] == "-1"
    assert field["autocomplete"] == "off"
    assert not re.search("name|mail|url|site|phone|address|country|zip|comment|company", TRAP)


def test_a_village_behind_one_address_is_heard_whole(
    round_: Round, client: FlaskClient, app: Flask
) -> None:
    usual = app.extensions["settings"].answers_per_address = 2
    for _ in range(usual + 3):
        data = posted(checked(client), {})
        assert client.post(ADDRESS_OF_FORM, data=data, environ_base=VILLAGE).status_code == 200
    marks = [each.marks for each in stored()]
    assert marks.count([]) == usual
    assert marks.count([ADDRESS]) == 3


def test_no_address_is_stored_whole_or_hashed(
    round_: Round, client: FlaskClient, app: Flask, settings: Settings
) -> None:
    client.post(ADDRESS_OF_FORM, data=posted(checked(client), {}), environ_base=VILLAGE)
    addresses = app.extensions["addresses"]
    traces = [b"203.0.113.5", bytes([203, 0, 113, 5]), addresses._key]
    traces += [form for name in addresses._counts for form in (name, name.hex().encode())]
    for path in settings.instance.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [each for each in traces if each in content], path


def test_a_form_sent_again_with_other_answers_counts_once_and_is_marked(
    round_: Round, client: FlaskClient
) -> None:
    check = checked(client)
    first = send(client, ADDRESS_OF_FORM, check, {})
    assert send(client, ADDRESS_OF_FORM, check, {}).receipt == first.receipt
    assert [each.marks for each in stored()] == [[]]
    page = send(client, ADDRESS_OF_FORM, check, {}, step="1")
    while not page.soup.select_one('button[value="send"]'):
        filled = {"art_1_position": "oppose"} if 'name="art_1_position"' in page.text else {}
        page = send(client, ADDRESS_OF_FORM, page, filled)
    assert send(client, ADDRESS_OF_FORM, page, {}).receipt == first.receipt
    assert [each.marks for each in stored()] == [[TOKEN]]


def test_without_a_burst_nobody_is_asked(round_: Round, client: FlaskClient) -> None:
    assert not checked(client).soup.select_one('[name="_bot"]')


def test_in_a_burst_the_plain_question_lets_people_through(
    burst: Round, client: FlaskClient
) -> None:
    check = checked(client)
    answer = send(client, ADDRESS_OF_FORM, check, {"_bot": str(result(check))})
    assert answer.status == 200
    assert answer.receipt
    assert len(stored()) == 1


@pytest.mark.parametrize("typed", ["", "1", "a lot"])
def test_a_wrong_sum_gives_everything_back(burst: Round, client: FlaskClient, typed: str) -> None:
    answer = send(client, ADDRESS_OF_FORM, checked(client), {"_bot": typed})
    assert answer.status == 422
    assert stored() == []
    assert answer.says("Tell the herders.")
    assert answer.soup.select_one('.errors a[href="#_bot"]')
    field = answer.soup.select_one("input#_bot")
    assert field is not None
    assert field["value"] == typed
    assert field["aria-invalid"] == "true"
    again = send(client, ADDRESS_OF_FORM, answer, {"_bot": str(result(answer))})
    assert again.receipt
    assert stored()[0].answers["art_1_change"] == "Tell the herders."


def test_the_question_asks_for_no_script_and_no_cookie(burst: Round, client: FlaskClient) -> None:
    page = checked(client)
    assert not page.soup.select("script")
    assert not client._cookies  # type: ignore[attr-defined]
    label = page.soup.select_one('label[for="_bot"]')
    assert label is not None
    assert label.get_text().startswith("How much is")


def test_digits_of_another_script_answer_it(burst: Round, client: FlaskClient) -> None:
    check = checked(client)
    typed = str(result(check)).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert send(client, ADDRESS_OF_FORM, check, {"_bot": typed}).receipt


def test_the_question_survives_a_change_of_answers(burst: Round, client: FlaskClient) -> None:
    check = checked(client)
    page = send(client, ADDRESS_OF_FORM, check, {}, step="1")
    while not page.soup.select_one('button[value="send"]'):
        page = send(client, ADDRESS_OF_FORM, page, {})
    assert result(page) == result(check)


def test_after_closing_a_receipt_is_shown_again_without_a_question(
    burst: Round, client: FlaskClient
) -> None:
    check = checked(client)
    first = send(client, ADDRESS_OF_FORM, check, {"_bot": str(result(check))})
    burst.stage = CLOSED
    db.session.commit()
    assert send(client, ADDRESS_OF_FORM, check, {}).receipt == first.receipt


def test_a_browsers_work_stands_for_the_answer_where_it_is_allowed(
    burst: Round, client: FlaskClient, app: Flask
) -> None:
    app.extensions["settings"].proof_of_work = True
    check = checked(client)
    found = _work_of(check)
    assert check.soup.select_one('[name="_bot"]'), "the question is always there as well"
    assert send(client, ADDRESS_OF_FORM, check, {"_work": "0"}).status == 422
    assert send(client, ADDRESS_OF_FORM, check, {"_work": found}).receipt


def test_work_is_off_by_default(burst: Round, client: FlaskClient) -> None:
    assert not checked(client).soup.select_one("[data-target]")


def _work_of(page: Page) -> str:
    asked = page.soup.select_one("[data-target]")
    assert asked is not None
    for number in range(int(str(asked["data-most"])) + 1):
        if sha256(f"{asked['data-salt']}{number}".encode()).hexdigest() == asked["data-target"]:
            return str(number)
    raise AssertionError
