"""The demonstration as it is built: complete, once, and the same every time."""

import shutil
from collections import Counter
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr
from sqlalchemy import func, select

from consultations.accounts.models import Account
from consultations.codebook import BATTERIES
from consultations.comments.models import ANSWER, COMMENT, Endorsement, Point
from consultations.config import Settings
from consultations.database import ready_app
from consultations.db import db
from consultations.demonstration.answering import demonstration_receipt
from consultations.demonstration.content import LANGUAGES, read
from consultations.demonstration.noticing import NOTICED
from consultations.demonstration.services import SIGN_INS, create
from consultations.demonstration.setting import revisions
from consultations.languages.models import TranslationStatus
from consultations.participants.models import Contact, Organisation, PersonalCode
from consultations.questionnaires.answers import check
from consultations.questionnaires.kinds import field_values
from consultations.questionnaires.queries import logic, questionnaire
from consultations.replies.models import DISPOSITIONS, AnsweredPoint, Reply
from consultations.reports.telling import texts_of
from consultations.rounds.models import CLOSED, OPEN, Consultation
from consultations.submissions.models import Submission
from consultations.submissions.queries import submission_with_receipt, submissions_of
from consultations.submissions.receipts import receipt_hash
from consultations.themes.models import Coding
from tests.conftest import SECRET

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory, sqlite_file):
    """The demonstration, made once for all tests that only look at it."""
    instance = tmp_path_factory.mktemp("demonstration")
    shutil.copy(sqlite_file, instance / "consultations.sqlite")
    app = ready_app(settings=Settings(instance=instance, secret_key=SecretStr(SECRET)))
    with app.app_context():
        yield create(secret=SECRET, at=NOW)
        db.session.remove()
        db.engine.dispose()


def _count(model, *where):
    return db.session.scalar(select(func.count()).select_from(model).where(*where))


def test_the_demonstration_stands_in_its_middle(made):
    first, second = made.rounds
    assert made.demonstration
    assert (first.stage, second.stage, second.held_open) == (CLOSED, OPEN, False)
    assert _count(Submission, Submission.round_id == first.id) == 3000
    assert 500 < _count(Submission, Submission.round_id == second.id) < 700
    assert _count(Organisation) == 40
    assert _count(Endorsement) > 100


def test_some_came_in_by_invitation(made):
    second = made.rounds[1]
    struck = _count(PersonalCode, PersonalCode.struck_by.is_not(None))
    invited = Submission.round_id == second.id, Submission.entry == "invited"
    assert struck == _count(Submission, *invited) == 55
    assert _count(PersonalCode) == 203
    assert _count(Contact, Contact.code_id.is_not(None)) == 3


def test_it_is_made_once_on_any_database(app):
    made = create(secret=SECRET, at=NOW)
    assert create(secret=SECRET, at=NOW) is made
    assert _count(Consultation) == 1
    assert _count(Account) == len({each.role for each in SIGN_INS}) == 6


@pytest.mark.parametrize("place", [0, 1])
def test_a_round_asks_about_open_brackets_of_its_draft(made, place):
    asked = questionnaire(made.rounds[place].questionnaire_version_id)
    about = {each.name: [choice.code for choice in each.choices] for each in asked.questions
             if each.bracket}  # fmt: skip
    assert about["art_3_bracket_1"] == ["1", "2", "no_view"]
    assert {each.partition("_bracket")[0] for each in about} == {
        "art_3", "art_4", "art_6", "art_8"}  # fmt: skip


def test_every_point_of_round_1_is_answered_in_three_languages(made):
    first, second = made.rounds
    points = list(db.session.scalars(select(Point).where(Point.round_id == first.id)))
    answered = set(db.session.scalars(select(AnsweredPoint.point_id)))
    assert {point.id for point in points} == answered
    assert Counter(point.origin for point in points)[COMMENT] > 90
    replies = list(db.session.scalars(select(Reply)))
    assert {each.disposition for each in replies} == set(DISPOSITIONS)
    assert all(set(each.text) == set(LANGUAGES) for each in replies)
    for point in points:
        if point.origin == ANSWER:
            assert set(point.read_as) == set(LANGUAGES)
            assert point.read_as[point.language] != point.text
        else:
            assert set(point.translations) == set(LANGUAGES) - {point.language}
    waiting = [p.status for p in db.session.scalars(select(Point).where(
        Point.round_id == second.id, Point.origin == COMMENT))]  # fmt: skip
    assert {"waiting", "published", "hidden"} == set(waiting)


def test_answers_are_such_as_the_form_takes(made):
    for of in made.rounds:
        version = of.questionnaire_version_id
        asked = questionnaire(version)
        for submission in submissions_of(of.id):
            sent = {name: field_values(value) for name, value in submission.answers.items()}
            checked = check(asked.questions, sent, logic=logic(version), imported=True)
            assert not checked.errors
            assert set(submission.answers) <= set(asked.by_name)


def test_a_receipt_shows_something_taken_up_and_something_refused(made):
    code = demonstration_receipt(secret=SECRET)
    found = submission_with_receipt(receipt_hash(code, secret=SECRET))
    query = (
        select(Reply.disposition)
        .join(AnsweredPoint)
        .join(Point, Point.id == AnsweredPoint.point_id)
        .where(Point.submission_id == found.id)
    )
    assert set(db.session.scalars(query)) == {"accepted_with_modification", "not_accepted"}


def test_what_changed_is_told_with_old_and_new_words(made):
    first, revised = revisions(made)
    before = {each.eid: each for each in first.provisions}
    after = {each.eid: each for each in revised.provisions}
    for change in made.rounds[0].outcome:
        for language in LANGUAGES:
            assert change["before"][language] in before[change["provision"]].text[language]
            assert change["after"][language] in after[change["provision"]].text[language]
            assert change["before"][language] != change["after"][language]


def test_translators_find_work(made):
    states = list(db.session.scalars(select(TranslationStatus)))
    assert Counter(each.status for each in states) == {"machine_draft": 3, "reviewed": 7}


def test_groups_too_few_to_count_are_told_by_two_accounts_in_three_languages(made):
    texts = texts_of(made.rounds[0].id)
    assert set(texts) == {("group", code) for code in read("small-groups")}
    assert {code for _, code in texts} <= {each["code"] for each in made.plan["groups"]}
    for each in texts.values():
        assert each.read_by not in (None, each.written_by)
        assert set(each.texts) == set(LANGUAGES)


@pytest.mark.parametrize("code", read("small-groups"))
def test_such_a_group_has_ten_to_nineteen_people(made, code):
    group = next(each["of"] for each in made.plan["groups"] if each["code"] == code)
    people = [_categories(each.answers) for each in submissions_of(made.rounds[0].id)]
    assert 10 <= sum(all(each[name] in codes for name, codes in group.items())
                     for each in people) <= 19  # fmt: skip


def _categories(answers):
    six = [answers[f"disability_{part}"] for part in BATTERIES["disability"].questions]
    return {**answers, "disability": BATTERIES["disability"].category(six)}


def test_the_same_words_are_read_the_same_way_twice(made):
    by_citizens = (
        select(Coding).join(Point, Coding.point_id == Point.id).where(Point.origin == ANSWER)
    )
    assert len(list(db.session.scalars(by_citizens))) == _count(
        Point, Point.origin == ANSWER, Point.round_id == made.rounds[0].id
    )


def test_the_team_has_something_noticeable_to_look_at(made):
    marks = Counter(
        mark for round_ in made.rounds for each in submissions_of(round_.id) for mark in each.marks
    )
    assert marks == NOTICED
