"""Publishing: frozen once, found again, refused on changed data."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from consultations.db import db
from consultations.errors import Refused
from consultations.reports.building import Built, Wanted, build, build_preview
from consultations.reports.document import PUBLIC
from consultations.reports.queries import report_of
from consultations.reports.rendering import FORMATS
from consultations.reports.verifying import verify
from consultations.rounds.models import CLOSED, OPEN, REPORTED, Consultation, Round
from tests.factories import a_consultation, a_round, a_submission

AT = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def consultation(app: Flask) -> Consultation:
    made = a_consultation()
    of = a_round(made, stage=CLOSED)
    for place in range(90):
        a_submission(
            of,
            art_1_position=("support", "support_with_changes", "oppose", "no_view")[place % 4],
            art_2_position="support" if place % 3 else "oppose",
            gender="woman" if place % 2 else "man",
        )
    db.session.commit()
    return made


def built(of: Consultation, directory: Path, instance: Path) -> Built:
    wanted = Wanted(directory, of.languages, FORMATS, PUBLIC)
    made = build(of, of.rounds[0], wanted, instance=instance, by=None, at=AT)
    db.session.commit()
    return made


def test_a_report_is_published_and_verifies_alone(
    consultation: Consultation, tmp_path: Path
) -> None:
    made = built(consultation, tmp_path / "out", tmp_path)
    assert not made.reused
    assert consultation.rounds[0].stage == REPORTED
    assert verify(tmp_path / "out")["failures"] == []
    report = json.loads((tmp_path / "out" / "report.en.json").read_text())
    counts = {
        cell["category"]: cell["count"]
        for table in report["tables"]
        if table["id"] == "art_2_position.overall"
        for cell in table["cells"]
    }
    assert counts["support"] == 60
    assert counts["oppose"] == 30


def test_building_again_gives_the_same_files(consultation: Consultation, tmp_path: Path) -> None:
    built(consultation, tmp_path / "one", tmp_path)
    again = built(consultation, tmp_path / "two", tmp_path)
    assert again.reused
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_every_language_and_format_has_the_same_numbers(
    consultation: Consultation, tmp_path: Path
) -> None:
    built(consultation, tmp_path, tmp_path)
    reports = [json.loads((tmp_path / f"report.{tag}.json").read_text()) for tag in ("en", "ar")]
    english, arabic = ([table["cells"] for table in report["tables"]] for report in reports)
    assert english == arabic
    csv_en, csv_ar = ((tmp_path / f"report.{tag}.csv").read_bytes() for tag in ("en", "ar"))
    assert csv_en == csv_ar


def test_changed_answers_are_not_published_beside_the_first(
    consultation: Consultation, tmp_path: Path
) -> None:
    built(consultation, tmp_path, tmp_path)
    a_submission(consultation.rounds[0], art_1_position="oppose")
    db.session.commit()
    with pytest.raises(Refused, match="changed since"):
        built(consultation, tmp_path / "again", tmp_path)


def test_an_open_round_has_no_report(consultation: Consultation, tmp_path: Path) -> None:
    consultation.rounds[0].stage = OPEN
    with pytest.raises(Refused, match="not closed"):
        built(consultation, tmp_path, tmp_path)


def test_a_preview_publishes_nothing(consultation: Consultation, tmp_path: Path) -> None:
    of: Round = consultation.rounds[0]
    made = build_preview(consultation, of, Wanted(tmp_path, ["en"], FORMATS, PUBLIC))
    assert report_of(of.id) is None
    html = next(path for path in made.files if path.suffix == ".html").read_text()
    assert "Preview for the team" in html
