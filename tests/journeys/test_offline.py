"""Answering with the network cut: kept, not sent yet, sent later; one's own and other people's."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from sqlalchemy import select

from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db
from consultations.questionnaires.answers import complete
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.logic import logic_of
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section
from consultations.rounds.models import CLOSED, Round
from consultations.submissions.models import Submission
from consultations.submissions.offline.rules import rules
from consultations.submissions.shown import fields
from tests.conftest import SECRET
from tests.factories import PASSWORD, a_consultation, a_round, an_account
from tests.journeys.conftest import PHONE, press
from tests.questionnaires.every_kind import EVERY_KIND, STORED
from tests.served import serving

AXE = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="install axe-playwright-python"
)

pytestmark = pytest.mark.browser

LANGUAGES = {"en": "ltr", "ar": "rtl"}
SECRETS = ("Wells near the border", "نرجو إبلاغ الرعاة")
YES_NO = (Choice("yes", {"en": "Yes", "ar": "نعم"}), Choice("no", {"en": "No", "ar": "لا"}))
NEEDS = (
    Choice("water", {"en": "Water", "ar": "ماء"}),
    Choice("road", {"en": "A road", "ar": "طريق"}),
    Choice("none", {"en": "None of these", "ar": "لا شيء"}, exclusive=True),
    Choice("other", {"en": "Something else", "ar": "شيء آخر"}, specify=True),
)
PLACES = tuple(
    Choice(code, {"en": code.title()}, values={"side": side})
    for code, side in {"north_a": "north", "north_b": "north", "south_a": "south"}.items()
)
SIDES = (Choice("north", {"en": "The north"}), Choice("south", {"en": "The south"}))
ASKING = Questionnaire(
    {"en": "Herds", "ar": "القطعان"},
    ("en", "ar"),
    "en",
    (
        Question("herds", "single", {"en": "Do you keep animals?", "ar": "هل لديك مواشٍ؟"},
                 choices=YES_NO, required=True, section="one"),
        Question("many", "integer", {"en": "How many?", "ar": "كم عددها؟"}, minimum=1,
                 relevant="${herds} = 'yes'", section="two"),
        Question("third", "calculated", {"en": "-"}, calculation="round(${many} div 3)"),
        Question("lost", "integer", {"en": "Of your ${many}, how many were lost?",
                 "ar": "كم فقدت من ${many}؟"}, relevant="${third} > 3",
                 constraint=". <= ${many}", section="two"),
        Question("side", "single", {"en": "Where?"}, choices=SIDES, section="three"),
        Question("place", "single", {"en": "Which place in ${side}?"}, choices=PLACES,
                 choice_filter="side = ${side}", relevant="${side} != ''", section="four"),
        Question("needs", "multiple", {"en": "What is needed?", "ar": "ما المطلوب؟"},
                 choices=NEEDS, maximum=2, section="four"),
        Question("words", "long_text", {"en": "What else?", "ar": "وماذا أيضاً؟"}, section="four"),
    ),
    tuple(Section(name, {"en": f"Part {name}"}) for name in ("one", "two", "three", "four")),
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A server with an open round about herds, which can be looked into."""

    root: str
    instance: Path

    def at(self, path: str, lang: str = "en") -> str:
        return f"{self.root}/{lang}/{path}"

    def stored(self) -> list[dict[str, Any]]:
        """Channel and answers of all that was taken in."""
        with ready_app(settings=_settings(self.instance)).app_context():
            found = [
                (each.channel, each.answers) for each in db.session.scalars(select(Submission))
            ]
            db.session.remove()
            db.engine.dispose()
        return [{"channel": channel, **answers} for channel, answers in found]

    def close(self) -> None:
        """Close the round."""
        with self._round() as of:
            of.stage = CLOSED

    def ask(self, questionnaire: Questionnaire) -> None:
        """Let the round ask something else."""
        with self._round() as of:
            of.questionnaire_version_id = add_version(of.consultation, questionnaire).id

    @contextmanager
    def _round(self) -> Iterator[Round]:
        with ready_app(settings=_settings(self.instance)).app_context():
            [of] = db.session.scalars(select(Round))
            yield of
            db.session.commit()
            db.session.remove()
            db.engine.dispose()


