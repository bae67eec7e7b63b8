"""Answering over HTTP, as a browser without JavaScript and cookies does it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, event, func, select

from consultations.db import Values, db, straight
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Question, Questionnaire
from consultations.rounds.models import CLOSED, Round
from consultations.submissions import storing
from consultations.submissions.models import Submission
from tests.factories import PLAN, a_consultation, a_round
from tests.visitor import Page, posted, seen, send, visit

ADDRESS = "/en/code/answer/"
ANSWERS = {"art_1_position": "support", "art_2_position": "oppose", "gender": "woman"}


@pytest.fixture
def round_(app: Flask) -> Round:
    made = a_round(a_consultation())
    db.session.commit()
    return made


def answered_until_check(client: FlaskClient, filled: dict[str, str], lang: str = "en") -> Page:
    address = f"/{lang}/code/answer/"
    page = visit(client, address)
    for _ in range(10):
        if page.soup.select_one('button[value="send"]'):
            return page
        names = {field.get("name") for field in page.form.select("[name]")}
        page = send(client, address, page, {k: v for k, v in filled.items() if k in names})
    raise AssertionError(page.text)


def stored() -> list[Submission]:
    db.session.expire_all()
    return list(db.session.scalars(select(Submission)))


def test_an_answer_is_stored_and_its_receipt_shown(round_: Round, client: FlaskClient) -> None:
    page = send(client, ADDRESS, answered_until_check(client, ANSWERS), {})
    assert page.status == 200
    assert page.receipt is not None
    [submission] = stored()
    assert submission.answers["art_1_position"] == "support"
    assert submission.answers["gender"] == "woman"
    assert submission.language == "en"


def test_sending_asks_the_database_once(
    round_: Round, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To store the answer if what was read still stands."""
    page = answered_until_check(client, ANSWERS)
    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement.split()[0])

    def told(connection: Connection, statement: str, values: Values = ()) -> int:
        listen(connection, None, statement)
        return straight(connection, statement, values)

    monkeypatch.setattr(storing, "straight", told)
    event.listen(db.engine, "before_cursor_execute", listen)
    assert send(client, ADDRESS, page, {}).receipt
    event.remove(db.engine, "before_cursor_execute", listen)
    assert asked == ["INSERT"]


def test_the_first_page_is_the_same_for_everyone(round_: Round, client: FlaskClient) -> None:
    first, second = client.get(ADDRESS), client.get(ADDRESS)
    assert first.data == second.data
    assert first.headers["ETag"] == second.headers["ETag"]
    assert "Set-Cookie" not in first.headers
    assert b"_sealed" not in first.data, "a token that everyone would have in common"
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_sending_twice_shows_the_same_receipt(round_: Round, client: FlaskClient) -> None:
    check = answered_until_check(client, ANSWERS)
    first, second = send(client, ADDRESS, check, {}), send(client, ADDRESS, check, {})
    assert first.receipt == second.receipt
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_skipped_question_is_told_apart_from_one_not_asked(
    round_: Round, client: FlaskClient
) -> None:
    round_.in_depth = "1"
    db.session.commit()
    send(client, ADDRESS, answered_until_check(client, {}), {})
    [submission] = stored()
    assert submission.answers["art_1_position"] == "-6"
    assert len(submission.given) == 1


def test_a_value_that_is_no_choice_is_refused_and_nothing_lost(
    round_: Round, client: FlaskClient
) -> None:
    page = visit(client, ADDRESS)
    filled = {"art_1_position": "perhaps", "art_2_position": "oppose"}
    answer = send(client, ADDRESS, page, filled)
    assert answer.status == 422
    assert answer.says("is not among the choices")
    kept = answer.soup.select_one('input[name="art_2_position"][checked]')
    assert kept is not None
    assert kept["value"] == "oppose"
    assert stored() == []


def test_a_closed_round_gives_back_what_was_written(round_: Round, client: FlaskClient) -> None:
    check = answered_until_check(client, {**ANSWERS, "art_1_change": "Tell the herders."})
    round_.stage = CLOSED
    db.session.commit()
    answer = send(client, ADDRESS, check, {})
    assert answer.status == 409
    assert answer.says("Tell the herders.")
    assert stored() == []


