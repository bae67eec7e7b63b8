"""Conditions over HTTP: pages without a script ask what the answers before them decide."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.db import db
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section
from consultations.rounds.models import Round
from consultations.submissions.models import Submission
from tests.factories import a_consultation, a_round
from tests.visitor import Page, posted, seen, send, visit

ADDRESS = "/en/code/answer/"


def choices(*codes: str, **details: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, {"en": f"Choice {code}"}, values=details) for code in codes)


ASKED = Questionnaire(
    {"en": "Questions"},
    ("en",),
    "en",
    (
        Question("heard", "single", {"en": "Heard of it?"}, choices=choices("yes", "no")),
        Question(
            "name", "text", {"en": "What do you call it?"}, relevant="${heard} = 'yes'"
        ),
        Question("like", "single", {"en": "Do you like ${name}?"}, choices=choices("yes", "no"),
                 section="more"),
        Question("why", "text", {"en": "Why?"}, required=True, relevant="${like} = 'no'",
                 section="more"),
        Question("fair", "integer", {"en": "An even number"}, constraint=". mod 2 = 0",
                 message={"en": "Only even numbers are fair."}),
    ),
    (Section("more", {"en": "More"}, relevant="${heard} = 'yes'"),),
)  # fmt: skip


@pytest.fixture
def round_(app: Flask) -> Round:
    about = a_consultation()
    made = a_round(about, questionnaire_version_id=add_version(about, ASKED).id)
    db.session.commit()
    return made


def walk(client: FlaskClient, filled: dict[str, str]) -> tuple[Page, list[str]]:
    """Answer until the check page; what was asked on the way."""
    page, met = visit(client, ADDRESS), []
    for _ in range(12):
        if page.soup.select_one('button[value="send"]'):
            return page, met
        names = {field["name"] for field in page.form.select("[name]")} & set(ASKED.by_name)
        met += sorted(names)
        page = send(client, ADDRESS, page, {k: v for k, v in filled.items() if k in names})
    raise AssertionError(page.text)


def to_check(client: FlaskClient, page: Page, filled: dict[str, str]) -> Page:
    """Past the pages between: any form may be posted with the number of any page."""
    return seen(client.post(ADDRESS, data={**posted(page, filled).to_dict(), "_step": "9"}))


def stored() -> dict:
    db.session.expire_all()
    return db.session.scalars(select(Submission)).one().answers


def test_only_what_is_relevant_is_asked(round_: Round, client: FlaskClient) -> None:
    check, met = walk(client, {"heard": "no", "fair": "4"})
    assert met == ["heard", "fair"]
    send(client, ADDRESS, check, {})

    assert stored() == {"heard": "no", "like": "-9", "fair": 4}


def test_an_answer_is_put_into_later_words(round_: Round, client: FlaskClient) -> None:
    _, met = walk(client, {"heard": "yes", "name": "<b>It</b>", "like": "yes"})
    assert met == ["heard", "name", "like", "fair"]
    page = visit(client, ADDRESS)
    for filled in ({"heard": "yes"}, {"name": "<b>It</b>"}):
        page = send(client, ADDRESS, page, filled)

    assert page.says("Do you like <b>It</b>?")


def test_an_answer_is_put_into_the_words_of_a_choice(app: Flask, client: FlaskClient) -> None:
    about = a_consultation()
    asked = (
        Question("name", "text", {"en": "What do you call it?"}),
        Question(
            "like",
            "single",
            {"en": "Do you like it?"},
            choices=(Choice("yes", {"en": "Yes, I like ${name}"}), Choice("no", {"en": "No"})),
        ),
    )
    a_round(
        about,
        questionnaire_version_id=add_version(
            about, replace(ASKED, questions=asked, sections=())
        ).id,
    )
    db.session.commit()
    page = send(client, ADDRESS, visit(client, ADDRESS), {"name": "the Code"})
    assert page.says("Yes, I like the Code")

    assert send(client, ADDRESS, page, {"like": "yes"}).says("Yes, I like the Code")


def test_changing_an_earlier_answer_drops_what_it_had_led_to(
    round_: Round, client: FlaskClient
) -> None:
    check, _ = walk(client, {"heard": "yes", "name": "It", "like": "no", "why": "so", "fair": "2"})
    first = send(client, ADDRESS, check, {}, step="1")
    check = send(client, ADDRESS, first, {"heard": "no"})
    while not check.soup.select_one('button[value="send"]'):
        check = send(client, ADDRESS, check, {})
    assert not check.says("so")
    send(client, ADDRESS, check, {})

    assert stored() == {"heard": "no", "like": "-9", "fair": 2}


def test_what_became_required_is_asked_before_sending(round_: Round, client: FlaskClient) -> None:
    check, _ = walk(client, {"heard": "yes", "name": "It", "like": "yes", "fair": "2"})
    page = send(client, ADDRESS, check, {}, step="1")
    for filled in ({}, {}):
        page = send(client, ADDRESS, page, filled)
    check = to_check(client, page, {"like": "no"})
    assert check.soup.select_one('button[value="send"]')
    refused = send(client, ADDRESS, check, {})

    assert refused.status == 422
    assert refused.soup.select_one("[name=why]")


def test_what_an_earlier_answer_no_longer_allows_is_told_before_sending(
    app: Flask, client: FlaskClient
) -> None:
    about = a_consultation()
    asked = (
        Question("kept", "integer", {"en": "How many do you keep?"}),
        Question("lost", "integer", {"en": "How many were lost?"}, constraint=". <= ${kept}"),
    )
    version = add_version(about, replace(ASKED, questions=asked, sections=()))
    a_round(about, questionnaire_version_id=version.id)
    db.session.commit()
    page = send(client, ADDRESS, visit(client, ADDRESS), {"kept": "20"})
    check = send(client, ADDRESS, page, {"lost": "15"})
    first = send(client, ADDRESS, check, {}, step="1")
    refused = send(client, ADDRESS, to_check(client, first, {"kept": "12"}), {})

    assert refused.status == 422
    assert refused.soup.select_one(".errors a[href='#lost']")
    assert not db.session.scalars(select(Submission)).all()


def test_a_broken_constraint_is_told_in_the_words_of_the_question(
    round_: Round, client: FlaskClient
) -> None:
    page = send(client, ADDRESS, visit(client, ADDRESS), {"heard": "no"})
    refused = send(client, ADDRESS, page, {"fair": "3"})

    assert refused.status == 422
    assert refused.says("Only even numbers are fair.")
    assert refused.soup.select_one("[name=fair]")["value"] == "3"


def test_random_order_is_kept_from_page_to_page(app: Flask, client: FlaskClient) -> None:
    about = a_consultation()
    shuffled = Question(
        "r",
        "single",
        {"en": "Which?"},
        choices=(*choices(*"abcdefgh"), Choice("none", {"en": "None"}, exclusive=True)),
        random=True,
    )
    asked = replace(ASKED, questions=(ASKED.questions[0], shuffled), sections=())
    a_round(about, questionnaire_version_id=add_version(about, asked).id)
    db.session.commit()

    def order(page: Page) -> list[str]:
        return [field["value"] for field in page.soup.select("[name=r]")]

    orders = set()
    for _ in range(4):
        page = visit(client, ADDRESS)
        for _ in range(3):
            if order(page):
                break
            page = send(client, ADDRESS, page, {})
        again = send(client, ADDRESS, send(client, ADDRESS, page, {}), {}, step="back")
        assert order(again) == order(page)
        assert order(page)[-2:] == ["none", "-7"]
        orders.add(tuple(order(page)))
    assert len(orders) > 1