def _settings(instance: Path) -> Settings:
    return Settings(instance=instance, secret_key=SecretStr(SECRET))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """See `Place`."""
    with ready_app(settings=_settings(tmp_path)).app_context():
        about = a_consultation("code")
        made = a_round(about)
        made.questionnaire_version_id = add_version(about, ASKING).id
        an_account()
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    environment = {"CONSULTATIONS_INSTANCE": str(tmp_path), "CONSULTATIONS_SECRET_KEY": SECRET}
    with serving("serve", environment, tmp_path / "log") as server:
        yield Place(server.root, tmp_path)


@pytest.fixture
def phone(chromium: Any) -> Iterator[Any]:
    """A phone whose connection can be cut: `phone.context.set_offline(True)`."""
    context = chromium.new_context(viewport={"width": PHONE, "height": 800}, locale="en")
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.extend(_policy(said.text)))
    yield page
    context.close()
    assert not complaints


def _policy(text: str) -> list[str]:
    return [text] if "Content Security Policy" in text else []


def keep(page: Any, place: Place, lang: str = "en") -> None:
    page.goto(place.at("code/answer/", lang))
    press(page, 'main a[href$="/answer/offline/"]')
    assert faults(page) == []
    with page.expect_navigation():
        page.click("[data-keep] button")
    page.wait_for_selector("[data-next]:visible")


def faults(page: Any) -> list[str]:
    """What keeps people out of the page as it stands, and whether it is too wide."""
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    found = AXE.Axe().run(page).response["violations"]
    said = [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]
    return [*said, *([f"{wide} px too wide"] if wide > 0 else [])]


def go_on(page: Any) -> None:
    page.click("[data-next]:visible")


def fill_in(page: Any, words: str = SECRETS[0]) -> None:
    """From the first part to the check, over all that is conditional."""
    page.check('input[name="herds"][value="yes"]')
    go_on(page)
    page.fill('input[name="many"]', "30")
    go_on(page)
    page.fill('input[name="lost"]', "12")
    page.check('input[name="side"][value="north"]')
    go_on(page)
    assert page.locator('input[name="place"]:visible').count() == 2 + 1
    page.check('input[name="place"][value="north_b"]')
    page.check('input[name="needs"][value="other"]')
    page.fill('input[name="needs_other"]', "Radio")
    page.fill('textarea[name="words"]', words)
    go_on(page)
    page.wait_for_selector("[data-answers]:visible")


WHOLE = {
    "herds": "yes",
    "many": 30,
    "third": 10,
    "lost": 12,
    "side": "north",
    "place": "north_b",
    "needs": ["other"],
    "needs_other": "Radio",
    "words": SECRETS[0],
}


def on_the_phone(page: Any) -> dict[str, Any]:
    """All that the browser keeps for the server's pages."""
    return dict(page.evaluate("""async () => {
        const kept = { databases: {}, caches: await caches.keys() }
        kept.workers = (await navigator.serviceWorker.getRegistrations()).map((each) => each.scope)
        kept.local = { ...localStorage, ...sessionStorage }
        for (const { name } of await indexedDB.databases()) {
            const database = await new Promise((done) => {
                indexedDB.open(name).onsuccess = (event) => done(event.target.result)
            })
            for (const drawer of database.objectStoreNames) {
                kept.databases[`${name} ${drawer}`] = await new Promise((done) => {
                    database.transaction(drawer).objectStore(drawer).getAll().onsuccess =
                        (event) => done(event.target.result)
                })
            }
            database.close()
        }
        return kept
    }"""))  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_is_finished_without_a_connection_and_sent_later(
    place: Place, phone: Any, lang: str
) -> None:
    keep(phone, place, lang)
    phone.context.set_offline(True)
    assert phone.get_attribute("html", "dir") == LANGUAGES[lang]
    assert faults(phone) == []
    fill_in(phone)
    assert faults(phone) == []
    phone.click("[data-finish]")
    phone.wait_for_selector("[data-result]:visible")
    assert phone.inner_text("[data-result]") != ""
    assert faults(phone) == []
    assert place.stored() == []

    phone.context.set_offline(False)
    phone.wait_for_selector("output#receipt:visible")
    receipt = phone.inner_text("output#receipt")
    assert faults(phone) == []
    assert place.stored() == [{"channel": "offline", **WHOLE}]
    kept = on_the_phone(phone)
    assert SECRETS[0] not in json.dumps(kept)
    assert receipt in json.dumps(kept)

    press_erase(phone)
    kept = on_the_phone(phone)
    assert kept == {"databases": {}, "caches": [], "workers": [], "local": {}}
    assert not phone.context.cookies()