def test_a_receipt_is_shown_again_after_the_round_has_closed(
    round_: Round, client: FlaskClient
) -> None:
    check = answered_until_check(client, ANSWERS)
    first = send(client, ADDRESS, check, {})
    round_.stage = CLOSED
    db.session.commit()
    assert send(client, ADDRESS, check, {}).receipt == first.receipt


def test_going_back_keeps_what_was_answered(round_: Round, client: FlaskClient) -> None:
    check = answered_until_check(client, ANSWERS)
    page = send(client, ADDRESS, check, {}, step="1")
    kept = page.soup.select_one('input[name="art_1_position"][checked]')
    assert kept is not None
    assert kept["value"] == "support"


def test_a_form_that_was_tampered_with_is_refused(round_: Round, client: FlaskClient) -> None:
    page = visit(client, ADDRESS)
    page = send(client, ADDRESS, page, {})
    data = posted(page, {"_sealed": "AAAA"})
    assert seen(client.post(ADDRESS, data=data)).status == 400


def test_too_much_text_is_refused_with_a_sentence(round_: Round, client: FlaskClient) -> None:
    answer = seen(client.post(ADDRESS, data={"art_1_change": "x" * 5_000_000}))
    assert answer.status == 413
    assert answer.says("more text than the form can take")


def test_an_arabic_page_runs_from_right_to_left(round_: Round, client: FlaskClient) -> None:
    page = visit(client, "/ar/code/answer/")
    assert page.soup.html is not None
    assert page.soup.html["dir"] == "rtl"
    assert page.soup.html["lang"] == "ar"


def test_a_discreet_form_does_not_tell_what_it_is(app: Flask, client: FlaskClient) -> None:
    about = a_consultation(plan={**PLAN, "discreet": True})
    a_round(about)
    db.session.commit()

    for page in (visit(client, ADDRESS), answered_until_check(client, ANSWERS)):
        assert page.soup.title is not None
        assert page.soup.title.get_text() == "Form"
        assert page.soup.select_one("a.leave[href]")


@pytest.mark.parametrize("page", ["", "resume/", "invited/"])
def test_no_page_on_the_way_to_a_discreet_form_tells_what_it_is(
    round_: Round, client: FlaskClient, page: str
) -> None:
    round_.consultation.plan = {**round_.consultation.plan, "discreet": True}
    found = visit(client, f"/en/code/{page}").soup.title
    assert found
    assert found.get_text() == "Form"


def test_an_open_form_says_what_it_is(round_: Round, client: FlaskClient) -> None:
    for page in (visit(client, ADDRESS), answered_until_check(client, ANSWERS)):
        assert page.soup.title is not None
        assert "Draft Code" in page.soup.title.get_text()
        assert "Leave quickly" in page.text


def test_what_is_said_of_an_error_speaks_of_earlier_answers(
    app: Flask, client: FlaskClient
) -> None:
    about = a_consultation()
    first = Question("low", "integer", {"en": "From?"})
    second = Question(
        "high",
        "integer",
        {"en": "To, beginning with ${low}?"},
        required=True,
        constraint=". >= ${low}",
        message={"en": "Not under ${low}."},
    )
    form = Questionnaire({"en": "Form"}, ("en",), "en", (first, second))
    a_round(about, questionnaire_version_id=add_version(about, form).id)
    db.session.commit()
    page = send(client, ADDRESS, visit(client, ADDRESS), {"low": "7"}, step="next")
    low = send(client, ADDRESS, page, {"high": "6"}, step="next")
    assert low.status == 422
    summary = low.soup.select_one(".errors a")
    assert summary is not None
    assert summary.get_text() == "To, beginning with 7? Not under 7."


def test_there_is_no_page_before_the_first(round_: Round, client: FlaskClient) -> None:
    page = send(client, ADDRESS, visit(client, ADDRESS), {}, step="next")
    data = posted(page, {}, step="next")
    data.setlist("_step", ["0"])
    assert visit(client, ADDRESS).says("Step 1 of")
    assert seen(client.post(ADDRESS, data=data)).says("Step 1 of")
