"""Answers drawn at random to questions of every kind that is counted, twice over.

Once as they are stored, and once as the plain lists that a statistician would have made of them.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from consultations.analysis.plan import CHANNEL, ENTRY, LANGUAGE, Responses, TablePlan
from consultations.analysis.tallies import Tallies
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.rounds.models import Round
from consultations.submissions.models import ORGANISATION, Submission
from tests.factories import a_consultation, a_round

PLAN = {
    "dimensions": {"gender": {}, "age": {}, "living": {"label": {"en": "Lives"}}},
    "groups": [{"code": "young_women", "label": {"en": "Young women"},
                "of": {"gender": ["woman"], "age": ["18-24", "25-29"]}}],
    "crossings": [["gender", "living"]],
}  # fmt: skip
SOURCES = tuple("abcdefgh")
SILENT = ("-6", "-7", "-8", "-9")


def _choices(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, {"en": code}) for code in codes)


ASKED = Questionnaire({"en": "Questions"}, ("en", "ar"), "en", (
    Question("Trust", "scale", {"en": "Trust?"}, choices=_choices(*"12345")),
    Question("trust", "single", {"en": "Why?"}, choices=_choices("own", "told"),
             relevant="${Trust} = '1'"),
    Question("sources", "multiple", {"en": "Sources?"}, choices=_choices(*SOURCES)),
    Question("first", "ranking", {"en": "Order?"}, choices=_choices(*"wxyz")),
    Question("gender", "single", {"en": "Gender"}, choices=_choices("woman", "man"),
             dimension="gender"),
    Question("years", "integer", {"en": "Age"}, dimension="age"),
    Question("lives", "multiple", {"en": "Where?"}, choices=_choices("town", "land"),
             dimension="living"),
    Question("remark", "long_text", {"en": "Anything else?"}),
))  # fmt: skip


class Drawn(NamedTuple):
    """One submission: as it is stored, and as it is counted."""

    stored: dict[str, Any]
    counted: dict[str, Any]


def drawn(number: int, seed: int = 1) -> Iterator[Drawn]:
    """So many submissions of individuals."""
    chance = Random(seed)
    for _ in range(number):
        yield _one(chance)


def _one(chance: Random) -> Drawn:
    silent = chance.choice(SILENT)
    trust = chance.choice([*"12345", silent])
    why = chance.choice(["own", "told", "-6"]) if trust == "1" else "-9"
    sources = [code for code in SOURCES if chance.random() < 0.3] or [chance.choice(SILENT)]
    order = chance.sample("wxyz", chance.randint(1, 4)) if chance.random() < 0.8 else ["-6"]
    gender = chance.choice(["woman", "man", "-7"])
    years = chance.choice([None, 12, 19, 27.5, 40, 80])
    lives = chance.choice([["town"], ["land"], ["town", "land"], ["-6"]])
    answers = {"Trust": trust, "trust": why, "sources": sources, "first": order, "gender": gender,
               "lives": lives, "remark": 'A "word"\nin two lines'}  # fmt: skip
    if years is not None:
        answers["years"] = years
    stored = {
        "answers": answers,
        "language": chance.choice(["en", "ar", "fr"]),
        "channel": chance.choice(["web", "paper"]),
        "entry": chance.choice(["open", "invited"]),
    }
    bands = {19: "18-24", 27.5: "25-29", 40: "30-44", 80: "60+"}
    ranked = order + ["-6"] * 4 if order != ["-6"] else ["-6"] * 4
    counted = {
        "Trust": trust, "trust": why, "sources": tuple(sources),
        "first": ranked[0], "first.2": ranked[1], "first.3": ranked[2],
        "gender": gender if gender != "-7" else "-",
        "age": bands.get(years, "-"),  # type: ignore[call-overload]
        "living": {"town": "town", "land": "land", "-6": "-"}[lives[0]] if len(lives) == 1
        else "several",
        CHANNEL: stored["channel"], LANGUAGE: stored["language"], ENTRY: stored["entry"],
    }  # fmt: skip
    return Drawn(stored, counted)


def a_round_of_every_kind() -> Round:
    """An open round in which all that is asked; nobody has answered yet."""
    about = a_consultation(plan=PLAN)
    return a_round(about, questionnaire_version_id=add_version(about, ASKED).id)


def stored(of: Round, rows: Sequence[Drawn], **changes: Any) -> list[Submission]:
    """The submissions, not added yet."""
    return [
        Submission(
            round_id=of.id,
            questionnaire_version_id=of.questionnaire_version_id,
            **{**row.stored, **changes},
        )
        for row in rows
    ]


def listed(plan: TablePlan, rows: Sequence[Drawn]) -> Responses:
    """The same as plain lists."""
    return Responses(
        len(rows),
        {each.name: [row.counted[each.name] for row in rows] for each in plan.questions},
        {each.name: [row.counted[each.name] for row in rows] for each in plan.dimensions},
        *([row.counted[name] for row in rows] for name in (CHANNEL, LANGUAGE, ENTRY)),
    )


def everything(tallies: Tallies) -> dict[str, Any]:
    """All that tallies tell, by question and by every set of dimensions that is asked for."""
    universe = tallies.universe
    sets = [(), *((name,) for name in universe.dimensions), ("gender", "living"), ("age", "gender")]
    found: dict[str, Any] = {"n": tallies.n, "kinds": tallies.kinds, "universe": universe}
    for question in ("", *universe.questions):
        for names in sets if not question else [each for each in sets if LANGUAGE not in each]:
            table = tallies._table(question, tuple(sorted(names)))
            found[f"{question} by {names}"] = table.tolist()
    return found


__all__ = ["ORGANISATION", "a_round_of_every_kind", "drawn", "everything", "listed", "stored"]
