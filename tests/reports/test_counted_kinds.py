"""Votes and rankings in a report: every kind with choices is counted."""

import json
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from consultations.db import db
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Questionnaire
from consultations.reports.building import Wanted, build
from consultations.reports.document import PUBLIC
from consultations.rounds.models import CLOSED
from tests.factories import a_consultation, a_round, a_submission
from tests.questionnaires.every_kind import EVERY_KIND

ASKED = Questionnaire(
    {"en": "Votes and rankings"},
    ("en",),
    "en",
    tuple(EVERY_KIND.by_name[name] for name in ("statement", "needs")),
)


def test_votes_and_the_first_places_of_rankings_are_counted(app: Flask, tmp_path: Path) -> None:
    about = a_consultation()
    of = a_round(about, stage=CLOSED, questionnaire_version_id=add_version(about, ASKED).id)
    for place in range(60):
        needs = (["water", "road"], ["clinic", "water"], ["-6"])[place % 3]
        a_submission(of, statement=("agree", "disagree", "pass")[place % 3], needs=needs)
    db.session.commit()

    wanted = Wanted(tmp_path, ["en"], ["json", "html"], PUBLIC)
    build(about, of, wanted, instance=tmp_path, by=None, at=datetime(2026, 6, 1, tzinfo=UTC))
    db.session.commit()

    report = json.loads((tmp_path / "report.en.json").read_text())
    tables = {each["id"]: each for each in report["tables"]}
    counts = {
        name: {each["category"]: each["count"] for each in table["cells"]}
        for name, table in tables.items()
    }
    assert tables["statement.overall"]["kind"] == "votes"
    assert counts["statement.overall"] == {"agree": 20, "disagree": 20, "pass": 20, "-": 0}
    assert tables["needs.overall"]["kind"] == "ranking"
    assert counts["needs.overall"] == {
        "water": 20, "school": 0, "road": 0, "clinic": 20, "-": 20,
    }  # fmt: skip
    assert "What matters most here? (first place)" in (tmp_path / "report.en.html").read_text()
