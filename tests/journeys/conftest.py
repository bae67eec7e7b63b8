"""The demonstration, made once with fewer people, served by its own command to a real browser."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db
from consultations.demonstration.answering import demonstration_receipt
from consultations.demonstration.content import read
from consultations.demonstration.services import SLUG, build_report, create
from consultations.rounds.models import Consultation
from tests.conftest import SECRET
from tests.served import serving

PEOPLE = {"round_1": 900, "round_2": 60}
DIMENSIONS = {"gender", "age"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = "install Chromium: apt-get install chromium libatomic1 fonts-noto-core"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE, DESK = 360, 1280
STEPS = 'form[method="post"] button[name="_step"]'


@dataclass(frozen=True)
class Served:
    """The demonstration as it is served: its address, a receipt that leads somewhere."""

    root: str
    receipt: str

    def at(self, path: str, lang: str = "en") -> str:
        """The address of a page of the consultation, or of the site where it begins with "/"."""
        return f"{self.root}/{lang}{path if path.startswith('/') else f'/{SLUG}/{path}'}"


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration, as `consultations demo` serves it."""
    instance = tmp_path_factory.mktemp("served")
    receipt = _make(instance)
    environment = {"CONSULTATIONS_INSTANCE": str(instance), "CONSULTATIONS_SECRET_KEY": SECRET}
    with serving("demo", environment, instance / "log") as server:
        yield Served(server.root, receipt)


def _make(instance: Path) -> str:
    """The demonstration with fewer people and dimensions, so that it is counted in seconds."""
    settings = Settings(instance=instance, secret_key=SecretStr(SECRET))
    app = ready_app(settings=settings, demonstration=True)
    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        patch.setitem(read("population"), "individuals", PEOPLE)
        made = create(secret=SECRET, at=datetime.now(UTC))
        _plan_less(made)
        db.session.commit()
        build_report(made, instance=instance)
        db.session.commit()
        receipt = demonstration_receipt(secret=SECRET)
        db.session.remove()
        db.engine.dispose()
    return receipt


def _plan_less(made: Consultation) -> None:
    plan: dict[str, Any] = made.plan
    made.plan = {
        **plan,
        "dimensions": {k: each for k, each in plan["dimensions"].items() if k in DIMENSIONS},
        "groups": [each for each in plan["groups"] if set(each["of"]) <= DIMENSIONS],
        "crossings": [],
    }


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser without a screen."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="install playwright")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(MISSING)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=SWITCHES)
        yield browser
        browser.close()


Visitors = Callable[..., Any]


@pytest.fixture
def visitors(chromium: Any, served: Served) -> Iterator[Visitors]:
    """Opens browsers of new visitors: `visitors(width=360, scripts=False)` is a page to drive.

    When the test ends, none of them has asked another host for anything, none has complained
    on its console, and none who stayed `public` holds a cookie.
    """
    opened = []
    complaints: list[str] = []

    def visitor(*, width: int = DESK, scripts: bool = False, public: bool = True) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, java_script_enabled=scripts, locale="en"
        )
        opened.append((context, public))
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: complaints.extend(_foreign(request.url, served.root)))
        page.on("console", lambda message: complaints.extend(_said(message)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield visitor
    cookies = [cookie for context, public in opened if public for cookie in context.cookies()]
    for context, _ in opened:
        context.close()
    assert not complaints
    assert not cookies


def press(page: Any, place: str | Any) -> None:
    """Press a link or button that leads to another page, and wait for that page."""
    target = page.locator(place).first if isinstance(place, str) else place
    with page.expect_navigation():
        target.click()


def fill(page: Any) -> None:
    """The first choice of every question, and a sentence into every field of words."""
    for group in page.locator("main form fieldset").all():
        group.locator("input").first.check()
    for field in page.locator("main form textarea:visible").all():
        field.fill("نرجو إبلاغ الرعاة عبر الإذاعة.")


def _foreign(url: str, root: str) -> list[str]:
    at_home = urlsplit(url).scheme == "data" or url.startswith(f"{root}/")
    return [] if at_home else [f"asked for {url}"]


def _said(message: Any) -> list[str]:
    expected = "responded with a status of 4" in message.text  # a page that says what is wrong
    serious = message.type in ("error", "warning") and not expected
    return [f"{message.type}: {message.text}"] if serious else []
