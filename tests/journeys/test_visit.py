"""The two minutes of somebody who judges us: the matrix, a reply, Arabic, a file."""

from typing import Any

import pytest

from tests.journeys.conftest import Served, Visitors, press

pytestmark = pytest.mark.browser


def test_the_matrix_is_one_click_from_the_first_page(served: Served, visitors: Visitors) -> None:
    page = visitors()
    page.goto(f"{served.root}/")
    press(page, 'a[href$="#matrix"]')
    assert page.locator("#matrix").count() == 1
    assert page.locator("main table").first.is_visible()


def test_a_proposed_wording_and_its_reply_are_two_clicks_away(
    served: Served, visitors: Visitors
) -> None:
    page = visitors()
    page.goto(f"{served.root}/")
    press(page, 'a[href$="#matrix"]')
    press(page, '#matrix ~ * a[href*="/draft/art_"], #matrix a[href*="/draft/art_"]')
    with_reply = page.locator(".point:has(ins):has(.reply)")
    assert with_reply.count() > 0
    assert with_reply.first.is_visible()


def test_the_same_page_in_arabic_is_one_click_away(served: Served, visitors: Visitors) -> None:
    page = visitors()
    page.goto(served.at("reports/1/"))
    press(page, 'a[hreflang="ar"]')
    assert page.url == served.at("reports/1/", lang="ar")
    assert _language_of(page) == ("ar", "rtl")


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_file_can_be_taken_home(served: Served, visitors: Visitors, kind: str) -> None:
    page = visitors()
    page.goto(served.at("reports/1/"))
    link = page.locator(f'a[href$=".{kind}"]').first.get_attribute("href")
    answer = page.request.get(f"{served.root}{link}")
    assert answer.ok
    assert len(answer.body()) > 1_000


def _language_of(page: Any) -> tuple[str, str]:
    root = page.locator("html")
    return root.get_attribute("lang"), root.get_attribute("dir")
