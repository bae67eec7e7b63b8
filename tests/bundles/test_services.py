"""Loading a bundle into the database: all of it, or nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultations.bundles.reading import open_bundle
from consultations.bundles.services import Loaded, load
from consultations.db import db
from consultations.drafts.queries import revision, revisions_of
from consultations.errors import ConsultationsError
from consultations.questionnaires.queries import recordings_of
from consultations.rounds.models import Consultation
from consultations.rounds.plan import declared_groups
from consultations.submissions.models import Submission
from tests.bundles.example import CONFIGURATION, SURVEY, write_bundle, write_questionnaire
from tests.questionnaires.sounds import MP3

TWO_ROUNDS = (
    CONFIGURATION
    + """\
- number: 2
  opens: 2026-11-01
  closes: 2026-11-30
  draft: draft-2
  questionnaire: questionnaire.xlsx
  positions: 3
"""
)


def _load(folder: Path, day: str = "2026-11-24") -> Loaded:
    at = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    with open_bundle(folder) as bundle:
        loaded = load(
            bundle,
            threshold=5,
            rejects=lambda of: folder.parent / f"rejects-{of.number}.csv",
            by=None,
            at=at,
        )
        db.session.commit()
    return loaded


def test_everything_of_a_bundle_is_there(app: Flask, tmp_path: Path) -> None:
    loaded = _load(write_bundle(tmp_path / "bundle"))
    of = loaded.consultation
    assert (of.slug, of.languages, of.policy["minimum_base"]) == ("small-code", ["en", "ar"], 20)
    assert of.plan["crossings"] == [["gender", "age"]]
    (first,) = of.rounds
    assert (first.stage, first.positions, first.title) == ("closed", "all", {"en": "First round"})
    (article,) = revision(first.revision_id).provisions
    assert article.number == {"en": "Article 1", "ar": "المادة 1"}
    assert article.summary == {"en": "Peace."}
    assert loaded.questions == 4
    assert (loaded.responses.read, loaded.responses.accepted) == (3, 3)
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 3


def test_the_codebook_asks_what_no_question_feeds(app: Flask, tmp_path: Path) -> None:
    loaded = _load(write_bundle(tmp_path / "bundle"))
    (version,) = loaded.versions.values()
    assert [each["name"] for each in version.content["questions"]] == ["aim", "sex", "words", "age"]


@pytest.mark.parametrize(
    ("day", "stage"), [("2025-12-31", "planned"), ("2026-02-01", "open"), ("2026-02-02", "closed")]
)
def test_the_stage_follows_the_dates(app: Flask, tmp_path: Path, day: str, stage: str) -> None:
    loaded = _load(write_bundle(tmp_path / "bundle"), day)
    assert loaded.consultation.rounds[0].stage == stage


def test_provisions_keep_their_identity_in_the_next_round(app: Flask, tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle", TWO_ROUNDS)
    for language, article in (("en", "Article"), ("ar", "المادة")):
        (folder / f"draft-2.{language}.md").write_text(
            f"# T\n## {article} 1. New\n## {article} 2. Aim {{#art_2 wid=art_1}}\n", "utf-8"
        )
    loaded = _load(folder)
    first, second = revisions_of(loaded.consultation.id)
    assert [each.wid for each in first.provisions] == ["art_1"]
    assert [(each.eid, each.wid) for each in second.provisions] == [
        ("art_1", "art_1-2"),
        ("art_2", "art_1"),
    ]
    one, two = loaded.consultation.rounds
    assert (one.stage, two.stage, two.positions) == ("closed", "open", "3")
    assert one.questionnaire_version_id == two.questionnaire_version_id


def test_without_a_questionnaire_one_is_made_for_the_draft(app: Flask, tmp_path: Path) -> None:
    configuration = CONFIGURATION.replace("  questionnaire: questionnaire.xlsx\n", "")
    configuration = configuration.replace("  responses: responses.csv\n", "").replace(
        "F]", "woman]"
    )
    loaded = _load(write_bundle(tmp_path / "bundle", configuration))
    (version,) = loaded.versions.values()
    names = [each["name"] for each in version.content["questions"]]
    assert names == ["art_1_position", "art_1_effect", "art_1_change", "gender", "age"]


BUILT = CONFIGURATION.partition("  questionnaire:")[0].replace("[F]", "[woman]")


def _long_draft(folder: Path, articles: int) -> Path:
    for language, article in (("en", "Article"), ("ar", "المادة")):
        lines = [f"## {article} {number}. A\n\n1. T.\n" for number in range(1, articles + 1)]
        (folder / f"draft.{language}.md").write_text("# T\n\n" + "\n".join(lines), "utf-8")
    return folder


def test_a_questionnaire_of_ours_takes_ten_minutes_unless_said_otherwise(
    app: Flask, tmp_path: Path
) -> None:
    loaded = _load(_long_draft(write_bundle(tmp_path / "bundle", BUILT), 14))
    (of,) = loaded.consultation.rounds
    assert (of.positions, of.in_depth) == ("10", "2")

    stated = BUILT.replace("small-code", "other") + "  positions: all\n  in_depth: 4\n"
    loaded = _load(_long_draft(write_bundle(tmp_path / "other", stated), 14))
    (of,) = loaded.consultation.rounds
    assert (of.positions, of.in_depth) == ("all", "4")


def _ages(loaded: Loaded) -> list[str]:
    (version,) = loaded.versions.values()
    (age,) = (each for each in version.content["questions"] if each["name"] == "age")
    return [choice["code"] for choice in age["choices"]]


def test_people_under_18_are_invited_only_where_somebody_looks_after_them(
    app: Flask, tmp_path: Path
) -> None:
    assert _ages(_load(write_bundle(tmp_path / "a", BUILT)))[0] == "18-24"

    said = "organizer: {en: The forum}\nsafeguarding: {en: Ask for our safeguarding officer.}"
    cared_for = BUILT.replace("organizer: {en: The forum}", said).replace("small-code", "cared")
    loaded = _load(write_bundle(tmp_path / "b", cared_for))
    assert _ages(loaded)[0] == "15-17"
    assert "safeguarding" in loaded.consultation.plan


def test_answers_from_elsewhere_are_taken_whatever_the_age(app: Flask, tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle")
    (folder / "responses.csv").write_text("aim,sex,age\nsupport,F,15-17\n")
    assert _load(folder).responses.accepted == 1


def test_youth_of_15_to_24_may_be_a_group_where_only_adults_are_asked(
    app: Flask, tmp_path: Path
) -> None:
    text = BUILT.replace(
        "code: women\n  label: {en: Women}\n  of: {gender: [woman]}", "code: youth_15_24"
    )
    loaded = _load(write_bundle(tmp_path / "bundle", text))
    (youth,) = declared_groups(loaded.consultation.plan)
    assert youth.of == {"age": ("15-17", "18-24")}


def test_recordings_come_with_the_bundle(app: Flask, tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle")
    (folder / "audio").mkdir()
    for name in ("aim.en.mp3", "art_1.ar.mp3"):
        (folder / "audio" / name).write_bytes(MP3)
    loaded = _load(folder)
    found = recordings_of(loaded.consultation.id)
    assert [(each.subject, each.language) for each in found] == [("aim", "en"), ("art_1", "ar")]


def test_open_brackets_are_asked_about_where_wanted(app: Flask, tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle", BUILT + "  brackets: true\n")
    (folder / "draft.en.md").write_text("# T\n\n## Article 1. A\n\nPeace [shall] [may] last.\n")
    (version,) = _load(folder).versions.values()
    names = [each["name"] for each in version.content["questions"]]
    assert names[:4] == ["art_1_position", "art_1_effect", "art_1_bracket_1", "art_1_change"]


def test_rejected_rows_stay_out_and_the_rest_stays(app: Flask, tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle")
    (folder / "responses.csv").write_text("aim,sex\nsupport,F\nperhaps,M\n")
    done = _load(folder).responses
    assert (done.accepted, done.rejected) == (1, 1)
    assert done.rejects_file is not None
    assert "perhaps" in done.rejects_file.read_text()


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("responses.csv", b"aim,sexx\nsupport,F\n", "sexx"),
        ("questionnaire.xlsx", b"not a workbook", "questionnaire.xlsx"),
        (
            "consultation.yaml",
            CONFIGURATION.replace("[F]", "[woman]").encode(),
            "no category woman",
        ),
        (
            "consultation.yaml",
            TWO_ROUNDS.replace("draft-2", "draft").replace("2026-02-01", "2026-12-01").encode(),
            "open at the same time",
        ),
        ("consultation.yaml", CONFIGURATION.replace("  gender:\n", "").encode(), "gender"),
    ],
)
def test_nothing_is_half_done(
    app: Flask, tmp_path: Path, file: str, content: bytes, says: str
) -> None:
    folder = write_bundle(tmp_path / "bundle")
    (folder / file).write_bytes(content)
    with pytest.raises(ConsultationsError, match=says):
        _load(folder)
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 0


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("text", "extra", "E", None, "art_9", None, None), "art_9, which is not in the draft"),
        (("select_one sex", "s", "S", None, None, None, "sexes"), "sexes, which is not among"),
    ],
)
def test_questions_must_fit_draft_and_plan(
    app: Flask, tmp_path: Path, row: tuple[str | None, ...], says: str
) -> None:
    folder = write_bundle(tmp_path / "bundle")
    write_questionnaire(folder / "questionnaire.xlsx", [*SURVEY, row])
    with pytest.raises(ConsultationsError, match=says):
        _load(folder)


def test_a_slug_is_taken_once(app: Flask, tmp_path: Path) -> None:
    folder = write_bundle(tmp_path / "bundle")
    _load(folder)
    with pytest.raises(ConsultationsError, match="small-code” already"):
        _load(folder)
