"""What a report says first, in sentences that carry their base and claim no more."""

from collections.abc import Mapping
from typing import Any

from flask_babel import get_locale, gettext

from consultations import figures
from consultations.codebook import POOLED
from consultations.reports.finding import Spread, dividing, spreads, uniting
from consultations.reports.heard import heard_groups, least_heard
from consultations.reports.method import people
from consultations.reports.statements_shown import statements_that_divide, statements_that_unite
from consultations.reports.told import Told

MOST = 3
"""Sentences of one kind, and groups named in one sentence."""


def title(told: Told) -> str:
    """The finding as a title; the consultation's own where there is none."""
    found = spreads(told.numbers)
    unites, divides = uniting(found), dividing(found)
    if unites and divides and unites[0].question != divides[0].question:
        return str(
            gettext(
                "%(one)s has support in every group shown; %(other)s divides them",
                one=_called(told, unites[0]),
                other=_called(told, divides[0]),
            )
        )
    if unites:
        return str(
            gettext("%(one)s has support in every group shown", one=_called(told, unites[0]))
        )
    if divides:
        return str(gettext("%(one)s divides the groups", one=_called(told, divides[0])))
    return told.labels.say(told.numbers["title"])


def finding(told: Told) -> str:
    """One or two sentences with what the matrix shows."""
    said = [*what_unites(told)[:1], *what_divides(told)[:1]]
    return " ".join(said) or _leading_answer(told)


def what_unites(told: Told) -> list[str]:
    """Provisions that every group shown is in favour of, and statements that unite them."""
    provisions = [_unites(told, each) for each in uniting(spreads(told.numbers))]
    return [*provisions[:MOST], *statements_that_unite(told)[:MOST]]


def what_divides(told: Told) -> list[str]:
    """Provisions and statements on which groups stand wide apart, the widest first."""
    provisions = [_divides(told, each) for each in dividing(spreads(told.numbers))]
    return [*provisions[:MOST], *statements_that_divide(told)[:MOST]]


def base(told: Told) -> str:
    """How many people stand behind the report."""
    said = people(told.numbers["coverage"]["individuals"])
    if told.numbers["sampling"] == "self_selected":
        return str(gettext("Base: %(people)s who chose to answer.", people=said))
    return str(gettext("Base: %(people)s who answered.", people=said))


def absent(told: Told) -> str:
    """Who was heard far less than their share in the population; empty where nobody was."""
    names = [told.group_name(each) for each in least_heard(heard_groups(told.numbers))]
    if not names:
        return ""
    groups = gettext(", ").join(names[:MOST])
    return str(gettext("Heard less than their share in the population: %(groups)s.", groups=groups))


def _called(told: Told, spread: Spread) -> str:
    """What a provision is about, in quotation marks; its number where it has no heading."""
    heading = told.labels.say(told.provision(spread.provision)["heading"])
    return str(gettext("“%(words)s”", words=heading or told.number(spread.provision)))


def _unites(told: Told, spread: Spread) -> str:
    return str(
        gettext(
            "%(name)s: more support than opposition in all %(count)s groups shown, from "
            "%(low)s points (%(group)s) upwards.",
            name=told.name(spread.provision),
            count=spread.groups,
            low=_points(spread.lowest),
            group=told.row_name(spread.lowest),
        )
    )


def _divides(told: Told, spread: Spread) -> str:
    return str(
        gettext(
            "%(name)s: %(low_group)s at %(low)s points, %(high_group)s at %(high)s.",
            name=told.name(spread.provision),
            low_group=told.row_name(spread.lowest),
            low=_points(spread.lowest),
            high_group=told.row_name(spread.highest),
            high=_points(spread.highest),
        )
    )


def _points(row: Mapping[str, Any]) -> str:
    return figures.isolated(figures.signed(row["net"]))


def _leading_answer(told: Told) -> str:
    """Where there is no matrix: the most frequent answer to the first question that shows one."""
    for question, (overall, *_) in told.tables.items():
        cells = [each for each in overall["cells"] if _is_shown_answer(each)]
        if cells:
            most = max(cells, key=lambda each: each["count"])
            categories = {each["code"]: each for each in overall["categories"]}
            return str(
                gettext(
                    "To “%(question)s”, the most frequent answer was “%(answer)s”: %(percent)s of "
                    "those asked.",
                    question=told.labels.question(question),
                    answer=told.labels.category(question, categories[most["category"]]),
                    percent=figures.percent(most["percent"], get_locale()),
                )
            )
    return ""


def _is_shown_answer(cell: Mapping[str, Any]) -> bool:
    return cell["count"] is not None and cell["category"] != POOLED
