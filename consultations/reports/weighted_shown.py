"""Weighted figures as the method annex shows them, each beside the figure as answered."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import get_locale, gettext

from consultations import figures
from consultations.reports.labels import Labels

Way = Mapping[str, Any]
Answer = tuple[str, tuple[str, ...]]
"""A question, and the codes of a category."""


def weighted_shown(numbers: Mapping[str, Any], labels: Labels) -> dict[str, Any] | None:
    """{costs, columns, questions}: a row per answer, a column per way of weighting.

    A figure that is withheld is None; one of an answer that a way has merged otherwise, empty.
    """
    ways = numbers.get("weighted", [])
    if not ways:
        return None
    tables = {each["id"]: each for each in numbers["tables"]}
    return {
        "costs": [_cost(way, numbers, labels) for way in ways],
        "columns": [_way(way, labels) for way in ways],
        "questions": [
            {"label": labels.question(name), "rows": [*_rows(name, ways, tables, labels)]}
            for name in dict.fromkeys(each["question"] for way in ways for each in way["figures"])
        ],
    }


def _rows(
    question: str, ways: list[Way], tables: Mapping[str, Any], labels: Labels
) -> Iterator[dict[str, Any]]:
    """Answers merged differently for different groups stand in rows of their own."""
    found: dict[Answer, dict[int, Mapping[str, Any]]] = {}
    names: dict[Answer, str] = {}
    for place, way in enumerate(ways):
        for figure in way["figures"]:
            if figure["question"] == question:
                category = _category(tables[figure["table"]], figure["category"])
                answer = question, tuple(category.get("of") or [category["code"]])
                found.setdefault(answer, {})[place] = figure
                names[answer] = labels.category(question, category)
    for answer, by_way in found.items():
        answered = [each["percent"] for each in by_way.values() if each["percent"] is not None]
        yield {
            "label": names[answer],
            "answered": _percent(answered[0], whole=False) if answered else None,
            "cells": [
                _percent(by_way[place]["weighted"]) if place in by_way else ""
                for place in range(len(ways))
            ],
        }


def _category(table: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(each for each in table["categories"] if each["code"] == code)
    return found


def _way(way: Way, labels: Labels) -> str:
    names = [labels.breakdown(name) for name in way["by"]]
    if len(names) == 1:
        return names[0]
    return str(gettext("%(one)s and %(other)s", one=names[0], other=names[1]))


def _cost(way: Way, numbers: Mapping[str, Any], labels: Labels) -> dict[str, str]:
    """What a way of weighting takes as known, and what it costs."""
    references = [numbers["words"]["dimensions"][name]["reference"] for name in way["by"]]
    return {
        "way": _way(way, labels),
        "source": " · ".join(dict.fromkeys(each for each in references if each)),
        "design_effect": figures.index(way["design_effect"], get_locale()),
        "effective_size": figures.number(way["effective_size"], get_locale()),
        "largest_weight": figures.index(way["largest_weight"], get_locale()),
        "missed": figures.number(way["missed"], get_locale()),
    }


def _percent(value: float | None, *, whole: bool = True) -> str | None:
    return None if value is None else figures.percent(value, get_locale(), whole=whole)