def test_opening_the_page_again_sends_what_was_not_sent(place: Place, phone: Any) -> None:
    keep(phone, place)
    phone.context.set_offline(True)
    fill_in(phone)
    phone.click("[data-finish]")
    phone.wait_for_selector('[data-view="waiting"]:visible')  # only then it says that it is kept
    phone.reload()
    phone.wait_for_selector('[data-view="waiting"]:visible')
    phone.click("[data-send]")
    phone.click("[data-change]")
    phone.wait_for_selector('[data-view="filling"]:visible')
    assert phone.is_checked('input[name="herds"][value="yes"]')
    while phone.locator("[data-next]:visible").count():
        go_on(phone)
    phone.click("[data-finish]")
    phone.wait_for_selector('[data-view="waiting"]:visible')
    phone.context.set_offline(False)
    phone.reload()
    phone.wait_for_selector("output#receipt:visible")
    receipt = phone.inner_text("output#receipt")
    phone.reload()
    phone.wait_for_selector("output#receipt:visible")
    assert phone.inner_text("output#receipt") == receipt
    assert place.stored() == [{"channel": "offline", **WHOLE}]


def test_a_form_begun_with_a_connection_is_finished_without(place: Place, phone: Any) -> None:
    phone.goto(place.at("code/answer/"))
    phone.check('input[name="herds"][value="yes"]')
    press(phone, 'main form button[value="next"]')
    phone.fill('input[name="many"]', "30")
    press(phone, "main button[formaction]")
    phone.wait_for_selector("[data-keep]:visible")
    assert faults(phone) == []
    with phone.expect_navigation():
        phone.click("[data-keep] button")
    phone.wait_for_selector("[data-next]:visible")
    phone.context.set_offline(True)
    assert phone.is_checked('input[name="herds"][value="yes"]')
    assert phone.input_value('input[name="many"]') == "30"
    fill_in(phone)
    phone.click("[data-finish]")
    phone.wait_for_selector('[data-view="waiting"]:visible')
    phone.context.set_offline(False)
    phone.wait_for_selector("output#receipt:visible")
    assert place.stored() == [{"channel": "offline", **WHOLE}]
    kept = phone.evaluate("(async () => (await caches.match(location.pathname)).text())()")
    assert 'value="30"' not in kept
    assert "checked" not in kept


def test_a_round_that_has_closed_says_so_and_nothing_typed_is_lost(
    place: Place, phone: Any
) -> None:
    keep(phone, place)
    fill_in(phone)
    place.close()
    phone.click("[data-finish]")
    phone.wait_for_selector("[data-result]:visible")
    assert "not open" in phone.inner_text("[data-result]")
    phone.click("[data-change]")
    assert phone.input_value('input[name="many"]') == "30"
    assert place.stored() == []


