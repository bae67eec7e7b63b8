"""The browser works expressions out as the server does."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consultations.questionnaires.xpath.expressions import expression
from consultations.resources import static
from tests.questionnaires.expressions_said import ANSWERS, OWN, SAID, SOURCES, TODAY, VALUES

pytestmark = pytest.mark.browser

RUN = """async ([trees, answers, around]) => {
    around.label = (question, code) => `[${question} ${code}]`
    return trees.map((tree) => window.logic.evaluate(tree, answers, around))
}"""


@pytest.fixture(scope="module")
def browser(chromium: Any) -> Iterator[Any]:
    """A page that has loaded the module."""
    page = chromium.new_page()
    source = (static() / "logic.js").read_text()
    load = "async (source) => { window.logic = await import('data:text/javascript,' + source) }"
    page.evaluate(load.replace("+ source", "+ encodeURIComponent(source)"), source)
    yield page
    page.close()


def close(found: object, expected: object) -> bool:
    """The same but for the last digits of a sine."""
    if isinstance(expected, bool) or isinstance(found, bool) or isinstance(expected, str):
        return found is expected or (isinstance(expected, str) and found == expected)
    numbers = float(found), float(expected)  # type: ignore[arg-type]
    return all(map(math.isnan, numbers)) or math.isclose(*numbers, rel_tol=1e-14)


def test_every_function_comes_to_the_same(browser):
    trees = [expression(source, {*ANSWERS, "absent"}).tree for source, _ in SAID]
    around = {"own": OWN, "today": TODAY, "order": "a1"}

    found = browser.evaluate(RUN, [trees, ANSWERS, around])

    differing = [
        (source, expected, got)
        for (source, expected), got in zip(SAID, found, strict=True)
        if not close(got, expected)
    ]
    assert not differing


@settings(max_examples=15, deadline=None)
@given(sources=st.lists(SOURCES, min_size=20, max_size=40))
def test_random_expressions_come_to_the_same(browser, sources):
    expressions = [expression(source, VALUES) for source in sources]

    found = browser.evaluate(RUN, [[each.tree for each in expressions], VALUES, {}])

    for each, got in zip(expressions, found, strict=True):
        assert close(got, each.value(VALUES)), (each.source, got)


def test_a_column_and_an_irrelevant_answer(browser):
    trees = [["column", "state"], ["column", "none"], ["answer", "a"], ["answer", "b"]]
    around = {"columns": {"state": "it"}, "irrelevant": ["a"]}

    assert browser.evaluate(RUN, [trees, {"a": "1", "b": "2"}, around]) == ["it", "", "", "2"]
