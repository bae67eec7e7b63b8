"""Which alternative is preferred, and by whom another, in one sentence."""

from typing import Any

import pytest
from flask import Flask

from consultations.reports.preferred import preferred
from consultations.reports.told import Told


def row(by: str, first: str | None, percent: float) -> dict[str, Any]:
    return {
        "provision": "art_4",
        "bracket": 1,
        "question": "q",
        "group": {"codes": [by] if by else []},
        "table": "q.by.group" if by else "q.overall",
        "preferred": first,
        "alternatives": [{"code": first, "percent": percent}],
    }


def said(app: Flask, *rows: dict[str, Any]) -> str:
    words = {
        "questions": {"q": {"choices": {"1": {"en": "two"}, "2": {"en": "three"}}}},
        "groups": {code: {"en": code.title()} for code in ("women", "youth", "minorities")},
    }
    with app.test_request_context("/en/"):
        return preferred(Told({"words": words, "preferences": rows}, "en"), "art_4", 1)


def test_those_who_prefer_something_else_are_named(app: Flask) -> None:
    rows = [row("", "2", 42), row("women", "2", 44), row("minorities", "1", 53.8)]
    assert said(app, *rows) == (
        "Chosen most often: “three” (42.0% of everyone asked). Otherwise: Minorities “two” (53.8%)."
    )


@pytest.mark.parametrize("rows", [[], [row("", None, 0), row("women", "2", 44)]])
def test_where_everyone_is_not_told_nothing_is_said(app: Flask, rows: list[Any]) -> None:
    assert said(app, *rows) == ""