def test_every_kind_of_question_arrives_as_it_was_answered(place: Place, phone: Any) -> None:
    place.ask(EVERY_KIND)
    keep(phone, place)
    questions = [each for each in EVERY_KIND.questions if KINDS[each.kind].on_page]
    sent = [[name, value] for name, values in fields(questions, STORED).items() for value in values]
    phone.evaluate(PUT, [place.at("code/answer/offline/"), sent])
    phone.reload()
    phone.wait_for_selector("[data-next]:visible")
    while phone.locator("[data-next]:visible").count():
        go_on(phone)
        assert phone.locator("[data-faults]:visible").count() == 0, phone.inner_text(
            "[data-faults]"
        )
    phone.click("[data-finish]")
    phone.wait_for_selector("output#receipt:visible")
    [stored] = place.stored()
    names = [each.name for each in questions]
    expected = complete(EVERY_KIND, STORED, names, logic=logic_of(EVERY_KIND))
    assert {name: stored.get(name) for name in names} == {n: expected.get(n) for n in names}


PUT = """([address, fields]) => new Promise((done) => {
    const name = `offline ${new URL(address).pathname}`
    indexedDB.open(name, 1).onsuccess = ({ target: { result } }) => {
        const drawer = result.transaction("kept", "readwrite").objectStore("kept")
        drawer.put({ stage: "filling", fields, page: 0 }, "mine").onsuccess = () => {
            result.close()
            done()
        }
    }
})"""


def press_erase(page: Any) -> None:
    page.locator("details:has([data-erase]) summary").click()
    page.click("[data-erase]")
    page.wait_for_selector('[data-view="erased"]:visible')


def test_what_was_typed_is_there_after_the_browser_was_closed(place: Place, phone: Any) -> None:
    keep(phone, place)
    phone.check('input[name="herds"][value="yes"]')
    go_on(phone)
    phone.fill('input[name="many"]', "30")
    phone.wait_for_timeout(400)
    phone.context.set_offline(True)
    again = phone.context.new_page()
    phone.close()
    again.goto(place.at("code/answer/offline/"))
    again.wait_for_selector('input[name="many"]:visible')
    assert again.input_value('input[name="many"]') == "30"


def test_what_is_wrong_is_said_and_what_is_left_out_is_not_shown(place: Place, phone: Any) -> None:
    keep(phone, place)
    go_on(phone)
    assert phone.locator("[data-faults]:visible li").count() == 1
    assert faults(phone) == []
    phone.check('input[name="herds"][value="no"]')
    go_on(phone)
    assert phone.locator('input[name="many"]:visible').count() == 0
    assert phone.locator('input[name="side"]:visible').count() > 0
    phone.click("[data-back]")
    phone.check('input[name="herds"][value="yes"]')
    go_on(phone)
    phone.fill('input[name="many"]', "30")
    go_on(phone)
    assert "Of your 30, how many" in phone.inner_text("[data-form]")
    phone.fill('input[name="lost"]', "31")
    go_on(phone)
    assert phone.locator("[data-faults]:visible li").count() == 1


def test_the_same_form_online_and_offline_is_stored_alike(
    place: Place, phone: Any, chromium: Any
) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(place.at("code/answer/"))
    answers = {"herds": "yes", "many": "30", "lost": "12", "side": "north", "place": "north_b",
               "needs": "other", "needs_other": "Radio", "words": SECRETS[0]}  # fmt: skip
    while page.locator("output#receipt").count() == 0:
        for name, value in answers.items():
            field = page.locator(f'main form [name="{name}"]')
            if field.count() and field.first.get_attribute("type") in ("radio", "checkbox"):
                page.check(f'[name="{name}"][value="{value}"]')
            elif field.count():
                page.fill(f'[name="{name}"]', value)
        press(page, page.locator('form[method="post"] button[name="_step"]').last)
    page.context.close()
    keep(phone, place)
    fill_in(phone)
    phone.click("[data-finish]")
    phone.wait_for_selector("output#receipt:visible")
    first, second = place.stored()
    assert {**first, "channel": ""} == {**second, "channel": ""}


