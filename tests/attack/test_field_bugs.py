"""What other tools of the field got wrong, each as a test of what must not happen here.

The tool and the number of its report stand beside each test. Ours have their own tests as well;
these go through the whole program, as somebody would who looks for the same mistake.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Date, DateTime, Time, inspect, select

from consultations import resources
from consultations.analysis.services import protected_counts
from consultations.bundles import schema
from consultations.clock import now
from consultations.config import Settings
from consultations.db import db
from consultations.drafts.models import Revision
from consultations.forgetting import tables_without_order
from consultations.moderation.services import hide
from consultations.questionnaires.services import add_version
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section
from consultations.reports.building import Wanted, build
from consultations.reports.document import PUBLIC
from consultations.reports.rendering import FORMATS
from consultations.rounds.models import CLOSED, OPEN, PLANNED, Consultation, Round
from consultations.rounds.services import close, follow_calendar, hold_open
from consultations.submissions.models import Submission
from consultations.workspace.services import open_round_by_hand
from tests.factories import (
    a_consultation,
    a_point,
    a_revision,
    a_round,
    a_submission,
    an_account,
    sign_in,
)
from tests.test_privacy import _hashes
from tests.visitor import Page, posted, seen, send, visit

ANSWER = "/en/code/answer/"
HOME = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "PlantedAgent/7.31"}
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
CLOCK = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b\d\d:\d\d:\d\d\b")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
ONE_SUBMISSION = {"id", "round_id", "questionnaire_version_id", "kind", "channel", "entry",
                  "language", "received_on", "weight", "consent", "given", "answers",
                  "receipt_hash", "marks"}  # fmt: skip


def _open_round(**changes: Any) -> Round:
    made = a_round(a_consultation(**changes))
    db.session.commit()
    return made


def _answered(client: FlaskClient, address: str = ANSWER, filled: Any = None) -> list[Page]:
    """Every page from the first to the receipt, as somebody with a known address sees them."""
    wanted = filled or {"art_1_position": "support", "art_2_position": "oppose", "gender": "woman"}
    shown = [visit(client, address)]
    while shown[-1].receipt is None:
        assert shown[-1].status == 200, shown[-1].text
        names = {field.get("name") for field in shown[-1].form.select("[name]")}
        given = {name: value for name, value in wanted.items() if name in names}
        data = posted(shown[-1], given)
        shown.append(seen(client.post(address, data=data, environ_base=HOME)))
    return shown


def _built(about: Consultation, directory: Path, instance: Path) -> dict[str, bytes]:
    wanted = Wanted(directory, about.languages, FORMATS, PUBLIC)
    build(about, about.rounds[0], wanted, instance=instance, by=None, at=AT)
    db.session.commit()
    return {path.name: path.read_bytes() for path in directory.rglob("*") if path.is_file()}


# Decidim, PR 15492: open survey data with a hashed address and a moment beside each answer


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_no_published_file_has_a_hash_of_anybody_or_a_moment_of_an_answer(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    of = _open_round()
    receipts = [_answered(client)[-1].receipt for _ in range(3)]
    for place in range(60):
        a_submission(of, art_1_position="oppose", gender="woman" if place % 2 else "man")
    close(of, by=None, at=AT)
    db.session.commit()
    stored = [
        value
        for row in db.session.scalars(select(Submission))
        for value in (row.id, row.receipt_hash)
        if value
    ]
    traces = [*_hashes(HOME["REMOTE_ADDR"]), *_hashes(HOME["HTTP_USER_AGENT"])]
    planted = [*HOME.values(), *filter(None, receipts), *stored, *traces]
    for name, content in _built(of.consultation, tmp_path / "out", tmp_path).items():
        text = content.decode("latin-1")
        assert not [each for each in planted if each in text], name
        assert not CLOCK.search(text), name
        assert "received_on" not in text, name


def test_no_table_of_answers_has_room_for_a_moment(app: Flask) -> None:
    for table in tables_without_order():
        for column in inspect(db.engine).get_columns(table.name):
            assert not isinstance(column["type"], DateTime | Time), (table.name, column["name"])
            assert not isinstance(column["type"], Date) or column["name"] == "received_on"


# EUSurvey, 324: the option "anonymous" could be turned back, and names were shown


def test_no_setting_key_or_column_is_named_after_anonymity() -> None:
    parts = [each for each in vars(schema).values() if isinstance(each, type)]
    keys = [name for part in parts for name in getattr(part, "model_fields", ())]
    assert "retention_months" in keys
    named = [*Settings.model_fields, *keys]
    named += [column.name for table in (Consultation, Round) for column in table.__table__.columns]
    doubtful = re.compile("anonym|pseudonym|identif|ip_addr|log_ip|track|user_agent")
    assert not [name for name in named if doubtful.search(name)]


@pytest.mark.parametrize(
    "changed",
    [
        {"log_level": "DEBUG"},
        {"answers_per_address": 1},
        {"proof_of_work": True},
        {"secure_cookies": True},
        {"threshold": 2, "guesses_per_minute": 1_000},
    ],
    ids=str,
)
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_no_setting_makes_an_answer_say_who_gave_it(
    app: Flask, client: FlaskClient, changed: dict[str, Any]
) -> None:
    for name, value in changed.items():
        setattr(app.extensions["settings"], name, value)
    _open_round(sampling="invited", retention_months=600)
    for _ in range(2):
        _answered(client)
    for row in db.session.scalars(select(Submission)):
        _says_nothing_of_anybody(row)


def _says_nothing_of_anybody(row: Submission) -> None:
    kept = {column.name: getattr(row, column.name) for column in Submission.__table__.columns}
    assert set(kept) == ONE_SUBMISSION
    text = str(kept)
    for value in HOME.values():
        assert value not in text
        assert not [trace for trace in _hashes(value) if trace in text]
    assert not CLOCK.search(text)


# EUSurvey, 113 and 117: respondents reached a translation that was not published


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lang", ["ar", "fr"])
def test_an_unpublished_translation_reaches_nobody(
    app: Flask, client: FlaskClient, lang: str
) -> None:
    about = a_consultation(languages=["en"], title=_both("Draft Code", lang))
    of = a_round(about)
    for provision in db.session.get_one(Revision, of.revision_id).provisions:
        provision.heading = _both(provision.heading["en"], lang)
        provision.text = _both("Each Party shall give notice.", lang)
        provision.summary = _both("Notice.", lang)
    choices = (Choice("a", _both("One", lang)), Choice("b", _both("Two", lang)))
    question = Question("q", "single", _both("Which?", lang), _both("Hint", lang), choices=choices,
                        required_message=_both("Choose.", lang), required=True)  # fmt: skip
    asked = Questionnaire(_both("Questions", lang), ("en", lang), "en", (question,))
    of.questionnaire_version_id = add_version(about, asked).id
    db.session.commit()
    for address in ("", "draft/", "draft/art_1/", "answer/", "comment/art_1/"):
        page = visit(client, f"/{lang}/code/{address}")
        assert page.status == 200
        assert "UNPUBLISHED" not in page.text, address
    refused = send(client, f"/{lang}/code/answer/", visit(client, f"/{lang}/code/answer/"), {})
    assert refused.status == 422
    assert "UNPUBLISHED" not in refused.text
    for page in _answered(client, f"/{lang}/code/answer/", {"q": "a"}):
        assert "UNPUBLISHED" not in page.text


def _both(words: str, lang: str) -> dict[str, str]:
    return {"en": words, lang: f"UNPUBLISHED {words}"}


# LimeSurvey, PR 4389: one of the ways to activate a survey did not anonymise it


def _by_hand(of: Round) -> None:
    open_round_by_hand(of, by=None, at=now())


def _by_command(of: Round) -> None:
    hold_open(of, by=None, at=now())


def _by_calendar(of: Round) -> None:
    assert follow_calendar(at=now()) == [of]


def _again(of: Round) -> None:
    of.stage = CLOSED
    hold_open(of, by=None, at=now())


@pytest.mark.parametrize("open_", [_by_hand, _by_command, _by_calendar, _again])
def test_no_way_of_opening_a_round_makes_answers_less_anonymous(
    app: Flask, client: FlaskClient, open_: Callable[[Round], None]
) -> None:
    of = a_round(a_consultation(), stage=PLANNED)
    open_(of)
    db.session.commit()
    assert of.stage == OPEN
    _answered(client)
    [row] = db.session.scalars(select(Submission))
    _says_nothing_of_anybody(row)


# LimeSurvey: arrays that no keyboard could fill in; rankings that were counted wrong

AGREEMENT = tuple(
    Choice(str(point), {"en": words, "ar": arabic})
    for point, words, arabic in (
        (1, "Strongly disagree", "أعارض بشدة"),
        (2, "Disagree", "أعارض"),
        (3, "Neither", "محايد"),
        (4, "Agree", "أوافق"),
        (5, "Strongly agree", "أوافق بشدة"),
    )
)
NEEDS = tuple(
    Choice(code, {"en": code.title(), "ar": code}) for code in ("water", "road", "clinic")
)
ROWS = ("clear", "fair", "useful")
ASKED = Questionnaire(
    {"en": "Questions", "ar": "أسئلة"},
    ("en", "ar"),
    "en",
    (
        *(
            Question(name, "scale", {"en": name.title(), "ar": name}, choices=AGREEMENT,
                     choice_list="agreement", section="rows")
            for name in ROWS
        ),
        Question("needs", "ranking", {"en": "What matters most?", "ar": "ما الأهم؟"},
                 choices=NEEDS, section="order"),
    ),
    (
        Section("rows", {"en": "How much do you agree?", "ar": "إلى أي مدى توافق؟"},
                layout="matrix"),
        Section("order", {"en": "In which order?", "ar": "بأي ترتيب؟"}),
    ),
)  # fmt: skip


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "ranked"),
    [
        (["clinic", "water", "road"], ["clinic", "water", "road"]),
        (["clinic", "", "water"], ["clinic", "water"]),
        (["", "", "road"], ["road"]),
        (["", "", ""], ["-6"]),
    ],
)
def test_a_ranking_is_not_stored_in_another_order(
    app: Flask, client: FlaskClient, typed: list[str], ranked: list[str]
) -> None:
    about = a_consultation()
    of = a_round(about)
    of.questionnaire_version_id = add_version(about, ASKED).id
    db.session.commit()
    _answered(client, ANSWER, {"needs": typed, "clear": "4"})
    [row] = db.session.scalars(select(Submission))
    assert row.answers["needs"] in (ranked, ranked[0] if ranked == ["-6"] else ranked)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_ranking_is_not_counted_by_anything_but_what_came_first(app: Flask) -> None:
    about = a_consultation()
    of = a_round(about, questionnaire_version_id=add_version(about, ASKED).id)
    for needs, people in ((["clinic", "water"], 30), (["water", "road", "clinic"], 20)):
        for _ in range(people):
            a_submission(of, needs=needs)
    for _ in range(10):
        a_submission(of, needs=["-6"])
    tables = {each.id: each for each in protected_counts(about, of).individuals.tables}
    counts = {each.category: each.count for each in tables["needs.overall"].cells}
    assert counts == {"water": 20, "road": 0, "clinic": 30, "-": 10}


# Polis, 2286: comments that were rejected stood in the report


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_hidden_comment_stands_nowhere(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    of = _open_round()
    hidden = a_point(of, text="Hidden words about my neighbour.", label="1.1")
    a_point(of, text="Words that everybody may read.", label="1.2")
    hide(hidden, "It names somebody.", by=None, at=AT)
    for place in range(60):
        a_submission(of, art_1_position="oppose", gender="woman" if place % 2 else "man")
    close(of, by=None, at=AT)
    db.session.commit()
    files = _built(of.consultation, tmp_path / "out", tmp_path)
    assert not [name for name, content in files.items() if b"Hidden words" in content]
    pages = ["", "draft/", "draft/art_1/", "reports/", "reports/1/"]
    for address in (f"/{lang}/code/{page}" for lang in ("en", "fr", "ar") for page in pages):
        assert "Hidden words" not in client.get(address).text, address
    assert "everybody may read" in client.get("/en/code/draft/art_1/").text


# Consul, 5529: anchors of comments landed on other words after an edit


def test_a_comment_does_not_move_to_another_article_when_articles_are_renumbered(
    app: Flask, client: FlaskClient
) -> None:
    about = a_consultation()
    before = a_round(about, stage=CLOSED)
    a_point(before, wid="art_1", text="Sixty days, please.", label="1.1")
    after = a_revision(about, {"art_1": "New first article.", "art_2": "x"}, number=2)
    new, moved = after.provisions
    new.wid = "art_new"
    db.session.flush()
    moved.wid = "art_1"
    moved.text = {"en": "Each Party shall give notice sixty days before."}
    a_round(about, number=2, revision_id=after.id)
    db.session.commit()
    assert "Sixty days, please." in client.get("/en/code/draft/art_2/").text
    assert "Sixty days, please." not in client.get("/en/code/draft/art_1/").text


# Consul, 4905: commenting needed a mouse


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_commenting_asks_for_no_mouse_and_no_script(app: Flask, client: FlaskClient) -> None:
    _open_round()
    address = "/en/code/comment/art_1/"
    page = visit(client, address)
    said = {"position": "oppose", "text": "By radio as well."}
    assert send(client, address, page, said, step="send").receipt


def test_no_script_of_ours_listens_to_a_mouse_alone() -> None:
    for path in (resources.static()).glob("*.js"):
        used = set(
            re.findall(r"\b(?:mouse(?:down|up|over|move)|dragstart|ondrop)\b", path.read_text())
        )
        assert not used, path.name


# Formbricks, 7515: buttons were in English from the second page on


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_no_button_falls_back_to_english_after_the_first_page(
    app: Flask, client: FlaskClient
) -> None:
    _open_round()
    pages = _answered(client, "/ar/code/answer/")
    assert len(pages) >= 3
    for page in pages:
        assert page.soup.html is not None
        assert (page.soup.html["lang"], page.soup.html["dir"]) == ("ar", "rtl")
        for button in page.soup.select("main button:not(.unseen), main .buttons a"):
            words = "".join(
                part for part in button.find_all(string=True) if not part.find_parent(lang="en")
            )
            assert words.strip(), button
            assert not ENGLISH.search(words.replace("PDF", "")), button


# demosplan: which name is visible in which export


def test_no_individuals_comment_has_room_for_a_name(app: Flask) -> None:
    columns = {column["name"] for column in inspect(db.engine).get_columns("point")}
    assert not {"name", "author", "account_id", "email", "contact"} & columns


def test_answers_do_not_leave_through_a_door_of_their_own() -> None:
    """Files are written by these modules alone: a new one belongs in the list, or in `reports`."""
    package = Path(resources.__file__).parent
    writing = re.compile(
        r"csv\.(?:writer|DictWriter)|Workbook\(|\.to_csv|to_parquet|send_file|Content-Disposition"
    )
    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if writing.search(path.read_text())
    }
    assert found <= {
        "participants/links.py",  # codes for those who are invited, before anybody answers
        "participants/manage.py",  # the same
        "portal/manage.py",  # posters and short texts for partners
        "questionnaires/views.py",  # recordings of what is asked
        "questionnaires/xlsform/workbook_writing.py",  # what is asked, not what is answered
        "records/views.py",  # the questionnaire to be printed
        "reports/tables_csv.py",
        "reports/views.py",  # files of a published report
        "submissions/copies.py",  # a participant's own answers, before they are sent
        "submissions/responses_csv.py",  # the rows of a file that were rejected, to its owner
        "workspace/manage.py",  # files that came with answers, for the team once a round is closed
    }


def test_marks_do_not_leave_the_program() -> None:
    """Marks are read where they are set and where the team sees counts, and nowhere else."""
    package = Path(resources.__file__).parent
    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if re.search(r"\.marks\b(?! import)", path.read_text()) and "migrations" not in path.parts
    }
    allowed = {
        "demonstration/noticing.py",
        "submissions/services.py",
        "submissions/patterns.py",
        "workspace/unusual.py",
    }
    words_of_a_draft = {name for name in found if name.startswith(("drafts/", "comments/"))}
    assert found - words_of_a_draft <= allowed


def test_only_the_team_sees_who_took_part(app: Flask, client: FlaskClient) -> None:
    """Counts of participation and unusual patterns need a permission that no outsider has."""
    _open_round()
    for address in ("", "rounds/1/", "rounds/1/unusual/"):
        assert client.get(f"/en/manage/code/{address}").status_code == 302
    sign_in(client, an_account("negotiator"))
    assert client.get("/en/manage/code/rounds/1/unusual/").status_code == 403
