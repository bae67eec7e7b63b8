"""The synthetic participants' answers, and how what they wrote was read and answered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from consultations.accounts.models import Account
from consultations.comments.models import Point
from consultations.comments.services import points_from_answers
from consultations.db import db, new_key
from consultations.demonstration.content import read
from consultations.demonstration.population import Voice, Words, voices
from consultations.demonstration.setting import revisions
from consultations.demonstration.speaking import Heard, Provisions, reply
from consultations.rounds.models import Consultation, Round
from consultations.rounds.services import day_at
from consultations.submissions.models import Submission
from consultations.submissions.receipts import receipt_code, receipt_hash
from consultations.themes.services import add_theme, code_points

UNREAD = ""
SHOWN_ON_RECEIPT = {"accepted_with_modification", "not_accepted"}
"""What came of the two points of the one participant whose receipt the demonstration shows."""


def answer(of: Consultation, heard: Heard, *, secret: str, by: Account, at: datetime) -> None:
    """Both rounds' answers; round 1's words are read and answered, round 2's wait for its end.

    `heard` are the organisations' points of round 1: some carry the same themes.
    """
    first, open_now = of.rounds
    before, revised = ({each.eid: each for each in r.provisions} for r in revisions(of))
    themes = _send(first, _first_voices(first), before, secret=secret)
    said: dict[str, list[Point]] = defaultdict(list)
    for point in points_from_answers(first):
        said[themes[point.submission_id, point.wid]].append(point)
    _read_and_reply(of, said, heard, revised, by=by)
    _send(open_now, _second_voices(open_now, at), revised, secret=secret)


def demonstration_receipt(*, secret: str) -> str:
    """The receipt of one participant of round 1, for those who want to look one up."""
    return receipt_code("demonstration", secret=secret)


def _first_voices(of: Round) -> list[Voice]:
    words: dict[str, dict[str, Any]] = defaultdict(dict)
    for theme in read("themes")["themes"]:
        words[theme["provision"]][theme["code"]] = theme["sentences"]
    return _voices(of, words, (of.opens, of.closes))


def _second_voices(of: Round, at: datetime) -> list[Voice]:
    """Those who answered from the opening to the day before this one."""
    sentences = read("themes")["not_read_yet"]
    words = {
        eid: {UNREAD: sentences.get(eid, sentences["other"])}
        for eid in read("questionnaire")["provisions"]
    }
    yesterday = day_at(of.consultation, at) - timedelta(days=1)
    return _voices(of, words, (of.opens, max(of.opens, min(yesterday, of.closes))))


def _voices(of: Round, words: Words, days: tuple[date, date]) -> list[Voice]:
    provisions = read("questionnaire")["provisions"]
    return voices(read("population"), words, provisions, round_number=of.number, days=days)


def _send(
    to: Round, sent: Sequence[Voice], provisions: Provisions, *, secret: str
) -> dict[tuple[str | None, str], str]:
    """Store answers; returns the theme of each text, by its submission and provision."""
    shown = next((each for each in sent if _shows_a_receipt(each)), None)
    kept = receipt_hash(demonstration_receipt(secret=secret), secret=secret)
    themes: dict[tuple[str | None, str], str] = {}
    for voice in sent:
        submission = _submission(to, voice, kept if voice is shown else None)
        db.session.add(submission)
        for question, theme in voice.themes.items():
            provision = provisions[question.removesuffix("_change")]
            themes[submission.id, provision.wid] = theme
    db.session.flush()
    return themes


def _shows_a_receipt(voice: Voice) -> bool:
    came_of_it = {each["code"]: each["disposition"] for each in read("themes")["themes"]}
    dispositions = {came_of_it.get(theme) for theme in voice.themes.values()}
    return voice.language == "en" and dispositions == SHOWN_ON_RECEIPT


def _submission(to: Round, voice: Voice, kept: str | None) -> Submission:
    assert to.questionnaire_version_id is not None
    return Submission(
        id=new_key(),
        round_id=to.id,
        questionnaire_version_id=to.questionnaire_version_id,
        language=voice.language,
        received_on=voice.received_on,
        consent={"take_part": True},
        given=list(voice.given),
        answers=dict(voice.answers),
        receipt_hash=kept,
    )


def _read_and_reply(
    of: Consultation,
    said: Mapping[str, list[Point]],
    heard: Heard,
    revised: Provisions,
    *,
    by: Account,
) -> None:
    """Theme by theme: name it, attach it, and answer all who said it together."""
    for written in read("themes")["themes"]:
        code, points = written["code"], said.get(written["code"], [])
        theme = add_theme(of, code, written["label"], written["read_as"])
        for point in points:
            point.read_as = written["read_as"]
        alike = [point for comment, point in heard if comment.get("theme") == code]
        code_points([*points, *alike], theme, by=by.id)
        reply(of, written, points, revised, by=by)
