"""Votes on statements as a report tells them: by group, and what unites and divides the groups."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale, gettext

from consultations import figures
from consultations.analysis.plan import GROUP
from consultations.reports.finding import FEWEST_GROUPS, WIDE
from consultations.reports.told import Told

Statement = Mapping[str, Any]


def statements_shown(told: Told) -> dict[str, Any] | None:
    """{groups, rows}: the net of every group on every statement, the most shared first."""
    found = _statements(told)
    if not found:
        return None
    return {
        "groups": [_group_name(told, found[0], each) for each in found[0]["groups"]],
        "rows": [
            {
                "statement": told.labels.question(each["question"]),
                "href": f"#{each['table']}",
                "nets": [group["net"] for group in each["groups"]],
                "consensus": _consensus(each),
            }
            for each in sorted(found, key=lambda each: -_shared(each))
        ],
    }


def statements_that_unite(told: Told) -> list[str]:
    """Statements that all groups shown agree with, or all disagree with; the most shared first."""
    found = [each for each in _statements(told) if _one_sided(each)]
    return [_unites(told, each) for each in sorted(found, key=lambda each: -_shared(each))]


def statements_that_divide(told: Told) -> list[str]:
    """Statements on which groups stand wide apart on different sides, the widest first."""
    found = [
        each for each in _statements(told) if (each["spread"] or 0) >= WIDE and not _one_sided(each)
    ]
    return [_divides(told, each) for each in sorted(found, key=lambda each: -each["spread"])]


def _statements(told: Told) -> list[Statement]:
    """By the declared groups over categories; else by the first dimension that shows groups."""
    rows = told.numbers.get("statements", [])
    for by in (GROUP, *told.dimensions):
        found = [each for each in rows if each["by"] == by and len(_groups(each)) >= FEWEST_GROUPS]
        if found:
            return found
    return []


def _groups(statement: Statement) -> list[Mapping[str, Any]]:
    return [each for each in statement["groups"] if each["codes"]]


def _one_sided(statement: Statement) -> bool:
    nets = [each["net"] for each in _groups(statement)]
    return None not in nets and (min(nets) > 0 or max(nets) < 0)


def _shared(statement: Statement) -> float:
    """The higher of the two consensuses; below all others where neither can be told."""
    return max(statement["all_agree"] or -1, statement["all_disagree"] or -1)


def _consensus(statement: Statement) -> dict[str, Any] | None:
    agree, disagree = statement["all_agree"], statement["all_disagree"]
    if agree is None or disagree is None:
        return None
    word = gettext("agree") if agree >= disagree else gettext("disagree")
    return {
        "word": word,
        "percent": figures.percent(100 * max(agree, disagree), get_locale(), whole=True),
    }


def _unites(told: Told, statement: Statement) -> str:
    groups = sorted(_groups(statement), key=lambda each: abs(each["net"]))
    values = {
        "statement": _quoted(told, statement),
        "count": len(groups),
        "points": figures.isolated(figures.signed(groups[0]["net"])),
        "group": _group_name(told, statement, groups[0]),
    }
    if groups[0]["net"] > 0:
        return str(
            gettext(
                "“%(statement)s”: more agree than disagree in all %(count)s groups shown, least "
                "clearly among %(group)s (%(points)s points).",
                **values,
            )
        )
    return str(
        gettext(
            "“%(statement)s”: more disagree than agree in all %(count)s groups shown, least "
            "clearly among %(group)s (%(points)s points).",
            **values,
        )
    )


def _divides(told: Told, statement: Statement) -> str:
    groups = sorted(_groups(statement), key=lambda each: each["net"])
    low, high = groups[0], groups[-1]
    return str(
        gettext(
            "“%(statement)s”: %(low_group)s at %(low)s points, %(high_group)s at %(high)s.",
            statement=_quoted(told, statement),
            low_group=_group_name(told, statement, low),
            low=figures.isolated(figures.signed(low["net"])),
            high_group=_group_name(told, statement, high),
            high=figures.isolated(figures.signed(high["net"])),
        )
    )


def _quoted(told: Told, statement: Statement) -> str:
    return told.labels.question(statement["question"]).rstrip(" .")


def _group_name(told: Told, statement: Statement, group: Mapping[str, Any]) -> str:
    if not group["codes"]:
        return str(gettext("Everyone"))
    by = statement["by"]
    return told.labels.group(by, group["codes"][0], group.get("of", {}).get(by, ()))
