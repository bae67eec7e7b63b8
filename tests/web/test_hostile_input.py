"""Whatever is sent: the right status, a sentence in the reader's language, nothing stored."""

import io
import re
from itertools import product
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from consultations.comments.models import Point
from consultations.db import db
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.rounds.models import CLOSED, Round
from consultations.submissions.models import Submission
from tests.factories import a_consultation, a_round, an_account, sign_in
from tests.visitor import Page, seen, send, visit

LANGUAGES = ("en", "ar")
LETTERS = {"en": re.compile("[A-Za-z]{3}"), "ar": re.compile("[\u0621-\u064a]{3}")}
FORMS = ("code/answer/", "code/comment/art_1/", "receipt/")
MANY = 5_000_000
GUESSES = 10
FORM = "application/x-www-form-urlencoded"
UNKNOWN = "0123456789ABCDEFGHJK"


@pytest.fixture
def round_(app: Flask) -> Round:
    """An open round."""
    made = a_round(a_consultation())
    db.session.commit()
    return made


def told(page: Page, lang: str, status: int) -> None:
    """The page has the status, and says something in its language about what is wrong."""
    assert page.status == status, page.text[:2000]
    assert page.soup.html is not None
    assert page.soup.html["lang"] == lang
    words = page.soup.select_one(".wrong, .errors, [role=alert]") or page.soup.select_one("main")
    assert words is not None
    assert LETTERS[lang].search(words.get_text())


def nothing_stored() -> None:
    """No answer and no comment was taken in."""
    for model in (Submission, Point):
        assert db.session.scalar(select(func.count()).select_from(model)) == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_receipt_is_not_found_and_guessing_is_slowed(
    round_: Round, client: FlaskClient, lang: str
) -> None:
    for _ in range(GUESSES):
        told(seen(client.post(f"/{lang}/receipt/", data={"receipt": UNKNOWN})), lang, 404)
    told(seen(client.post(f"/{lang}/receipt/", data={"receipt": UNKNOWN})), lang, 429)


def test_what_cannot_be_a_receipt_is_not_found(round_: Round, client: FlaskClient) -> None:
    for typed in ("", " ", "\0", "ß" * 20, "٠" * 20, "x" * 300_000, "' OR 1=1"):
        told(seen(client.post("/ar/receipt/", data={"receipt": typed})), "ar", 404)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_closed_round_takes_nothing(round_: Round, client: FlaskClient, lang: str) -> None:
    round_.stage = CLOSED
    db.session.commit()
    said = {"art_1_position": "support", "position": "support", "text": "Late."}
    for form in FORMS[:2]:
        told(seen(client.post(f"/{lang}/{form}", data=said)), lang, 409)
    nothing_stored()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_missing_answer_is_asked_for(round_: Round, client: FlaskClient, lang: str) -> None:
    choices = (Choice("yes", {"en": "Yes"}), Choice("no", {"en": "No"}))
    asked = Question("agree", "single", {"en": "Agree?"}, choices=choices, required=True)
    version = add_version(round_.consultation, Questionnaire({"en": "Q"}, ("en",), "en", (asked,)))
    round_.questionnaire_version_id = version.id
    db.session.commit()
    address = f"/{lang}/code/answer/"
    answer = send(client, address, visit(client, address), {})
    told(answer, lang, 422)
    assert answer.soup.select_one('a[href="#agree"]')
    nothing_stored()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_more_than_a_form_takes_is_refused(round_: Round, client: FlaskClient, lang: str) -> None:
    for form in FORMS:
        told(seen(client.post(f"/{lang}/{form}", data={"text": "x" * MANY})), lang, 413)
    nothing_stored()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_where_none_is_asked_for_changes_nothing(
    round_: Round, client: FlaskClient, lang: str
) -> None:
    names = ("art_1_change", "text", "receipt", "_sealed", "_step")
    for form in FORMS:
        files = {name: (io.BytesIO(b"MZ\x00\xff"), "report.exe") for name in names}
        answer = seen(client.post(f"/{lang}/{form}", data=files))
        assert answer.status in (200, 404, 422)
        told(answer, lang, answer.status)
    nothing_stored()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_signs_that_are_not_text_are_not_stored(
    round_: Round, client: FlaskClient, lang: str
) -> None:
    address = f"/{lang}/code/answer/"
    fields = "art_1_position=support&art_2_position=%00&art_1_change=%00&gender=%FF"
    told(seen(client.post(address, data=fields, content_type=FORM)), lang, 422)
    address = f"/{lang}/code/comment/art_1/"
    fields = "position=oppose&text=a%00b&wording=%00&reason=%00&_step=send"
    told(seen(client.post(address, data=fields, content_type=FORM)), lang, 422)
    nothing_stored()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_broken_utf_8_is_taken_for_what_can_be_read_of_it(
    round_: Round, client: FlaskClient, lang: str
) -> None:
    address = f"/{lang}/code/comment/art_1/"
    fields = "position=oppose&text=a%FF%FE%ED%A0%80b&_step=send"
    answer = seen(client.post(address, data=fields, content_type=FORM))
    assert answer.status == 200
    assert answer.receipt


