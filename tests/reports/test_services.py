"""Publishing: frozen once, found again, refused on changed data."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from consultations.analysis.plan import TablePlan
from consultations.analysis.publication import Coverage, Disclosure, Protected
from consultations.analysis.services import Counted
from consultations.codebook import Policy
from consultations.db import db
from consultations.errors import Refused
from consultations.ledger.services import Overtaken, append
from consultations.ledger.signing import signing_key
from consultations.reports import counting, services
from consultations.reports.building import Built, Wanted, build, build_preview
from consultations.reports.coarser import UNMEASURED
from consultations.reports.document import PUBLIC
from consultations.reports.models import KEEP, MERGE, WITHDRAW
from consultations.reports.queries import publications_of, report_of
from consultations.reports.rendering import FORMATS
from consultations.reports.services import AS_IT_IS, CorrectionNeeded, Wish, notes_of
from consultations.reports.verifying import verify
from consultations.rounds.models import OPEN, REPORTED, Consultation, Round
from consultations.submissions.models import ORGANISATION
from tests.factories import a_point, a_submission, an_organisation
from tests.reports.published import edit, resign
from tests.reports.rounds import AT, POSITIONS, of_ninety

NOTHING = Disclosure(0, 0, 0, 0, 0, 0, 0, 0)


@pytest.fixture
def consultation(app: Flask) -> Consultation:
    return of_ninety().consultation


def built(of: Consultation, directory: Path, instance: Path, wish: Wish = AS_IT_IS) -> Built:
    wanted = Wanted(directory, of.languages, FORMATS, PUBLIC)
    made = build(of, of.rounds[0], wanted, instance=instance, by=None, at=AT, wish=wish)
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


def late(consultation: Consultation, size: int) -> None:
    """As many late answers as are named, of every position, from women and men alike."""
    for place in range(size):
        a_submission(
            consultation.rounds[0],
            art_1_position=POSITIONS[place % 4],
            art_2_position="support" if place % 8 < 4 else "oppose",
            gender="woman" if place % 16 < 8 else "man",
        )
    db.session.commit()


def test_one_changed_answer_is_not_published_beside_the_first(
    consultation: Consultation, tmp_path: Path
) -> None:
    built(consultation, tmp_path / "one", tmp_path)
    late(consultation, 1)
    with pytest.raises(CorrectionNeeded, match="changed since"):
        built(consultation, tmp_path / "again", tmp_path)
    assert len(publications_of(consultation.rounds[0].id)) == 1
    assert not (tmp_path / "again").exists()


def test_enough_changed_answers_are_published_beside_the_first(
    consultation: Consultation, tmp_path: Path
) -> None:
    built(consultation, tmp_path / "one", tmp_path)
    late(consultation, 96)
    made = built(consultation, tmp_path / "two", tmp_path)
    assert not made.reused
    assert verify(tmp_path / "two", earlier=[tmp_path / "one"])["failures"] == []
    first, second = publications_of(consultation.rounds[0].id)
    [note] = notes_of(second)
    assert notes_of(first) == [note]
    assert (note["choice"], note["tables"], note["note"]) == ("corrected", [], {})
    assert built(consultation, tmp_path / "three", tmp_path).reused


def test_a_figure_that_the_tables_do_not_bear_out_is_never_published(
    consultation: Consultation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = services._numbers

    def boastful(*arguments: Any) -> dict[str, Any]:
        numbers = honest(*arguments)
        numbers["matrix"][0]["base"] += 1
        return numbers

    monkeypatch.setattr(services, "_numbers", boastful)
    with pytest.raises(RuntimeError, match="does not follow from the tables"):
        built(consultation, tmp_path / "one", tmp_path)
    db.session.rollback()
    assert publications_of(consultation.rounds[0].id) == []


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [(12, [10], None), (12, [], 12), (12, [12], 12), (12, [7], 12), (12, [8], None),
     (12, [None], 12), (None, [12], None), (12, [7, 11], None)],
)  # fmt: skip
def test_how_many_organisations_answered_is_told_unless_it_moved_by_too_few(
    now: int | None, before: list[int | None], told: int | None
) -> None:
    plan = TablePlan((), (), policy=Policy(5, 20, True))
    nobody = Protected(plan.policy, Coverage(0, {}, {}, (), ()), (), NOTHING, UNMEASURED)
    counted = Counted(plan, nobody, None, now, "")
    numbers = [{"unnamed_organisations": then} for then in before]
    assert services._number_of_bodies(counted, numbers) == told


@pytest.mark.parametrize("choice", [MERGE, WITHDRAW])
def test_a_correction_is_published_as_wished(
    consultation: Consultation, tmp_path: Path, choice: str
) -> None:
    built(consultation, tmp_path / "one", tmp_path)
    late(consultation, 1)
    wish = Wish(choice, {"en": "One answer came late.", "fr": "Une réponse est arrivée tard."})
    made = built(consultation, tmp_path / "two", tmp_path, wish)
    assert not made.reused
    assert verify(tmp_path / "two", earlier=[tmp_path / "one"])["failures"] == []
    report = json.loads((tmp_path / "two" / "report.fr.json").read_text())
    assert report["coverage"]["individuals"] == 91
    assert {table["status"] for table in report["tables"]} == {"withheld"}
    [note] = report["notes"]
    assert note["choice"] == choice
    assert note["note"]["fr"] == "Une réponse est arrivée tard."
    assert set(note["tables"]) == {table["id"] for table in report["tables"]}
    assert "Une réponse est arrivée tard." in (tmp_path / "two" / "report.fr.html").read_text()


def test_the_earlier_report_is_kept_with_a_note(consultation: Consultation, tmp_path: Path) -> None:
    built(consultation, tmp_path / "one", tmp_path)
    late(consultation, 1)
    made = built(consultation, tmp_path / "two", tmp_path, Wish(KEEP, {"en": "One came late."}))
    assert not made.reused
    before, after = (
        json.loads((tmp_path / name / "report.en.json").read_text()) for name in ("one", "two")
    )
    assert after["tables"] == before["tables"]
    assert after["notes"][0]["note"] == {"en": "One came late."}
    assert after["notes"][0]["corrected"] is None
    assert verify(tmp_path / "two", earlier=[tmp_path / "one"])["failures"] == []
    assert built(consultation, tmp_path / "three", tmp_path).reused
    late(consultation, 1)
    with pytest.raises(CorrectionNeeded):
        built(consultation, tmp_path / "four", tmp_path)


@pytest.mark.parametrize("choice", [MERGE, WITHDRAW, KEEP])
def test_a_choice_needs_a_note_in_the_consultations_own_language(
    consultation: Consultation, tmp_path: Path, choice: str
) -> None:
    built(consultation, tmp_path / "one", tmp_path)
    late(consultation, 1)
    with pytest.raises(Refused, match="own language"):
        built(consultation, tmp_path / "two", tmp_path, Wish(choice, {"fr": "Tard."}))


def test_a_note_that_was_changed_afterwards_is_told(
    consultation: Consultation, tmp_path: Path
) -> None:
    built(consultation, tmp_path / "one", tmp_path)
    late(consultation, 1)
    built(consultation, tmp_path / "two", tmp_path, Wish(KEEP, {"en": "One came late."}))
    edit(
        tmp_path / "two" / "report.en.json",
        lambda report: report["notes"][0]["note"].update(en="Nothing happened."),
    )
    key = signing_key(tmp_path / "signing.key")
    found = verify(resign(tmp_path / "two", key))["failures"]
    assert [line for line in found if "a note on it as it stands here is not in the log" in line]


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


def test_who_published_meanwhile_is_not_published_over(
    consultation: Consultation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counting takes minutes. What was published in them was not compared with."""
    count = counting.protected_counts

    def overtaken(about: Consultation, of: Round) -> Counted:
        append(about.id, [b"another publication"])
        db.session.commit()
        return count(about, of)

    monkeypatch.setattr(counting, "protected_counts", overtaken)
    with pytest.raises(Overtaken, match="at the same moment"):
        built(consultation, tmp_path, tmp_path)
    db.session.rollback()
    assert publications_of(consultation.rounds[0].id) == []


def test_a_table_of_organisations_stands_there_once(
    consultation: Consultation, tmp_path: Path
) -> None:
    """Some answered without being named, one wrote under its name: the named ones are told."""
    of = consultation.rounds[0]
    for _ in range(6):
        a_submission(of, art_1_position="oppose").kind = ORGANISATION
    a_point(of, an_organisation(), position="support")
    built(consultation, tmp_path / "out", tmp_path)
    report = json.loads((tmp_path / "out" / "report.en.json").read_text())
    names = [each["id"] for each in report["tables"]]
    assert names.count("art_1_position.overall.organisations") == 1
    assert report["coverage"]["organisations"] == 7
    assert verify(tmp_path / "out")["failures"] == []
