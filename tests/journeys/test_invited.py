"""An invited person comes in with the link on a card, or by typing its code, and goes on."""

import csv
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import PHONE, Served, Visitors, press

pytestmark = pytest.mark.browser


@pytest.fixture
def links(served: Served, visitors: Visitors) -> list[str]:
    """Two links of new codes, as the organizer downloads them."""
    page = visitors(scripts=True, public=False)
    page.goto(served.at("/site/continue-as/organizer"))
    page.goto(served.at("/manage/regional-code/rounds/2/invitations/"))
    page.fill('input[name="partner"]', "Network of herders")
    page.fill('input[name="count"]', "2")
    with page.expect_download() as waiting:
        page.click('button[value="codes"]')
    rows = csv.DictReader(Path(waiting.value.path()).read_text().splitlines())
    return [row["link"] for row in rows]


def test_a_link_fills_the_code_in_and_leaves_it_nowhere(
    served: Served, visitors: Visitors, links: list[str]
) -> None:
    page = visitors(width=PHONE, scripts=True)
    page.goto(links[0])
    address, _, code = links[0].partition("#")
    assert page.input_value('textarea[name="code"]') == code
    assert page.evaluate("location.href") == address
    _goes_on(page, code)


def test_without_javascript_the_code_is_typed(
    served: Served, visitors: Visitors, links: list[str]
) -> None:
    page = visitors(width=PHONE)
    address, _, code = links[1].partition("#")
    page.goto(address)
    page.fill('textarea[name="code"]', code.replace("-", " "))
    _goes_on(page, code)


def _goes_on(page: Any, code: str) -> None:
    """Comes in, and opens the questions with the code that was shown."""
    press(page, "main form button")
    shown = page.inner_text("output#code")
    assert len(shown.split("-")) == 10
    assert _fits(page)
    press(page, "main form button")
    assert urlsplit(page.url).path.endswith("/resume/")
    assert page.locator('main form input[type="radio"]').count() > 0
    for each in (code, shown):
        assert each not in page.url
        assert each not in page.content()


def _fits(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
