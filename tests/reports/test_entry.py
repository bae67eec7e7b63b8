"""Open and invited answers are counted apart, wherever a round has both."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from consultations.db import db
from consultations.reports.building import Wanted, build
from consultations.reports.document import PUBLIC
from consultations.reports.verifying import verify
from consultations.rounds.models import CLOSED, Consultation
from tests.factories import a_consultation, a_round, a_submission

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
POSITIONS = ("support", "support_with_changes", "oppose", "no_view")


def answered(*, invited: int, openly: int) -> Consultation:
    """A closed round with so many answers of each kind."""
    made = a_consultation()
    of = a_round(made, stage=CLOSED)
    for place in range(invited + openly):
        position = POSITIONS[place % 4]
        submission = a_submission(of, art_1_position=position, art_2_position=position, gender="-6")
        submission.entry = "invited" if place < invited else "open"
    db.session.commit()
    return made


def report(of: Consultation, directory: Path) -> dict[str, Any]:
    """The published report in English."""
    wanted = Wanted(directory / "out", ["en"], ["json"], PUBLIC)
    build(of, of.rounds[0], wanted, instance=directory, by=None, at=AT)
    db.session.commit()
    assert verify(directory / "out")["failures"] == []
    found: dict[str, Any] = json.loads((directory / "out" / "report.en.json").read_text())
    return found


def tables(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in found["tables"]}


def test_a_round_with_both_has_a_table_by_the_way_in(app: Flask, tmp_path: Path) -> None:
    table = tables(report(answered(invited=60, openly=80), tmp_path))["art_1_position.by.entry"]
    assert table["by"] == ["entry"]
    bases = {tuple(each["codes"]): each["base"] for each in table["groups"]}
    assert bases == {("invited",): 60, ("open",): 80, (): 140}
    counts = {(each["category"], *each["group"]): each["count"] for each in table["cells"]}
    assert counts["support", "invited"] == 15
    assert counts["support", "open"] == 20


@pytest.mark.parametrize(("invited", "openly"), [(80, 0), (0, 80)])
def test_a_round_with_one_of_them_has_none(
    app: Flask, tmp_path: Path, invited: int, openly: int
) -> None:
    found = tables(report(answered(invited=invited, openly=openly), tmp_path))
    assert not [name for name in found if name.endswith(".by.entry")]


def test_a_handful_of_invited_people_is_not_told(app: Flask, tmp_path: Path) -> None:
    found = tables(report(answered(invited=3, openly=80), tmp_path))
    for name, table in found.items():
        if name.endswith(".by.entry"):
            told = [each["base"] for each in table["groups"] if each["codes"] == ["invited"]]
            assert told in ([], [None])