DECIDED = """async ([root, rules, people]) => {
    const { offered, said, workedOut } = await import(`${root}/static/offline-rules.js`)
    return people.map((answers) => {
        const worked = workedOut(rules, answers)
        return [worked.answers, [...worked.left].sort(), offered(rules, "place", worked),
                said(rules, "${many} in ${side}", worked)]
    })
}"""
GIVEN = st.fixed_dictionaries({}, optional={
    "herds": st.sampled_from(["yes", "no", "-7"]),
    "many": st.integers(1, 40),
    "lost": st.integers(0, 40),
    "side": st.sampled_from(["north", "south", "-7"]),
})  # fmt: skip


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(people=st.lists(GIVEN, min_size=30, max_size=60))
def test_the_phone_decides_as_the_server_does(place: Place, phone: Any, people: Any) -> None:
    logic, here = logic_of(ASKING), f"{place.root}/health"
    if phone.url != here:
        phone.goto(here)
    found = phone.evaluate(DECIDED, [place.root, rules(logic, "en"), people])
    asked = ASKING.by_name["place"]
    for given_, (answers, left, offered, said) in zip(people, found, strict=True):
        known = logic.calculated(given_)
        assert answers == known
        assert left == sorted(logic.irrelevant(known))
        assert offered == [each.code for each in logic.choices(asked, known)]
        assert said == logic.text({"en": "${many} in ${side}"}, "en", known)


# One phone, many people


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_facilitator_takes_answers_of_two_people_and_can_read_neither(
    place: Place, phone: Any, lang: str
) -> None:
    fetch_pack(phone, place, lang)
    phone.context.clear_cookies()
    phone.context.set_offline(True)
    phone.click("[data-ready] a")
    for words in SECRETS:
        phone.click("[data-begin]")
        phone.wait_for_selector("#_consent:visible")
        assert faults(phone) == []
        go_on(phone)
        assert phone.locator("[data-faults]:visible li").count() == 1
        phone.check("#_consent")
        go_on(phone)
        fill_in(phone, words)
        assert words not in json.dumps(on_the_phone(phone), ensure_ascii=False)
        phone.click("[data-finish]")
        phone.wait_for_selector('[data-view="finished"]:visible')
        assert faults(phone) == []
        phone.click("[data-done]")
        phone.wait_for_selector("[data-begin]:visible")
    assert phone.inner_text("[data-left]") in ("8", "٨")
    assert phone.inner_text("[data-locked]") in ("2", "٢")
    assert faults(phone) == []
    kept = on_the_phone(phone)
    assert not any(words in json.dumps(kept, ensure_ascii=False) for words in SECRETS)
    locked = [each for name, held in kept["databases"].items() if "locked" in name for each in held]
    assert len({len(each["record"]) for each in locked}) == 1
    assert [set(each) for each in locked] == [{"record"}, {"record"}]
    phone.reload()
    phone.wait_for_selector("[data-send]:visible")
    assert place.stored() == []

    phone.context.set_offline(False)
    phone.click("[data-send]")
    phone.wait_for_selector("[data-send]", state="hidden")
    assert phone.inner_text("[data-locked]") in ("0", "٠")
    stored = place.stored()
    assert [each["channel"] for each in stored] == ["assisted", "assisted"]
    assert {each["words"] for each in stored} == set(SECRETS)
    press_erase(phone)
    assert on_the_phone(phone) == {"databases": {}, "caches": [], "workers": [], "local": {}}


def test_stopping_keeps_nothing_of_a_person(place: Place, phone: Any) -> None:
    fetch_pack(phone, place)
    phone.click("[data-ready] a")
    phone.click("[data-begin]")
    phone.check("#_consent")
    go_on(phone)
    phone.check('input[name="herds"][value="yes"]')
    phone.click("[data-stop]")
    phone.click("[data-begin]")
    assert not phone.is_checked("#_consent")
    assert phone.locator('input[name="herds"]:checked').count() == 0


def fetch_pack(page: Any, place: Place, lang: str = "en") -> None:
    page.goto(place.at("manage/code/assisted/", lang))
    page.fill('input[name="email"]', "organizer@forum.example")
    page.fill('input[name="password"]', PASSWORD)
    press(page, 'main form button, main form input[type="submit"]')
    page.goto(place.at("manage/code/assisted/", lang))
    assert faults(page) == []
    page.click("[data-pack] form button")
    page.wait_for_selector("[data-ready]:visible")
