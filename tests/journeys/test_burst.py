"""A declared burst in a real browser: with JavaScript nobody is asked, without it everybody can."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from consultations.config import Settings
from consultations.db import db
from consultations.submissions.plain_question import NUMBERS
from tests.conftest import SECRET
from tests.factories import a_consultation, a_round
from tests.journeys.conftest import STEPS, fill, press
from tests.served import serving

AXE = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="install axe-playwright-python"
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("settings", ["sqlite"], indirect=True),
]
RECEIPT = "output#receipt"


@pytest.fixture
def root(app: Flask, settings: Settings) -> Iterator[str]:
    """The address of a form in whose round a burst is declared."""
    a_round(a_consultation(), burst=True)
    db.session.commit()
    environment = {
        "CONSULTATIONS_INSTANCE": str(settings.instance),
        "CONSULTATIONS_DATABASE_URL": settings.database,
        "CONSULTATIONS_SECRET_KEY": SECRET,
        "CONSULTATIONS_PROOF_OF_WORK": "true",
    }
    with serving("serve", environment, settings.instance / "log") as server:
        yield f"{server.root}/en/code/answer/"


def _checking(browser: Any, root: str, **how: Any) -> Any:
    page = browser.new_context(viewport={"width": 360, "height": 740}, **how).new_page()
    page.goto(root)
    while not page.locator('button[value="send"]').count():
        fill(page)
        press(page, page.locator(STEPS).last)
    return page


def test_a_browser_answers_in_the_persons_place(root: str, chromium: Any) -> None:
    page = _checking(chromium, root)
    page.get_by_text("Your browser has answered the question for you.").wait_for(timeout=60_000)
    assert not page.locator("#_bot").is_visible()
    press(page, 'button[value="send"]')
    assert page.locator(RECEIPT).count() == 1
    page.context.close()


def test_without_javascript_the_sum_is_enough(root: str, chromium: Any) -> None:
    page = _checking(chromium, root, java_script_enabled=False)
    press(page, 'button[value="send"]')
    assert page.locator('.errors a[href="#_bot"]').count() == 1
    asked = page.locator('label[for="_bot"]').inner_text()
    words = re.findall(r"\b(?:" + "|".join(NUMBERS) + r")\b", asked)
    page.fill("#_bot", str(sum(NUMBERS.index(word) + 1 for word in words)))
    press(page, 'button[value="send"]')
    assert page.locator(RECEIPT).count() == 1
    page.context.close()


def test_nobody_is_kept_out_and_nobody_reaches_the_trap(root: str, chromium: Any) -> None:
    page = _checking(chromium, root)
    violations = AXE.Axe().run(page).response["violations"]
    assert [each["id"] for each in violations] == []
    assert not page.locator('[name="_also"]').is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    names = []
    for _ in range(60):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.name"))
    assert "_also" not in names
    page.context.close()
