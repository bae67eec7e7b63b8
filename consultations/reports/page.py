"""The report as a page: the finding, who was heard, the matrix, then question by question."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext

from consultations.analysis.plan import GROUP
from consultations.replies.words import DISPOSITION_WORDS
from consultations.reports import sentences
from consultations.reports.charts import chart
from consultations.reports.heard import heard_groups
from consultations.reports.matrix_shown import ProvisionAddress, matrix_shown
from consultations.reports.method import annex, coverage_lists, non_response
from consultations.reports.numbers import ORGANISATIONS
from consultations.reports.scales_shown import scale_shown
from consultations.reports.statements_shown import statements_shown
from consultations.reports.tables import table_shown
from consultations.reports.told import Told
from consultations.reports.too_few_shown import too_few_shown
from consultations.reports.weighted_shown import weighted_shown


def report_page(
    numbers: Mapping[str, Any],
    *,
    language: str,
    address: ProvisionAddress,
    published_on: date | None = None,
    manifest: Mapping[str, Any] | None = None,
    brackets: list[dict[str, Any]] | None = None,
    words: Iterable[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """Everything the template of a report shows, as words and numbers of one language."""
    told = Told(numbers, language)
    return {
        "title": sentences.title(told),
        "round": gettext("Report of round %(number)s", number=numbers["round"]),
        "published_on": published_on,
        "finding": sentences.finding(told),
        "base": sentences.base(told),
        "heard": heard_shown(told),
        "absent": sentences.absent(told),
        "matrix": matrix_shown(told, address),
        "too_few": too_few_shown(told, words),
        "brackets": brackets or [],
        "unites": sentences.what_unites(told),
        "divides": sentences.what_divides(told),
        "statements": statements_shown(told),
        "answered_points": _answered_points(told, address),
        "campaigns": [],
        "questions": [_question(told, name, address) for name in told.tables],
        "method": annex(numbers, told.labels),
        "weighted": weighted_shown(numbers, told.labels),
        "coverage": coverage_lists(numbers, told.labels),
        "disclosure": numbers["disclosure"],
        "manifest": manifest,
    }


def heard_shown(told: Told) -> list[dict[str, Any]]:
    """Groups of people against their share in the population, then organisations."""
    found = [
        {
            "label": told.group_name(each),
            "count": each.count,
            "share": _percent(each.share),
            "reference_share": _percent(each.reference_share),
            "note": None,
        }
        for each in heard_groups(told.numbers)
    ]
    organisations = told.numbers["coverage"]["organisations"]
    if organisations != 0:
        found.append(
            {
                "label": gettext("Organisations"),
                "count": organisations,
                "share": None,
                "reference_share": None,
                "note": gettext("counted apart"),
            }
        )
    return found


def provision_chart(told: Told, wid: str) -> tuple[str, dict[str, Any]] | None:
    """The position on a provision (by its stable id) as (question, chart), if it was asked."""
    eids = {each["eid"] for each in told.numbers["provisions"] if each["wid"] == wid}
    for name, tables in told.tables.items():
        asked = told.asked(name)
        if asked["role"] == "position" and asked["provision"] in eids:
            drawn = chart(name, _charted(told, tables), told.labels)
            return (name, drawn) if drawn else None
    return None


def _answered_points(told: Told, address: ProvisionAddress) -> list[dict[str, Any]]:
    """What became of published comments, provision by provision."""
    found = []
    for eid, provision in told.provisions.items():
        counts = {each["code"]: each["count"] for each in provision["dispositions"]}
        answers = [
            {"code": code, "label": gettext(word), "count": counts[code]}
            for code, word in DISPOSITION_WORDS.items()
            if counts.get(code)
        ]
        if answers:
            found.append({"name": told.name(eid), "url": address(eid),
                          "points": sum(counts.values()), "answers": answers})  # fmt: skip
    return found


def _question(told: Told, name: str, address: ProvisionAddress) -> dict[str, Any]:
    overall, *rest = told.tables[name]
    eid = told.asked(name)["provision"]
    about = {"name": told.name(eid), "url": address(eid)} if eid in told.provisions else None
    return {
        "name": name,
        "label": told.labels.question(name),
        "provision": about,
        "chart": chart(name, _charted(told, told.tables[name]), told.labels),
        "overall": table_shown(overall, told.labels),
        "silent": non_response(told.numbers, name),
        "scale": scale_shown(told, name),
        "tables": [table_shown(each, told.labels) for each in rest],
    }


def _charted(told: Told, tables: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The tables whose rows a question's chart shows: everyone, then groups of people."""
    people = [each for each in tables if each["population"] != ORGANISATIONS]
    overall = [each for each in people if not each["by"]]
    over_categories = [each for each in people if each["by"] == [GROUP]]
    dimensions = [each for each in people if each["by"] in ([name] for name in told.dimensions)]
    return [*overall, *(over_categories or dimensions)]


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