@pytest.mark.parametrize("lang", LANGUAGES)
def test_more_fields_than_any_form_has_are_not_read(
    round_: Round, client: FlaskClient, lang: str
) -> None:
    most = client.application.config["MAX_FORM_PARTS"]
    for form in FORMS:
        for number in (most + 1, 400_000):
            answer = client.post(
                f"/{lang}/{form}", data=b"&".join([b"a=b"] * number), content_type=FORM
            )
            told(seen(answer), lang, 413)
    as_many = b"&".join([b"art_1_position=support"] + [b"a=b"] * (most - 1))
    assert client.post(f"/{lang}/{FORMS[0]}", data=as_many, content_type=FORM).status_code == 200
    nothing_stored()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_thousands_of_fields_do_no_harm(round_: Round, client: FlaskClient, lang: str) -> None:
    many = "&".join(f"field_{number}=x" for number in range(4_000))
    again = "&".join(["art_1_position=support", "position=oppose"] * 2_000)
    part = '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n'
    parts = part * 6_000 + "--b--\r\n"
    for form in FORMS:
        for data, kind in ((many, FORM), (again, FORM), (parts, "multipart/form-data; boundary=b")):
            answer = seen(client.post(f"/{lang}/{form}", data=data.encode(), content_type=kind))
            assert answer.status in (200, 404, 413, 422)
            told(answer, lang, answer.status)
    nothing_stored()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_seal_of_somebody_elses_is_refused(round_: Round, client: FlaskClient, lang: str) -> None:
    for form in FORMS[:2]:
        for sealed in ("x", "AAAA" * 50_000, "gAAAAABh-é\0", "[]"):
            data = {"_sealed": sealed, "position": "oppose", "text": "Hello."}
            told(seen(client.post(f"/{lang}/{form}", data=data)), lang, 400)
    nothing_stored()


def test_a_step_that_does_not_exist_leads_to_a_page_of_the_form(
    round_: Round, client: FlaskClient
) -> None:
    for step in ("-1", "0", "99999999999999999999", "٣", "nowhere", "\0"):
        answer = seen(client.post("/ar/code/answer/", data={"_step": step}))
        assert answer.status == 200
        assert answer.form


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_address_of_nothing_is_not_found(round_: Round, client: FlaskClient, lang: str) -> None:
    parts = ("\0", "..", "%2e%2e", "x" * 5_000, "' OR 1=1 --", "art_99")
    places = ("{}/", "{}/draft/", "code/draft/{}/", "code/reports/{}/", "code/reports/1.{}")
    places = (*places, "code/comment/{}/", "site/continue-as/{}")
    for place, part in product(places, parts):
        address = place.format(quote(part, safe=""))
        answer = seen(client.get(f"/{lang}/{address}"))
        assert answer.status == 404, address
        assert LETTERS[lang].search(answer.soup.get_text())


def test_odd_values_in_addresses_do_no_harm(round_: Round, client: FlaskClient) -> None:
    sign_in(client, an_account("administrator"))
    places = (
        "code/draft/?revision={0}",
        "manage/code/comments/?status={0}&provision={0}&page={0}",
        "manage/code/points/?page={0}&point={0}&provision={0}&show={0}",
        "manage/code/rounds/{0}/",
        "manage/code/translate/?language={0}&status={0}&show={0}",
    )
    for place, value in product(places, ("\0", "9" * 400, "-1", "x", "art_1")):
        assert client.get(f"/ar/{place.format(quote(value))}").status_code in (200, 404), place


@pytest.mark.parametrize("page", ["comments", "points", "translate"])
@pytest.mark.parametrize("name", ["lang", "slug", "endpoint", "_scheme", "_external", "_anchor"])
def test_a_filter_named_like_a_part_of_the_address_leads_nowhere_else(
    round_: Round, client: FlaskClient, page: str, name: str
) -> None:
    sign_in(client, an_account("administrator"))
    address = f"/ar/manage/code/{page}/"
    answer = visit(client, f"{address}?{name}=elsewhere")
    assert answer.status == 200
    filters = [each["href"] for each in answer.soup.select(f'main a[href*="{name}=elsewhere"]')]
    assert filters
    assert all(str(each).startswith(f"{address}?") for each in filters)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sign_in_of_nobody_says_so(round_: Round, client: FlaskClient, lang: str) -> None:
    address = f"/{lang}/site/sign-in"
    for email in ("", "\0", "a\0@b.example", "x" * 100_000, "nobody@b.example"):
        filled = {"email": email, "password": "\0 not a password"}
        told(send(client, address, visit(client, address), filled), lang, 200)


def test_a_form_of_the_team_from_elsewhere_is_refused(round_: Round, client: FlaskClient) -> None:
    sign_in(client, an_account())
    told(seen(client.post("/ar/manage/code/rounds/1/", data={"action": "close"})), "ar", 400)
    db.session.expire_all()
    assert round_.stage != CLOSED


def test_a_host_that_is_none_is_refused(client: FlaskClient) -> None:
    assert client.get("/en/", headers={"Host": "x" * 300}).status_code == 400


@pytest.mark.parametrize("wanted", ["x" * 500, "\xff", "ar;q=zz", "*", ";;,,;q=2", ""])
def test_a_browser_that_asks_for_no_language_gets_one(
    round_: Round, client: FlaskClient, wanted: str
) -> None:
    answer = client.get("/", headers={"Accept-Language": wanted})
    assert answer.status_code == 302
    assert answer.headers["Location"] in ("/en/", "/ar/")
