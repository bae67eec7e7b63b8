"""Every page in English and in Arabic: nothing scrolls sideways, nothing keeps anybody out."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import DESK, STEPS, Served, Visitors, fill, press

AXE = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="install axe-playwright-python"
)

pytestmark = pytest.mark.browser

PUBLIC = (
    "/",
    "",
    "draft/",
    "draft/art_3/",
    "answer/",
    "answer/offline/",
    "answer/offline/assisted/",
    "invited/",
    "resume/",
    "comment/art_3/",
    "reports/",
    "reports/1/",
    "/receipt/",
    "/site/about/",
    "/site/privacy/",
    "/site/accessibility/",
    "/site/languages/",
)
TEAM = (
    ("citizen", "/site/sign-in"),
    ("ngo", "/manage/"),
    ("ngo", "/manage/regional-code/"),
    ("ngo", "/manage/regional-code/comment/art_3/"),
    ("organizer", "/manage/regional-code/"),
    ("organizer", "/manage/regional-code/assisted/"),
    ("organizer", "/manage/regional-code/comments/"),
    ("organizer", "/manage/regional-code/themes/?status=all"),
    ("organizer", "/manage/regional-code/themes/longer-notice/"),
    ("organizer", "/manage/regional-code/points/"),
    ("organizer", "/manage/regional-code/paper/"),
    ("organizer", "/manage/regional-code/paper/1/"),
    ("organizer", "/manage/regional-code/paper/1/7/"),
    ("organizer", "/manage/regional-code/paper/1/2/differences/"),
    ("organizer", "/manage/regional-code/share/"),
    ("organizer", "/manage/regional-code/recordings/"),
    ("organizer", "/manage/regional-code/rounds/1/"),
    ("organizer", "/manage/regional-code/rounds/1/files/"),
    ("organizer", "/manage/regional-code/rounds/1/preview/"),
    ("organizer", "/manage/regional-code/rounds/2/"),
    ("organizer", "/manage/regional-code/rounds/2/unusual/"),
    ("organizer", "/manage/regional-code/rounds/2/invitations/"),
    ("translator", "/manage/regional-code/translate/"),
    ("negotiator", "/manage/regional-code/"),
)
LANGUAGES = {"en": "ltr", "ar": "rtl"}
WIDTHS = (320, 360)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_public_pages(served: Served, visitors: Visitors, lang: str) -> None:
    _look(visitors(scripts=True), served, lang, PUBLIC)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_the_team(served: Served, visitors: Visitors, lang: str) -> None:
    for role in dict.fromkeys(role for role, _ in TEAM):
        page = visitors(scripts=True, public=False)
        page.goto(served.at(f"/site/continue-as/{role}", lang))
        _look(page, served, lang, [path for of, path in TEAM if of == role])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_the_forms(served: Served, visitors: Visitors, lang: str) -> None:
    page = visitors(scripts=True)
    faults = []
    page.goto(served.at("answer/", lang))
    while page.locator("output#receipt").count() == 0:
        fill(page)
        press(page, page.locator(STEPS).last)
        faults += _faults(page, lang)
    receipt = page.inner_text("output#receipt")
    for button in ("main form button.quiet", "main form button[formaction]"):
        page.goto(served.at("/receipt/", lang))
        page.fill("#receipt", receipt)
        press(page, "main form button")
        faults += _faults(page, lang)
        press(page, button)  # to change the answers, and to withdraw them
        faults += _faults(page, lang)
    press(page, page.locator(STEPS).last)
    faults += _faults(page, lang)
    for form in ("/receipt/", "resume/", "invited/", "comment/art_3/"):
        page.goto(served.at(form, lang))
        press(page, page.locator("main form button").last)
        assert page.locator("[aria-describedby]").count() > 0  # something is wrong, and said
        faults += _faults(page, lang)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_of_a_form_that_waits(served: Served, visitors: Visitors, lang: str) -> None:
    page = visitors(scripts=True)
    page.goto(served.at("answer/", lang))
    press(page, page.locator(STEPS).last)
    press(page, 'main button[value="save"]')
    faults = _faults(page, lang)
    code = page.inner_text("output#code")
    page.goto(served.at("resume/", lang))
    page.fill("#code", code)
    press(page, "main form button")
    faults += _faults(page, lang)
    press(page, "main button[formaction]")  # without a connection
    faults += _faults(page, lang)
    assert not faults, "\n".join(faults)


def _look(page: Any, served: Served, lang: str, paths: Iterable[str]) -> None:
    faults = []
    for path in paths:
        answer = page.goto(served.at(path, lang))
        assert answer.status == 200, path
        faults += _faults(page, lang)
    assert not faults, "\n".join(faults)


def _faults(page: Any, lang: str) -> list[str]:
    """What is wrong with the page that is open."""
    where, root = urlsplit(page.url).path, page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (lang, LANGUAGES[lang])
    wide = [f"{where} at {width} px: {by} px too wide" for width, by in _too_wide(page)]
    return [*wide, *(f"{where}: {each}" for each in _violations(page))]


def _too_wide(page: Any) -> list[tuple[int, int]]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found.append((width, page.evaluate("document.documentElement.scrollWidth") - width))
    page.set_viewport_size({"width": DESK, "height": 800})
    return [(width, by) for width, by in found if by > 0]


def _violations(page: Any) -> list[str]:
    found = AXE.Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for each in found
        for node in each["nodes"][:3]
    ]
