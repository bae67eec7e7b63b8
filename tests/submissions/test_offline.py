"""A whole form from a phone without a connection: one person's own, or one that is locked."""

import json
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from consultations.accounts.roles import FACILITATOR, ORGANIZER, TRANSLATOR
from consultations.db import db
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.resources import static
from consultations.rounds.models import CLOSED, Round, TeamAction
from consultations.submissions.models import Submission
from consultations.submissions.offline.lock import LockError, public_key, unlock
from consultations.submissions.offline.screens import FILES
from tests.conftest import SECRET
from tests.factories import a_consultation, a_round, an_account, posted, sign_in
from tests.visitor import Page, seen, send, visit
from tests.visitor import posted as filled_in

ADDRESS, LOCKED, PACK = (
    "/en/code/answer/offline/",
    "/en/code/answer/offline/assisted/",
    "/en/manage/code/assisted/",
)
ANSWERS = {"art_1_position": "support", "art_2_position": "oppose", "gender": "woman"}
YES_NO = tuple(Choice(code, {"en": code}) for code in ("yes", "no"))
ASKING = Questionnaire(
    {"en": "Herds"},
    ("en",),
    "en",
    (
        Question("herds", "single", {"en": "Do you keep animals?"}, choices=YES_NO),
        Question("many", "integer", {"en": "How many?"}, minimum=1, relevant="${herds} = 'yes'"),
        Question(
            "lost", "integer", {"en": "Of your ${many}, how many were lost?"},
            required=True, relevant="${many} > 10", constraint=". <= ${many}",
        ),
    ),
)  # fmt: skip


@pytest.fixture
def round_(app: Flask) -> Round:
    made = a_round(a_consultation())
    db.session.commit()
    return made


@pytest.fixture
def herds(round_: Round) -> Round:
    round_.questionnaire_version_id = add_version(round_.consultation, ASKING).id
    db.session.commit()
    return round_


def begun(client: FlaskClient) -> Page:
    return seen(client.post(ADDRESS))


def stored() -> list[Submission]:
    db.session.expire_all()
    return list(db.session.scalars(select(Submission)))


def sent(client: FlaskClient, page: Page, filled: dict[str, str]) -> Any:
    data = filled_in(page, filled)
    return client.post(ADDRESS, data=data, headers={"Accept": "application/json"})


def locked(text: str, key: str) -> str:
    """As `static/offline-lock.js` does it."""
    server = urlsafe_b64decode(key)
    own = ec.generate_private_key(ec.SECP256R1())
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), server)
    shared = own.exchange(ec.ECDH(), theirs)
    once = HKDF(SHA256(), 32, salt=None, info=point + server).derive(shared)
    content = text.encode() + b"\x80" + bytes(100)
    return urlsafe_b64encode(point + AESGCM(once).encrypt(bytes(12), content, None)).decode()


def a_pack(client: FlaskClient, count: int = 2) -> list[Page]:
    sign_in(client, an_account(FACILITATOR))
    pack = posted(client, PACK, count=str(count)).get_json()["forms"]
    return [Page(200, BeautifulSoup(each["html"], "html.parser"), each["receipt"]) for each in pack]


def record(page: Page, filled: dict[str, str]) -> dict[str, str]:
    fields = [*filled_in(page, filled).items(multi=True)]
    return {"record": locked(urlencode(fields), public_key(SECRET))}


def test_a_whole_form_sent_at_once_is_stored_as_offline(round_: Round, client: FlaskClient) -> None:
    page = send(client, ADDRESS, begun(client), ANSWERS)
    assert page.status == 200
    assert page.receipt is not None
    [submission] = stored()
    assert submission.channel == "offline"
    assert submission.answers["art_2_position"] == "oppose"


def test_opening_the_page_makes_nothing(round_: Round, client: FlaskClient) -> None:
    page = visit(client, ADDRESS)
    assert page.status == 200
    assert page.soup.select("input[name=_sealed]") == []
    assert client.get(ADDRESS).headers.get("Set-Cookie") is None


def test_the_same_form_sent_twice_has_one_receipt(round_: Round, client: FlaskClient) -> None:
    page = begun(client)
    first, second = sent(client, page, ANSWERS), sent(client, page, ANSWERS)
    assert first.get_json() == second.get_json()
    assert len(stored()) == 1


def test_what_was_sent_before_the_round_closed_has_its_receipt_after_it(
    round_: Round, client: FlaskClient
) -> None:
    page, late = begun(client), begun(client)
    first = sent(client, page, ANSWERS).get_json()
    round_.stage = CLOSED
    db.session.commit()
    assert sent(client, page, ANSWERS).get_json() == first
    refused = sent(client, late, ANSWERS)
    assert refused.status_code == 409
    assert "not open" in refused.get_json()["message"]
    assert len(stored()) == 1


def test_a_wrong_answer_is_named_and_nothing_stored(round_: Round, client: FlaskClient) -> None:
    answer = sent(client, begun(client), {**ANSWERS, "art_1_position": "perhaps"})
    assert answer.status_code == 422
    assert list(answer.get_json()["errors"]) == ["art_1_position"]
    assert stored() == []


