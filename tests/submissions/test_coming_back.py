"""Saving a form, coming back to it, and changing or withdrawing what was sent."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from consultations.clock import now
from consultations.codes import new_code
from consultations.db import db
from consultations.participants.entitlement import new_entitlement
from consultations.rounds.models import Round
from consultations.rounds.services import close
from consultations.submissions.models import SavedForm, Submission
from tests.factories import a_consultation, a_round
from tests.visitor import Page, seen, send, visit

ADDRESS = "/en/code/answer/"
RESUME = "/en/code/resume/"
FIRST = {"art_1_position": "support"}


@pytest.fixture
def round_(app: Flask) -> Round:
    made = a_round(a_consultation())
    db.session.commit()
    return made


def on(client: FlaskClient, page: Page, filled: dict[str, str] | None = None, step: str = "next"):
    names = {field.get("name") for field in page.form.select("[name]")}
    fitting = {name: value for name, value in (filled or {}).items() if name in names}
    return send(client, ADDRESS, page, fitting, step=step)


def second_page(client: FlaskClient) -> Page:
    page = visit(client, ADDRESS)
    for _ in range(3):
        page = on(client, page, FIRST)
        if page.soup.select_one("[name=_sealed]"):
            return page
    raise AssertionError(page.text)


def until_check(client: FlaskClient, page: Page, filled: dict[str, str]) -> Page:
    for _ in range(10):
        if page.soup.select_one('button[value="send"]'):
            return page
        page = on(client, page, filled)
    raise AssertionError(page.text)


def sent(client: FlaskClient, filled: dict[str, str]) -> str:
    page = send(client, ADDRESS, until_check(client, visit(client, ADDRESS), filled), {})
    assert page.receipt
    return page.receipt


def saved_code(page: Page) -> str:
    found = page.soup.select_one("output#code")
    assert found, page.text
    return found.get_text(strip=True)


def stored() -> list[Submission]:
    db.session.expire_all()
    return list(db.session.scalars(select(Submission)))


def ticket(client: FlaskClient, receipt: str | None) -> dict[str, str]:
    """What the page that shows a receipt posts on."""
    page = seen(client.post("/en/receipt/", data={"receipt": receipt}))
    field = page.soup.select_one("[name=_ticket]")
    assert field, page.text
    assert receipt not in page.text
    return {"_ticket": str(field["value"])}


def back(client: FlaskClient, code: str, slug: str = "code") -> Page:
    return seen(client.post(f"/en/{slug}/resume/", data={"code": code}))


def test_a_saved_form_goes_on_where_it_was(round_: Round, client: FlaskClient) -> None:
    page = second_page(client)
    code = saved_code(on(client, page, step="save"))

    page = until_check(client, back(client, code), {})
    assert page.says("support")
    assert send(client, ADDRESS, page, {}).receipt

    [submission] = stored()
    assert submission.answers["art_1_position"] == "support"


def test_sending_leaves_the_saved_form_behind_but_shows_it_no_more(
    round_: Round, client: FlaskClient
) -> None:
    code = saved_code(on(client, second_page(client), step="save"))
    kept = db.session.scalars(select(SavedForm.content)).one()
    assert send(client, ADDRESS, until_check(client, back(client, code), {}), {}).receipt
    db.session.expire_all()
    assert db.session.scalars(select(SavedForm.content)).one() == kept
    page = back(client, code)
    assert page.status == 409
    assert page.says("were sent already")


def test_going_on_at_once_keeps_what_was_answered(round_: Round, client: FlaskClient) -> None:
    first = on(client, second_page(client), step="1")
    saved = on(client, first, step="save")
    assert saved.says("Go on now")

    page = send(client, ADDRESS, saved, {})

    assert page.soup.select_one('[name="art_1_position"][value="support"][checked]'), page.text


def test_guessing_codes_is_slowed(round_: Round, client: FlaskClient) -> None:
    assert [back(client, new_code()).status for _ in range(11)] == [404] * 10 + [429]


def test_the_code_is_shown_once_and_what_is_saved_again_replaces_it(
    round_: Round, client: FlaskClient
) -> None:
    code = saved_code(on(client, second_page(client), step="save"))
    again = on(client, back(client, code), {"gender": "woman"}, step="save")

    assert code not in again.text
    assert not again.soup.select_one("output#code")
    assert len(db.session.scalars(select(SavedForm)).all()) == 1


def test_nobody_opens_a_saved_form_without_its_code(round_: Round, client: FlaskClient) -> None:
    code = saved_code(on(client, second_page(client), step="save"))
    digits = code.replace("-", "")
    rows = str(db.session.execute(text("SELECT * FROM saved_form")).all())

    assert digits not in rows.replace("-", "")
    assert "support" not in rows
    assert back(client, new_code()).status == 404


def test_the_code_of_another_consultation_opens_nothing(round_: Round, client: FlaskClient) -> None:
    a_round(a_consultation("other"))
    db.session.commit()
    code = saved_code(on(client, second_page(client), step="save"))

    assert back(client, code, "other").status == 404


@pytest.mark.parametrize("typed", ["", "abc", "1234", "1" * 28])
def test_a_mistyped_code_comes_back_with_its_error(
    round_: Round, client: FlaskClient, typed: str
) -> None:
    page = back(client, typed)

    assert page.status == 422
    field = page.soup.select_one("[name=code]")
    assert field is not None
    assert field.get_text() == typed


def test_saved_forms_are_gone_when_the_round_closes(round_: Round, client: FlaskClient) -> None:
    code = saved_code(on(client, second_page(client), step="save"))
    close(round_, by=None, at=now())
    db.session.commit()

    assert not db.session.scalars(select(SavedForm)).all()
    assert back(client, code).status == 409


def test_what_cannot_be_taken_is_not_saved_but_shown(round_: Round, client: FlaskClient) -> None:
    page = on(client, second_page(client), {}, step="back")
    data = {"_sealed": page.form.select_one("[name=_sealed]")["value"], "_step": "save"}
    refused = seen(client.post(ADDRESS, data={**data, "art_1_position": "nonsense"}))

    assert refused.status == 422
    assert not db.session.scalars(select(SavedForm)).all()


def test_an_invited_participant_answers_once(round_: Round, client: FlaskClient) -> None:
    code = new_entitlement(client.application.config["SECRET_KEY"], round_.id)
    page = until_check(client, back(client, code), FIRST)
    assert send(client, ADDRESS, page, {}).receipt

    [submission] = stored()
    assert submission.entry == "invited"
    assert back(client, code).status == 409
    assert send(client, ADDRESS, page, {}).receipt
    assert len(stored()) == 1


def test_an_interrupted_invited_participant_goes_on(round_: Round, client: FlaskClient) -> None:
    code = new_entitlement(client.application.config["SECRET_KEY"], round_.id)
    page = on(client, back(client, code), FIRST)
    saved = on(client, page, step="save")
    assert not saved.soup.select_one("output#code")

    again = until_check(client, back(client, code), {})
    assert again.says("support")
    assert send(client, ADDRESS, again, {}).receipt
    [submission] = stored()
    assert submission.entry == "invited"


def test_an_invited_participant_who_withdrew_does_not_come_in_again(
    round_: Round, client: FlaskClient
) -> None:
    code = new_entitlement(client.application.config["SECRET_KEY"], round_.id)
    receipt = send(client, ADDRESS, until_check(client, back(client, code), FIRST), {}).receipt
    client.post("/en/code/withdraw/", data={**ticket(client, receipt), "_step": "withdraw"})
    assert not stored()
    assert back(client, code).status == 409


def test_an_invited_participants_changed_answer_is_still_invited(
    round_: Round, client: FlaskClient
) -> None:
    code = new_entitlement(client.application.config["SECRET_KEY"], round_.id)
    receipt = send(client, ADDRESS, until_check(client, back(client, code), FIRST), {}).receipt
    page = seen(client.post("/en/code/change/", data=ticket(client, receipt)))
    assert send(client, ADDRESS, until_check(client, page, {}), {}).receipt

    [submission] = stored()
    assert submission.entry == "invited"
    assert back(client, code).status == 409


def test_a_changed_answer_takes_the_place_of_the_first(round_: Round, client: FlaskClient) -> None:
    round_.in_depth = "1"
    db.session.commit()
    receipt = sent(client, FIRST)
    [first] = stored()
    given, key = first.given, first.id

    page = seen(client.post("/en/code/change/", data=ticket(client, receipt)))
    assert not page.soup.select("[checked]")
    page = until_check(client, page, {"art_1_position": "oppose"})
    assert page.says("take the place of those you sent before")
    done = send(client, ADDRESS, page, {})

    assert done.receipt not in (None, receipt)
    [second] = stored()
    assert second.answers["art_1_position"] == "oppose"
    assert second.given == given
    assert second.id != key


def test_an_answer_is_replaced_once_only(round_: Round, client: FlaskClient) -> None:
    receipt = sent(client, FIRST)
    forms = [
        until_check(
            client,
            seen(client.post("/en/code/change/", data=ticket(client, receipt))),
            {"art_1_position": position},
        )
        for position in ("oppose", "no_view")
    ]
    first, second = (send(client, ADDRESS, form, {}) for form in forms)

    assert first.receipt
    assert second.status == 409
    assert second.says("withdrawn or replaced before")
    assert second.says("no_view")
    [left] = stored()
    assert left.answers["art_1_position"] == "oppose"


def test_a_withdrawn_answer_is_gone_for_good(round_: Round, client: FlaskClient) -> None:
    check = until_check(client, visit(client, ADDRESS), FIRST)
    receipt = send(client, ADDRESS, check, {}).receipt
    asked = seen(client.post("/en/code/withdraw/", data=ticket(client, receipt)))
    assert asked.says("cannot be undone")
    assert len(stored()) == 1
    done = send(client, "/en/code/withdraw/", asked, {})

    assert done.status == 200
    assert not stored()
    assert send(client, ADDRESS, check, {}).status == 409
    assert not stored()
    assert seen(client.post("/en/receipt/", data={"receipt": receipt})).status == 409


def test_the_receipt_leads_to_change_and_withdrawal_while_the_round_is_open(
    round_: Round, client: FlaskClient
) -> None:
    receipt = sent(client, FIRST)
    page = seen(client.post("/en/receipt/", data={"receipt": receipt}))
    assert page.says("Change my answers")

    kept = ticket(client, receipt)
    close(round_, by=None, at=now())
    db.session.commit()
    page = seen(client.post("/en/receipt/", data={"receipt": receipt}))
    assert not page.says("Change my answers")
    for way in ("change", "withdraw"):
        refused = client.post(f"/en/code/{way}/", data={**kept, "_step": "withdraw"})
        assert refused.status_code == 409
    assert len(stored()) == 1


@pytest.mark.parametrize("way", ["change", "withdraw"])
def test_a_forged_ticket_changes_nothing(round_: Round, client: FlaskClient, way: str) -> None:
    sent(client, FIRST)
    assert client.post(f"/en/code/{way}/", data={"_ticket": "nonsense"}).status_code == 400
    assert client.post(f"/en/code/{way}/").status_code == 400
    assert len(stored()) == 1


@pytest.mark.parametrize("way", ["change", "withdraw"])
def test_a_ticket_of_another_consultation_changes_nothing(
    round_: Round, client: FlaskClient, way: str
) -> None:
    kept = ticket(client, sent(client, FIRST))
    a_round(a_consultation("other"))
    refused = client.post(f"/en/other/{way}/", data={**kept, "_step": "withdraw"})
    assert refused.status_code == 404
    assert len(stored()) == 1


def test_one_more_article_is_answered_by_choice(round_: Round, client: FlaskClient) -> None:
    round_.in_depth = "1"
    db.session.commit()
    check = until_check(client, visit(client, ADDRESS), FIRST)
    other = [each["value"] for each in check.soup.select("[name=_provision] option[value]")][-1]
    page = send(client, ADDRESS, check, {"_provision": other}, step="choose")
    assert page.soup.select_one(f'[name="{other}_change"]')
    page = until_check(client, page, {f"{other}_change": "Say when."})
    send(client, ADDRESS, page, {})

    [submission] = stored()
    assert submission.answers[f"{other}_change"] == "Say when."
    assert other not in submission.given


def test_an_article_answered_by_choice_is_asked_again_where_the_answer_is_changed(
    round_: Round, client: FlaskClient
) -> None:
    round_.in_depth = "1"
    db.session.commit()
    check = until_check(client, visit(client, ADDRESS), FIRST)
    other = [each["value"] for each in check.soup.select("[name=_provision] option[value]")][-1]
    page = send(client, ADDRESS, check, {"_provision": other}, step="choose")
    page = on(client, page, {f"{other}_change": "A notice."})
    receipt = send(client, ADDRESS, until_check(client, page, {}), {}).receipt
    [first] = stored()
    given = first.given
    assert other not in given

    page = seen(client.post("/en/code/change/", data=ticket(client, receipt)))
    page = until_check(client, page, {f"{other}_change": "Longer notice."})
    assert send(client, ADDRESS, page, {}).receipt
    [second] = stored()
    assert second.given == given
    assert second.answers[f"{other}_change"] == "Longer notice."
