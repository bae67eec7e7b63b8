"""The method annex: what these numbers are, what was done to them, and what they cannot say."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import get_locale, gettext, ngettext

from consultations import figures
from consultations.i18n import own_name
from consultations.reports.labels import BREAKDOWNS, CHANNELS, Labels
from consultations.words import N_

SILENCES = {
    "-8": N_("Do not know"),
    "-7": N_("Prefer not to say"),
    "-6": N_("Skipped"),
    "-4": N_("Cannot be read"),
}


def annex(numbers: Mapping[str, Any], labels: Labels) -> list[str]:
    """The annex, a paragraph each."""
    return [str(each) for each in _sentences(numbers, labels)]


def coverage_lists(numbers: Mapping[str, Any], labels: Labels) -> list[dict[str, Any]]:
    """Who was heard, list by list: every dimension, channels, languages, and non-response."""
    coverage = numbers["coverage"]
    found = []
    for name in labels.words["dimensions"]:
        rows = [
            {
                "label": labels.group(name, each["codes"][0], each.get("of", {}).get(name, ())),
                "count": each["count"],
                "ratio": each["ratio"],
            }
            for each in coverage["groups"]
            if each["dimension"] == name
        ]
        found.append({"caption": labels.breakdown(name), "rows": rows})
    found.append({"caption": gettext(BREAKDOWNS["channel"]), "rows": [
        {"label": gettext(CHANNELS[each["code"]]), "count": each["count"]}
        for each in coverage["by_channel"]]})  # fmt: skip
    found.append({"caption": gettext("Language of the answers"), "rows": [
        {"label": own_name(each["code"]), "count": each["count"]}
        for each in coverage["by_language"]]})  # fmt: skip
    return [each for each in found if each["rows"]]


def non_response(numbers: Mapping[str, Any], question: str) -> list[dict[str, Any]]:
    """How many did not answer a question, by kind."""
    return [
        {"label": gettext(SILENCES[each["code"]]), "count": each["count"]}
        for each in numbers["coverage"]["non_response"]
        if each["question"] == question and each["code"] in SILENCES and each["count"] != 0
    ]


def _sentences(numbers: Mapping[str, Any], labels: Labels) -> Iterator[str]:
    policy, done = numbers["policy"], numbers["disclosure"]
    yield _sampling(numbers, labels)
    yield gettext(
        "Percentages are of the people of a group who were asked the question; those who did not "
        "answer it stand in a column of their own. Organisations are counted apart and never in "
        "the same percentage as people."
    )
    yield gettext(
        "No number of people under %(threshold)s who belong to a planned group or gave a planned "
        "answer is shown; how few did not answer is shown, except in sensitive questions. A group "
        "of fewer than %(base)s people is shown in the coverage but not in the tables. Where that "
        "was not enough, answers and small groups were merged, and what could still be worked out "
        "by subtraction was hidden as well; both kinds of gap look alike.",
        threshold=policy["threshold"],
        base=policy["minimum_base"],
    )
    yield gettext(
        "Of %(tables)s planned tables, %(planned)s are shown as planned, %(merged)s merged, "
        "%(hidden)s with hidden numbers; %(withheld)s are withheld.",
        tables=_number(done["tables"]),
        planned=_number(done["as_planned"]),
        merged=_number(done["merged"]),
        hidden=_number(done["with_suppressed_cells"]),
        withheld=_number(done["withheld"]),
    )
    yield from _reach(numbers.get("reach") or numbers["usefulness"])
    yield _audit(numbers["audit"])
    yield from _examples(numbers["audit"])
    yield gettext(
        "The protection is one of arithmetic: from everything published here, no protected count "
        "can be bounded more tightly than from 0 to the threshold. It does not protect against "
        "those who know answers from elsewhere, nor against somebody who adds invented answers to "
        "a rare group and subtracts them again."
    )


def _sampling(numbers: Mapping[str, Any], labels: Labels) -> str:
    if any("interval" in cell for table in numbers["tables"] for cell in table["cells"]):
        return str(
            gettext(
                "People were chosen by a documented design: %(design)s Beside every share stands "
                "an interval of 95 %% (Wilson), as if they had been drawn one by one at random. A "
                "design with clusters or weights, and people who did not take part, make the true "
                "uncertainty larger.",
                design=labels.say(numbers["sampling_design"]),
            )
        )
    if numbers["sampling"] == "probability":
        return str(
            gettext(
                "People were chosen by a documented design: %(design)s No margin of error is "
                "computed here.",
                design=labels.say(numbers["sampling_design"]),
            )
        )
    if numbers["sampling"] == "invited":
        return str(
            gettext(
                "People took part by invitation. They do not stand for a population, so no margin "
                "of error can be calculated."
            )
        )
    return str(
        gettext(
            "People chose to take part. They do not stand for everyone in the region, so no margin "
            "of error can be calculated; differences between groups are differences among those "
            "who answered."
        )
    )


def _reach(measures: Mapping[str, Any]) -> Iterator[str]:
    if measures["reached"] is not None and measures["rows_without_gap"] is not None:
        yield gettext(
            "%(reached)s of the planned figures of tables by one characteristic reach the reader, "
            "alone or merged; %(rows)s of their rows have no gap.",
            reached=figures.whole_percent(measures["reached"], get_locale()),
            rows=figures.whole_percent(measures["rows_without_gap"], get_locale()),
        )


def _audit(models: list[str]) -> str:
    if "joint" in models:
        return str(
            gettext(
                "Before publication everything shown was audited by linear programming, all "
                "questions and all groups together."
            )
        )
    return str(
        gettext(
            "Before publication everything shown was audited by linear programming, question by "
            "question with the groups they share; all questions together were too many for one "
            "calculation."
        )
    )


def _examples(models: list[str]) -> Iterator[str]:
    """Whether populations of whole people were found; a report made before does not say."""
    if "whole" in models:
        yield gettext(
            "Each count that had to be protected was shown to be open by examples: populations of "
            "whole people that agree with every published number of a question, in which the "
            "count is zero or reaches the threshold."
        )
    if "bounds" in models:
        yield gettext(
            "That the counts that had to be protected are open was shown by their bounds; examples "
            "in whole people were not found, or not looked for, for all of them."
        )


def people(count: int) -> str:
    """A number of people in words."""
    return str(ngettext("%(n)s person", "%(n)s people", count, n=_number(count)))


def _number(value: int) -> str:
    return figures.number(value, get_locale())