def test_in_a_burst_the_plain_question_is_asked_on_arrival(
    round_: Round, client: FlaskClient
) -> None:
    page = begun(client)
    round_.burst = True
    db.session.commit()
    asked = sent(client, page, ANSWERS)
    assert asked.status_code == 422
    assert list(asked.get_json()["errors"]) == ["_bot"]
    words = asked.get_json()["question"].lower()
    assert "plus" in words
    sums = [sent(client, page, {**ANSWERS, "_bot": str(each)}).status_code for each in range(20)]
    assert 200 in sums
    assert len(stored()) == 1


def test_a_form_without_its_seal_is_refused(round_: Round, client: FlaskClient) -> None:
    answer = client.post(ADDRESS, data={"_step": "send", "_sealed": "x", **ANSWERS})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("filled", "expected"),
    [
        ({"herds": "no", "many": "40", "lost": "2"}, {"herds": "no"}),
        ({"herds": "yes", "many": "4", "lost": "2"}, {"herds": "yes", "many": 4}),
        ({"herds": "yes", "many": "40", "lost": "2"}, {"herds": "yes", "many": 40, "lost": 2}),
    ],
)
def test_what_the_conditions_leave_out_is_dropped(
    herds: Round, client: FlaskClient, filled: dict[str, str], expected: dict[str, Any]
) -> None:
    assert sent(client, begun(client), filled).status_code == 200
    [submission] = stored()
    assert submission.answers == expected


def test_conditions_and_constraints_are_checked_on_arrival(
    herds: Round, client: FlaskClient
) -> None:
    page = begun(client)
    missing = sent(client, page, {"herds": "yes", "many": "40"})
    too_many = sent(client, page, {"herds": "yes", "many": "40", "lost": "50"})
    assert list(missing.get_json()["errors"]) == ["lost"]
    assert list(too_many.get_json()["errors"]) == ["lost"]


def test_the_page_carries_its_rules_and_keeps_all_that_it_loads(
    herds: Round, client: FlaskClient
) -> None:
    page = begun(client)
    rules = json.loads(page.soup.select_one("[data-rules]").get_text())  # type: ignore[union-attr]
    assert rules["conditions"]["many"] == [["=", ["answer", "herds"], "yes"]]
    assert "${many}" in page.text
    wrapper = page.soup.select_one("[data-files]")
    assert wrapper is not None
    kept = str(wrapper["data-files"]).split()
    loaded = [
        str(each.get("src") or each.get("href"))
        for each in page.soup.select("script[src], link[rel=stylesheet]")
    ]
    assert set(loaded) <= set(kept)


def test_every_script_that_a_kept_script_loads_is_kept() -> None:
    for name in FILES:
        for line in (static() / name).read_text().splitlines():
            if name.endswith(".js") and ' from "./' in line:
                assert line.partition(' from "./')[2].strip('"') in FILES


@pytest.mark.parametrize("name", ["assisted", "lock", "store"])
def test_no_script_that_keeps_other_peoples_answers_looks_at_the_clock(name: str) -> None:
    source = (static() / f"offline-{name}.js").read_text()
    assert not re.search(r"\bDate\b|performance|timeStamp", source)


def test_the_worker_serves_answering_alone(round_: Round, client: FlaskClient) -> None:
    answer = client.get(f"{ADDRESS}worker.js")
    assert answer.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert client.get("/en/other/answer/offline/worker.js").status_code == 404


def test_a_form_already_begun_goes_on_offline(round_: Round, client: FlaskClient) -> None:
    first = send(client, "/en/code/answer/", visit(client, "/en/code/answer/"), ANSWERS)
    sealed = first.soup.select_one("input[name=_sealed]")
    assert sealed is not None
    page = seen(client.post(ADDRESS, data={"_sealed": str(sealed["value"])}))
    assert page.soup.select_one('input[name="art_1_position"][value="support"][checked]')


def test_a_locked_record_is_taken_and_says_nothing_of_its_facilitator(
    round_: Round, client: FlaskClient, app: Flask
) -> None:
    one, two = a_pack(client)
    stranger = app.test_client()
    for page in (two, one):
        answer = stranger.post(LOCKED, data=record(page, {**ANSWERS, "_consent": "yes"}))
        assert answer.get_json() == {"taken": True}
    assert [each.channel for each in stored()] == ["assisted", "assisted"]
    assert {each.entry for each in stored()} == {"open"}
    receipt = seen(stranger.post("/en/receipt/", data={"receipt": one.text}))
    assert receipt.status == 200


def test_a_record_sent_twice_counts_once(round_: Round, client: FlaskClient) -> None:
    [page] = a_pack(client, 1)
    data = record(page, {**ANSWERS, "_consent": "yes"})
    assert client.post(LOCKED, data=data).get_json() == {"taken": True}
    assert client.post(LOCKED, data=data).get_json() == {"taken": True}
    assert len(stored()) == 1


