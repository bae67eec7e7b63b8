"""The figures of a published report: made of its own tables, in its file and on its page."""

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask

from consultations.db import db
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import VOTES, Choice, Question, Questionnaire
from consultations.reports.beside import told_beside
from consultations.reports.building import Wanted, build
from consultations.reports.document import PUBLIC
from consultations.reports.scales import scales
from consultations.reports.statements import statements
from consultations.reports.verifying import verify
from consultations.reports.weighted import weighted
from consultations.rounds.models import CLOSED, Consultation
from tests.factories import a_consultation, a_round, a_submission

STATEMENTS = {
    "radio": ("I would believe a notice more if our own radio read it out.", "إذاعتنا المحلية"),
    "harvest": ("There should be no exercises at harvest.", "لا مناورات في الحصاد"),
    "night": ("Exercises at night are acceptable.", "المناورات ليلاً مقبولة"),
    "short": ("One day of warning is enough.", "يكفي إنذار قبل يوم واحد"),
}
CHANCES = {  # of agreeing, disagreeing, passing: people of 18 to 29, then the others
    "radio": ((70, 10, 20), (75, 15, 10)),
    "harvest": ((60, 25, 15), (90, 4, 6)),
    "night": ((60, 25, 15), (20, 65, 15)),
    "short": ((15, 70, 15), (20, 70, 10)),
}
CLEAR = ("Very unclear", "Unclear", "Neither", "Clear", "Very clear")
WEIGHTS = (10, 15, 15, 35, 25)
PEOPLE = {"woman": 0.38, "man": 0.62}
YOUNG = 0.45
PLAN: dict[str, Any] = {
    "dimensions": {
        "gender": {"reference": {"source": "Census", "shares": {"woman": 0.51, "man": 0.49}}},
        "age": {"reference": {"source": "Census", "shares": {"18-24": 0.3, "30-44": 0.7}}},
    },
    "groups": [
        {"code": "women", "label": {"en": "Women", "ar": "النساء"}, "of": {"gender": ["woman"]}},
        {"code": "men", "label": {"en": "Men", "ar": "الرجال"}, "of": {"gender": ["man"]}},
        {"code": "young", "label": {"en": "Youth", "ar": "الشباب"}, "of": {"age": ["18-24"]}},
        {
            "code": "older",
            "label": {"en": "Over 30", "ar": "فوق الثلاثين"},
            "of": {"age": ["30-44"]},
        },
    ],
    "crossings": [["gender", "age"]],
}


def asked() -> Questionnaire:
    def single(name: str, kind: str, label: tuple[str, str], choices: dict[str, str], **more: Any):
        words = tuple(Choice(code, {"en": word}) for code, word in choices.items())
        return Question(
            name, kind, dict(zip(("en", "ar"), label, strict=True)), choices=words, **more
        )

    points = {str(place): word for place, word in enumerate(CLEAR, start=1)}
    votes = dict(zip(VOTES, ("Agree", "Disagree", "Pass"), strict=True))
    return Questionnaire(
        {"en": "Questions"},
        ("en", "ar"),
        "en",
        (
            single("clear", "scale", ("Is it clear?", "هل هي واضحة؟"), points, provision="art_1",
                   role="clear"),
            *(single(name, "vote", label, votes, choice_list="votes")
              for name, label in STATEMENTS.items()),
            single("gender", "single", ("Gender", "الجنس"), {"woman": "Woman", "man": "Man"},
                   dimension="gender"),
            single("age", "single", ("Age", "العمر"), {"18-24": "18 to 24", "30-44": "30 to 44"},
                   dimension="age"),
        ),
    )  # fmt: skip


def answered(people: int = 900, **changes: Any) -> Consultation:
    """A closed round in which many young people and few women answered."""
    about = a_consultation(plan=PLAN, languages=["en", "ar"], **changes)
    of = a_round(about, stage=CLOSED, questionnaire_version_id=add_version(about, asked()).id)
    drawn = Random(5)
    for _ in range(people):
        young = drawn.random() < YOUNG
        a_submission(
            of,
            clear=drawn.choices(["1", "2", "3", "4", "5"], WEIGHTS)[0],
            gender=drawn.choices([*PEOPLE], [*PEOPLE.values()])[0],
            age="18-24" if young else "30-44",
            **{
                name: drawn.choices(VOTES, chances[0 if young else 1])[0]
                for name, chances in CHANCES.items()
            },
        )
    db.session.commit()
    return about


def published(about: Consultation, directory: Path) -> dict[str, Any]:
    wanted = Wanted(directory, ["en", "ar"], ["json", "html", "csv"], PUBLIC)
    at = datetime(2026, 6, 1, tzinfo=UTC)
    build(about, about.rounds[0], wanted, instance=directory.parent, by=None, at=at)
    db.session.commit()
    report: dict[str, Any] = json.loads((directory / "report.en.json").read_text("utf-8"))
    return report


def test_every_figure_can_be_worked_out_again_from_the_published_file(
    app: Flask, tmp_path: Path
) -> None:
    report = published(answered(), tmp_path / "out")
    assert report["scales"] == scales(report["tables"]) != []
    assert report["statements"] == statements(report["tables"]) != []
    assert report["weighted"] == weighted(report["tables"], report["coverage"]) != []
    assert verify(tmp_path / "out")["failures"] == []
    assert list(told_beside(report)) == []


def falsified(report: dict[str, Any], part: str) -> dict[str, Any]:
    if part == "scales":
        report["scales"][0]["agreement"] = 0.999
    elif part == "statements":
        report["statements"][0]["groups"][0]["net"] = 99.9
    elif part == "weighted":
        report["weighted"][0]["figures"][0]["weighted"] = 99
    else:
        report["tables"][0]["cells"][0]["interval"] = [1.0, 2.0]
    return report


def test_a_figure_that_says_something_else_than_its_tables_is_found(
    app: Flask, tmp_path: Path
) -> None:
    about = answered(300, sampling="probability", sampling_design={"en": "Drawn by lot."})
    report = published(about, tmp_path / "out")
    for part in ("scales", "statements", "weighted", "interval"):
        [departure] = told_beside(falsified(deepcopy(report), part))
        assert part in departure


def test_the_page_tells_what_unites_and_divides_and_weighs_in_the_annex(
    app: Flask, tmp_path: Path
) -> None:
    published(answered(), tmp_path / "out")
    page = (tmp_path / "out" / "report.en.html").read_text("utf-8")
    unites, divides = page.split("<h2>What unites</h2>")[1].split("<h2>What divides</h2>")
    assert "no exercises at harvest”: more agree than disagree in all 4 groups" in unites
    assert "Exercises at night are acceptable”: Over 30 at" in divides
    assert "harvest" not in divides.partition("</ul>")[0]
    assert "warning is enough”: more disagree than agree in all 4 groups" in page
    assert "Where the answers lean, and how far they agree" in page
    weighted = page.split("Weighted figures</h3>")[1]
    assert ">Gender</th>" in weighted
    assert ">Gender and Age</th>" in weighted


@pytest.mark.parametrize("sampling", ["probability", "self_selected"])
def test_intervals_are_shown_for_a_documented_sample_only(
    app: Flask, tmp_path: Path, sampling: str
) -> None:
    about = answered(300, sampling=sampling, sampling_design={"en": "Drawn from a register."})
    report = published(about, tmp_path / "out")
    page = (tmp_path / "out" / "report.en.html").read_text("utf-8")
    shown = {"interval" in cell for table in report["tables"] for cell in table["cells"]}
    assert shown == {sampling == "probability"}
    assert ("an interval of 95 % (Wilson)" in page) == (sampling == "probability")
