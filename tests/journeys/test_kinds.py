"""Every kind of question in a real browser: fits a small phone, mirrors, works by keyboard."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from flask import g, render_template_string
from pydantic import SecretStr

from consultations import resources
from consultations.config import Settings
from consultations.database import ready_app
from consultations.drafts.rendering import show
from consultations.questionnaires.answers import check
from consultations.questionnaires.structure import Section
from consultations.web.failures import sentence
from tests.conftest import SECRET
from tests.questionnaires.every_kind import ARTICLE, EVERY_KIND, SECTIONS, STORED

AXE = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="install axe-playwright-python"
)

pytestmark = pytest.mark.browser

PAGE = """
{% extends "base.html" %}
{% from "macros/text.html" import say, tagged, norm, provision_name with context %}
{% from "macros/forms.html" import error_summary, problem, described with context %}
{% block title %}{{ say(section.label) }}{% endblock %}
{% block content %}
{{ error_summary(errors, questions) }}
<h1>{{ say(section.label) }}</h1>
{% set step = {"title": section.label} %}
<form method="post" novalidate>
{% if section.layout == "matrix" %}{% include "questionnaires/kinds/matrix.html" %}
{% else %}
{% for question in questions %}{% include "questionnaires/question.html" %}{% endfor %}
{% endif %}
<button class="button" name="_step" value="next">Continue</button>
</form>
{% endblock %}
"""
TEXT = "**1.** A state tells its neighbours [fourteen] [thirty] days before an exercise."
NONSENSE = {"source": ["x"], "needs": ["water", "water"], "sources": ["none", "radio"]}
DIRECTIONS = {"en": 1, "ar": -1}
PHONES, DESK = (320, 360), 1280

Shown = Callable[..., Any]
"""Opens a section of the questionnaire: `shown("choosing", "ar", width=360)` is a page to drive."""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """A section as a page, in a language, with answers or with everything wrong."""
    settings = Settings(instance=tmp_path_factory.mktemp("kinds"), secret_key=SecretStr(SECRET))
    app = ready_app(settings=settings)

    @cache
    def page(name: str, lang: str, state: str) -> str:
        section = next(each for each in SECTIONS if each.name == name)
        with app.test_request_context(f"/{lang}/"):
            g.lang = lang
            return render_template_string(PAGE, **_filled(section, lang, state))

    return page


def _filled(section: Section, lang: str, state: str) -> dict[str, Any]:
    questions = [each for each in EVERY_KIND.questions if each.section == section.name]
    wrong = {each.name: NONSENSE.get(each.name, ["?"]) for each in questions}
    errors = check(questions, wrong).errors if state == "wrong" else {}
    return {
        "section": section,
        "questions": questions,
        "norms": {ARTICLE: show(TEXT, lang)},
        "values": STORED if state == "filled" else {n: _typed(n, v) for n, v in wrong.items()},
        "errors": {name: sentence(error) for name, error in errors.items()},
    }


def _typed(name: str, values: list[str]) -> list[str] | str:
    return values if name in ("needs", "sources") else values[0]


@pytest.fixture
def shown(chromium: Any, drawn: Callable[..., str]) -> Iterator[Shown]:
    """See `Shown`."""
    contexts = []

    def open_(
        name: str, lang: str = "en", state: str = "filled", *, width: int = 360, **how: Any
    ) -> Any:
        still = {"viewport": {"width": width, "height": 800}, "reduced_motion": "reduce"}
        contexts.append(chromium.new_context(**still, **how))
        page = contexts[-1].new_page()
        page.set_content(drawn(name, lang, state))
        page.add_style_tag(path=resources.static() / "base.css")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("state", ["filled", "wrong"])
@pytest.mark.parametrize("lang", DIRECTIONS)
@pytest.mark.parametrize("section", [each.name for each in SECTIONS])
def test_nothing_scrolls_sideways_and_nobody_is_kept_out(
    shown: Shown, section: str, lang: str, state: str
) -> None:
    page = shown(section, lang, state, width=DESK)
    assert _violations(page) == []
    for width in PHONES:  # 320 px is also what 200 % zoom leaves of 640 px
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert _violations(page) == []


@pytest.mark.parametrize("section", [each.name for each in SECTIONS])
def test_everything_to_press_is_large_enough(shown: Shown, section: str) -> None:
    for target in (
        shown(section, width=320).locator(".choice, select, main input:not(.choice *)").all()
    ):
        box = target.bounding_box()
        assert box is None or (box["height"] >= 44 and box["width"] >= 36), target.inner_html()


@pytest.mark.parametrize(("lang", "direction"), DIRECTIONS.items())
def test_a_scale_runs_the_way_of_the_writing(shown: Shown, lang: str, direction: int) -> None:
    for name in ("ten", "five"):
        page = shown("scales", lang, width=DESK)
        places = [each.bounding_box()["x"] for each in page.locator(f"[name={name}]").all()][:-1]
        assert places == sorted(places, reverse=direction < 0)


def test_a_matrix_is_a_table_at_a_desk_and_a_list_on_a_phone(shown: Shown) -> None:
    page = shown("matrix", width=DESK)
    across = [each.bounding_box() for each in page.locator("[name=fair]").all()]
    assert len({box["y"] for box in across}) == 1
    heads = [each.bounding_box() for each in page.locator(".heads span").all()][1:]
    for head, cell in zip(heads, across, strict=True):
        assert head["x"] <= cell["x"] + cell["width"] / 2 <= head["x"] + head["width"]
    page.set_viewport_size({"width": 360, "height": 800})
    assert len({each.bounding_box()["x"] for each in page.locator("[name=fair]").all()}) == 1
    assert not page.locator(".heads").is_visible()
    row = page.get_by_role("radiogroup", name="It is fair to people like me.")
    assert row.get_by_role("radio", name="Strongly agree").count() == 1


def test_a_ranking_and_a_scale_are_answered_by_keyboard_alone(shown: Shown) -> None:
    page = shown("choosing", state="empty")
    page.locator("#needs").focus()
    for choice in ("A clinic", "Clean water"):
        page.keyboard.type(choice)
        page.keyboard.press("Tab")
    assert [each.input_value() for each in page.locator("[name=needs]").all()][:2] == [
        "clinic",
        "water",
    ]
    page = shown("scales", state="empty")
    page.locator("#ten").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    assert page.locator("[name=ten]:checked").input_value() == "1"


def test_words_beside_a_choice_appear_with_it(shown: Shown) -> None:
    page = shown("choosing", state="empty")
    assert not page.locator("#source_other").is_visible()
    page.get_by_role("radio", name="Another way").check()
    assert page.locator("#source_other").is_visible()
    page.get_by_role("checkbox", name="A newspaper").check()
    assert page.locator("#sources_other_paper").is_visible()
    assert not page.locator("#sources_other_other").is_visible()
    page.locator("#menu").select_option("other")
    assert page.locator("#menu_other").is_visible()


def test_what_is_chosen_and_where_one_stands_are_seen_without_colours(shown: Shown) -> None:
    page = shown("scales", forced_colors="active")
    chosen = page.locator(".choice:has(:checked)").first
    assert _style(chosen, "borderTopWidth") == "3px"
    assert _style(chosen, "outlineStyle") == "none"
    page.keyboard.press("Tab")
    page.locator("#five, [name=five]:checked").last.focus()
    assert _style(chosen, "outlineStyle") == "solid"


def test_a_counter_says_what_is_left_where_it_can(shown: Shown) -> None:
    page = shown("writing")
    assert page.get_by_text("At most 500 characters.").is_visible()
    page.add_script_tag(path=resources.static() / "counter.js", type="module")
    counter = page.locator(".counter")
    counter.get_by_text("485 left").wait_for()
    page.locator("#story").fill("é" * 502)
    counter.get_by_text("2 too many").wait_for()


def test_an_error_names_its_question_and_leads_to_its_field(shown: Shown) -> None:
    page = shown("writing", state="wrong")
    link = page.get_by_role("link", name="Age: “?” is not a number")
    target = page.locator(str(link.get_attribute("href")))
    assert target.input_value() == "?"
    assert "age-error" in str(target.get_attribute("aria-describedby"))


def _style(place: Any, name: str) -> str:
    return str(place.evaluate(f"each => getComputedStyle(each).{name}"))


def _violations(page: Any) -> list[str]:
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in AXE.Axe().run(page).response["violations"]
        for node in each["nodes"][:3]
    ]
