"""What other tools of the field got wrong where only a browser shows it; see tests/attack."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.config import Settings
from consultations.db import db
from consultations.questionnaires.services import add_version
from consultations.submissions.models import Submission
from tests.attack.test_field_bugs import ASKED, ROWS
from tests.conftest import SECRET
from tests.factories import a_consultation, a_round
from tests.served import serving

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("settings", ["sqlite"], indirect=True),
]


@dataclass(frozen=True)
class Site:
    """A server whose open round asks a matrix and a ranking."""

    root: str

    def at(self, lang: str) -> str:
        return f"{self.root}/{lang}/code/answer/"


@pytest.fixture
def site(app: Flask, settings: Settings) -> Iterator[Site]:
    about = a_consultation()
    of = a_round(about)
    of.questionnaire_version_id = add_version(about, ASKED).id
    db.session.commit()
    environment = {
        "CONSULTATIONS_INSTANCE": str(settings.instance),
        "CONSULTATIONS_DATABASE_URL": settings.database,
        "CONSULTATIONS_SECRET_KEY": SECRET,
    }
    with serving("serve", environment, settings.instance / "log") as server:
        yield Site(server.root)


@pytest.fixture
def phone(chromium: Any) -> Iterator[Any]:
    """A phone without JavaScript."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


# LimeSurvey: arrays that no keyboard could fill in


def test_a_matrix_and_a_ranking_do_not_shut_the_keyboard_out(site: Site, phone: Any) -> None:
    phone.goto(site.at("en"))
    wanted = dict(zip(ROWS, ("5", "1", "3"), strict=True))
    for _ in range(200):
        if phone.locator("output#receipt").count():
            break
        _press_a_key(phone, wanted)
    assert phone.locator("output#receipt").count() == 1
    [row] = db.session.scalars(select(Submission))
    assert {name: row.answers[name] for name in ROWS} == wanted
    assert row.answers["needs"] == ["clinic", "water"]


def _press_a_key(page: Any, wanted: dict[str, str]) -> None:
    """Go to the next thing that can be used, and use it, as somebody without a mouse does."""
    page.keyboard.press("Tab")
    here = page.locator(":focus")
    if not here.count():
        return
    name, value = here.get_attribute("name"), here.get_attribute("value")
    if name in wanted:
        page.keyboard.press("Space")
        for _ in range(int(wanted[name]) - 1):
            page.keyboard.press("ArrowDown")
    elif name == "needs" and here.evaluate("each => each.tagName") == "SELECT":
        places = {"needs": "Clinic", "needs-2": "Water"}
        page.keyboard.type(places.get(str(here.get_attribute("id")), ""))
    elif name == "_step" and value in ("next", "send"):
        with page.expect_navigation():
            page.keyboard.press("Enter")


# Formbricks, 5993: the scale ran the wrong way where the writing runs from right to left


def test_a_scale_does_not_run_against_the_writing(site: Site, chromium: Any) -> None:
    for lang, forwards in (("en", True), ("ar", False)):
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.goto(site.at(lang))
        places = [
            page.locator(f'[name="clear"][value="{point}"]').bounding_box()["x"]
            for point in range(1, 6)
        ]
        page.close()
        assert places == sorted(places, reverse=not forwards) or len(set(places)) == 1


# Enketo, docs 45 and kpi 5121: what was not sent was lost with the browser's cache


def test_an_answer_that_was_not_sent_is_not_lost_with_the_cache(site: Site, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site.at('en')}offline/")
    assert page.get_by_text("loses what was not sent").is_visible()
    _keep(page)
    page.locator('[name="clear"][value="5"]').check()
    page.wait_for_timeout(1_000)
    page.evaluate("caches.keys().then((all) => Promise.all(all.map((one) => caches.delete(one))))")
    page.reload()
    _keep(page)
    assert page.locator('[name="clear"][value="5"]').is_checked()
    assert page.get_by_text("Not sent yet").first.is_visible()
    context.close()


def _keep(page: Any) -> None:
    with page.expect_navigation():
        page.locator("[data-keep] button").click()
    page.locator("[data-next]:visible").wait_for()
