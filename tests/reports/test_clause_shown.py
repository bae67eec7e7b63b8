"""An article in the columns of the matrix: alike in all, gaps told from what was not asked."""

from typing import Any

import pytest
from flask import Flask

from consultations.reports.clause_shown import clause_shown, leading_themes
from consultations.reports.columns import Across, Shown
from consultations.reports.told import Told

COLUMNS = [("gender", ("woman",)), ("organisations", ()), ("", ())]


@pytest.fixture(autouse=True)
def _in_english(app: Flask) -> Any:
    with app.test_request_context("/en/"):
        yield


def question(role: str | None, *choices: str, **more: Any) -> dict[str, Any]:
    return {
        "label": {"en": "Asked?"},
        "kind": "single",
        "place": 1,
        "provision": "art_1",
        "role": role,
        "bracket": None,
        "told_in": [],
        "choices": {code: {"en": code.title()} for code in choices},
        **more,
    }


def table(name: str, suffix: str, groups: dict[str, dict[str, int | None]]) -> dict[str, Any]:
    """A published table; categories such as `a+b` stand for both."""
    categories = list(next(iter(groups.values())))
    rows = [([code] if code else [], cells) for code, cells in groups.items()]
    return {
        "id": f"{name}.{suffix}",
        "question": name,
        "by": suffix.removeprefix("by.").split(".") if suffix.startswith("by.") else [],
        "population": "individuals",
        "categories": [
            {"code": each, **({"of": each.split("+")} if "+" in each else {})}
            for each in categories
        ],
        "groups": [
            {"codes": codes, "base": sum(n or 0 for n in cells.values()), "answered": 0}
            for codes, cells in rows
        ],
        "cells": [
            {"category": each, "group": codes, "count": count}
            for codes, cells in rows
            for each, count in cells.items()
        ],
    }


def told(questions: dict[str, Any], *tables: dict[str, Any]) -> Told:
    return Told({"tables": tables, "words": {"questions": questions}}, "en")


def test_choices_merged_in_one_column_stand_together_in_all() -> None:
    about = told(
        {"p": question("position", "a", "b", "c")},
        table("p", "by.gender", {"woman": {"a+b": 30, "c": 20}, "": {"a+b": 60, "c": 40}}),
        table("p", "overall", {"": {"a": 35, "b": 25, "c": 40, "-": 0}}),
    )  # fmt: skip
    [section] = clause_shown(about, "p", COLUMNS, {})
    first, *_ = section["lines"]
    assert first["label"] == "A / B"
    assert [each["shown"] for each in first["cells"]] == [
        Shown(30, 60.0),
        Shown(asked=False),
        Shown(60, 60.0),
    ]
    assert section["table"] == "p.by.gender"


def test_a_gap_is_not_what_nobody_was_asked() -> None:
    about = told(
        {"p": question("position", "a", "b")},
        table("p", "by.gender", {"woman": {"a": None, "b": 20}, "": {"a": 50, "b": 30}}),
        table("p", "overall", {"": {"a": 50, "b": 30, "-": 0}}),
    )  # fmt: skip
    woman, organisations, everyone = Across(about, "p", COLUMNS).counts(("a",))
    assert (woman.asked, woman.count) == (True, None)
    assert not organisations.asked
    assert everyone.count == 50


def test_an_answer_that_nobody_gave_is_none() -> None:
    about = told(
        {"p": question("position", "a", "b")},
        table("p", "overall", {"": {"a": 50, "b": 30}}),
    )
    assert Across(about, "p", COLUMNS).counts(("-",))[-1] == Shown(0, 0.0)


def test_themes_of_most_people_come_first_and_brackets_mark_the_alternative_of_most() -> None:
    about = told(
        {
            "p": question("position", "a", "b"),
            "w.themes": question("change", "few", "many", "third", told_in=["w"], kind="multiple"),
            "x": question(None, "1", "2", "no_view", bracket=1),
        },
        table("p", "overall", {"": {"a": 50, "b": 30, "-": 0}}),
        table("w.themes", "overall", {"": {"few": 10, "many": 40, "third": None, "-": 30}}),
        table("x", "overall", {"": {"1": 20, "2": 25, "no_view": 40, "-": 0}}),
    )
    _, wanted, bracket = clause_shown(about, "p", COLUMNS, {})
    assert [each["label"] for each in wanted["lines"]][:3] == ["Many", "Few", "Third"]
    assert [line["cells"][-1]["best"] for line in bracket["lines"]][:3] == [False, True, False]
    assert leading_themes(about, "art_1") == [
        {"label": "Many", "count": 40},
        {"label": "Few", "count": 10},
    ]


def test_everyone_has_no_distance_and_a_group_without_one_has_a_gap() -> None:
    about = told(
        {"p": question("position", "a", "b")}, table("p", "overall", {"": {"a": 5, "b": 3, "-": 0}})
    )
    rows = {COLUMNS[0]: {"rest": {"distance": -12.5}}, COLUMNS[2]: {"rest": None}}
    *_, distance = clause_shown(about, "p", COLUMNS, rows)[0]["lines"]
    woman, organisations, everyone = distance["cells"]
    assert woman["points"] == -12.5
    assert not organisations["shown"].asked
    assert not everyone["shown"].asked
