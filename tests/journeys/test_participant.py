"""A citizen on a small phone, without JavaScript: answers, keeps the receipt, looks it up."""

import re
from typing import Any

import pytest

from tests.journeys.conftest import PHONE, STEPS, Served, Visitors, fill, press

pytestmark = pytest.mark.browser
CODE = re.compile(r"([0-9A-Z]{5}-){3}[0-9A-Z]{5}")


def test_a_citizen_answers_in_arabic_on_a_phone(served: Served, visitors: Visitors) -> None:
    page = visitors(width=PHONE)
    page.goto(served.at("/", lang="ar"))
    press(page, 'a[href$="/answer/"]')
    for _ in range(12):
        assert _fits(page), page.url
        assert (page.get_attribute("html", "lang"), page.get_attribute("html", "dir")) == (
            "ar",
            "rtl",
        )
        if page.locator("output#receipt").count():
            break
        fill(page)
        press(page, page.locator(STEPS).last)
    code = page.inner_text("output#receipt")
    assert CODE.fullmatch(code)

    page.goto(served.at("/receipt/", lang="ar"))
    page.fill('input[name="receipt"]', code.lower().replace("-", " "))
    press(page, page.locator("main button"))
    assert page.locator('main a[href$="/ar/regional-code/"]').count() == 1
    assert code not in page.url
    assert code not in page.content()
    assert _fits(page)


def test_a_receipt_of_the_first_round_shows_what_came_of_it(
    served: Served, visitors: Visitors
) -> None:
    page = visitors(width=PHONE)
    page.goto(served.at("/receipt/"))
    page.fill('input[name="receipt"]', served.receipt)
    press(page, page.locator("main button"))
    assert page.locator("main article").count() == 2
    assert page.locator('main a[href*="/reports/"]').count() == 1


def test_somebody_comments_on_an_article(served: Served, visitors: Visitors) -> None:
    page = visitors(width=PHONE)
    page.goto(served.at("draft/art_2/"))
    press(page, page.locator('a[href$="/comment/art_2/"]').first)
    page.check('input[name="position"][value="support_with_changes"]')
    page.fill('textarea[name="text"]', "Herders need to know by radio as well.")
    words = page.inner_text(".box .norm, .box p").split()
    page.fill('textarea[name="wording"]', " ".join(["Clearly:", *words[:30]]))
    press(page, 'button[value="show"]')
    assert page.locator("#difference ins").count() > 0
    assert page.input_value('textarea[name="text"]') == "Herders need to know by radio as well."
    press(page, 'button[value="send"]')
    assert CODE.fullmatch(page.inner_text("output#receipt"))
    page.goto(served.at("draft/art_2/"))
    assert "Herders need to know by radio" not in page.content()  # until the team has read it


def _fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