def test_without_consent_nothing_is_taken(round_: Round, client: FlaskClient) -> None:
    [page] = a_pack(client, 1)
    answer = client.post(LOCKED, data=record(page, ANSWERS))
    assert answer.status_code == 422
    assert stored() == []


def test_an_assisted_form_goes_through_no_other_door(round_: Round, client: FlaskClient) -> None:
    """Where nobody is asked whether the person agreed."""
    [page] = a_pack(client, 1)
    for address, step in (("/en/code/answer/", "9"), (ADDRESS, "keep"), (ADDRESS, "send")):
        answer = client.post(address, data=filled_in(page, {**ANSWERS, "_step": step}))
        assert answer.status_code == 422, address
    assert stored() == []


def test_an_own_form_cannot_pass_for_an_assisted_one(round_: Round, client: FlaskClient) -> None:
    answer = client.post(LOCKED, data=record(begun(client), {**ANSWERS, "_consent": "yes"}))
    assert answer.status_code == 400
    assert stored() == []


@pytest.mark.parametrize("garbage", ["", "AAAA", "é", "A" * 600_000])
def test_garbage_is_refused(round_: Round, client: FlaskClient, garbage: str) -> None:
    assert client.post(LOCKED, data={"record": garbage}).status_code == 400


def test_a_record_of_very_many_fields_is_refused(round_: Round, client: FlaskClient) -> None:
    """Anybody can lock one: the key is public."""
    written = urlencode([("x", "1")] * 5_001)
    answer = client.post(LOCKED, data={"record": locked(written, public_key(SECRET))})
    assert answer.status_code == 400


def test_a_record_without_a_form_of_ours_is_refused(round_: Round, client: FlaskClient) -> None:
    for sealed in ({}, {"_sealed": "nonsense"}):
        written = urlencode({**ANSWERS, **sealed, "_consent": "yes"})
        answer = client.post(LOCKED, data={"record": locked(written, public_key(SECRET))})
        assert answer.status_code == 400
    assert stored() == []


def test_a_withdrawn_record_does_not_come_back(round_: Round, client: FlaskClient) -> None:
    [page] = a_pack(client, 1)
    data = record(page, {**ANSWERS, "_consent": "yes"})
    client.post(LOCKED, data=data)
    found = seen(client.post("/en/receipt/", data={"receipt": page.text}))
    client.post("/en/code/withdraw/", data={**filled_in(found, {}), "_step": "withdraw"})
    assert client.post(LOCKED, data=data).status_code == 409
    assert stored() == []


def test_a_closed_round_refuses_with_a_reason(round_: Round, client: FlaskClient) -> None:
    [page] = a_pack(client, 1)
    round_.stage = CLOSED
    db.session.commit()
    answer = client.post(LOCKED, data=record(page, {**ANSWERS, "_consent": "yes"}))
    assert answer.status_code == 409
    assert answer.get_json()["message"]
    sign_in(client, an_account(email="second@forum.example"))
    assert client.get(PACK).status_code == 200
    assert posted(client, PACK, count="1").status_code in (400, 409)


def test_each_form_of_a_pack_has_its_own_draw_and_the_log_only_their_number(
    round_: Round, client: FlaskClient
) -> None:
    round_.in_depth = "1"
    db.session.commit()
    pages = a_pack(client, 10)
    seeds = {each.form["data-seed"] for each in pages}
    assert len(seeds) == 10
    assert len({each.text for each in pages}) == 10
    [action] = db.session.scalars(select(TeamAction).where(TeamAction.action == "assisted.pack"))
    assert action.detail == "10"


def test_an_organizer_ends_it_and_what_is_on_phones_still_counts(
    round_: Round, client: FlaskClient
) -> None:
    [page] = a_pack(client, 1)
    assert posted(client, PACK, action="end").status_code == 403
    sign_in(client, an_account(ORGANIZER))
    assert posted(client, PACK, action="end").status_code == 303
    assert "has ended" in client.get(PACK).get_data(as_text=True)
    data = record(page, {**ANSWERS, "_consent": "yes"})
    assert client.post(LOCKED, data=data).get_json() == {"taken": True}
    assert client.get("/en/manage/code/").status_code == 200


def test_a_pack_has_its_bounds_and_its_role(round_: Round, client: FlaskClient) -> None:
    sign_in(client, an_account(FACILITATOR))
    assert posted(client, PACK, count="51").status_code == 409
    assert posted(client, PACK, count="0").status_code == 409
    sign_in(client, an_account(TRANSLATOR))
    assert client.get(PACK).status_code == 403


def test_only_the_server_of_the_key_opens_a_record() -> None:
    text = "answers=" + "é" * 3_000
    written = locked(text, public_key(SECRET))
    assert unlock(written, secret=SECRET) == text
    for wrong in (written[:-4], written.swapcase(), os.urandom(300).hex()):
        with pytest.raises(LockError):
            unlock(wrong, secret=SECRET)
    with pytest.raises(LockError):
        unlock(written, secret=SECRET + "x")
