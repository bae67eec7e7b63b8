"""Which alternative of an open bracket people prefer, in a sentence."""

from typing import Any

from flask_babel import get_locale, gettext

from consultations import figures
from consultations.analysis.plan import CHANNEL, ENTRY, GROUP
from consultations.reports.numbers import ORGANISATIONS
from consultations.reports.told import Told, breakdown


def preferred(told: Told, provision: str, bracket: int) -> str:
    """What everyone prefers, and who prefers something else; empty where nothing is told.

    Groups are the declared ones over categories, where there are any, else those of dimensions.
    """
    rows = [
        each
        for each in told.numbers.get("preferences", ())
        if (each["provision"], each["bracket"]) == (provision, bracket)
    ]
    everyone = next((each for each in rows if not breakdown(each)), None)
    if everyone is None or everyone["preferred"] is None:
        return ""
    said = str(
        gettext(
            "Chosen most often: “%(answer)s” (%(share)s of everyone asked).",
            answer=_answer(told, everyone),
            share=_share(everyone),
        )
    )
    others = [
        each for each in _groups(rows) if each["preferred"] not in (None, everyone["preferred"])
    ]
    if not others:
        return said
    named = gettext(", ").join(
        gettext(
            "%(group)s “%(answer)s” (%(share)s)",
            group=told.row_name(each),
            answer=_answer(told, each),
            share=_share(each),
        )
        for each in others
    )
    otherwise = gettext("Otherwise: %(groups)s.", groups=named)
    return f"{said} {otherwise}"


def _groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    people = [each for each in rows if breakdown(each) not in ("", CHANNEL, ENTRY, ORGANISATIONS)]
    return [each for each in people if breakdown(each) == GROUP] or people


def _answer(told: Told, row: dict[str, Any]) -> str:
    return told.labels.category(row["question"], {"code": row["preferred"]})


def _share(row: dict[str, Any]) -> str:
    cell = next(each for each in row["alternatives"] if each["code"] == row["preferred"])
    return figures.percent(cell["percent"], get_locale())
