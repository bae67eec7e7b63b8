"""The synthetic participants' answers, and how what they wrote was read and answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from consultations.accounts.models import Account
from consultations.comments.models import ANSWER, POSITIONS, UNPUBLISHED, Point
from consultations.db import db, new_key
from consultations.demonstration.content import LANGUAGES, read
from consultations.demonstration.population import Voice, Words, voices
from consultations.demonstration.setting import revisions
from consultations.demonstration.speaking import Provisions, reply
from consultations.rounds.models import Consultation, Round
from consultations.rounds.services import day_at
from consultations.submissions.models import Submission
from consultations.submissions.receipts import receipt_code, receipt_hash
from consultations.themes.models import Coding, Theme

UNREAD = ""
SHOWN_ON_RECEIPT = {"accepted_with_modification", "not_accepted"}
"""What came of the two points of the one participant whose receipt the demonstration shows."""

Said = Mapping[str, Sequence[Point]]


def answer(of: Consultation, *, secret: str, by: Account, at: datetime) -> None:
    """Both rounds' answers; round 1's words are read and answered, round 2's wait."""
    first, open_now = of.rounds
    before, revised = ({each.eid: each for each in r.provisions} for r in revisions(of))
    said = _send(first, _first_voices(first), before, secret=secret)
    _read_and_reply(of, said, revised, by=by)
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


def _voices(of: Round, words: Words, days: tuple[Any, Any]) -> list[Voice]:
    provisions = read("questionnaire")["provisions"]
    return voices(read("population"), words, provisions, round_number=of.number, days=days)


def _send(
    to: Round, sent: Sequence[Voice], provisions: Provisions, *, secret: str
) -> dict[str, list[Point]]:
    """Store answers and their points; returns the points of each theme."""
    shown = next((each for each in sent if _shows_a_receipt(each)), None)
    kept = receipt_hash(demonstration_receipt(secret=secret), secret=secret)
    submissions, said = [], defaultdict(list)
    for voice in sent:
        submission = _submission(to, voice, kept if voice is shown else None)
        submissions.append(submission)
        for question, theme in voice.themes.items():
            said[theme].append(_point(submission, question, provisions))
    db.session.add_all(submissions)
    db.session.flush()
    db.session.add_all(point for points in said.values() for point in points)
    db.session.flush()
    return said


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


def _point(said_in: Submission, question: str, provisions: Provisions) -> Point:
    eid = question.removesuffix("_change")
    position = said_in.answers[f"{eid}_position"]
    return Point(
        id=new_key(),
        round_id=said_in.round_id,
        wid=provisions[eid].wid,
        origin=ANSWER,
        status=UNPUBLISHED,
        submission_id=said_in.id,
        language=said_in.language,
        position=position if position in POSITIONS else "no_view",
        text=said_in.answers[question],
    )


def _read_and_reply(of: Consultation, said: Said, revised: Provisions, *, by: Account) -> None:
    for written in read("themes")["themes"]:
        points = said.get(written["code"], ())
        theme = Theme(
            consultation_id=of.id,
            code=written["code"],
            label=written["label"],
            read_as=written["read_as"],
        )
        db.session.add(theme)
        db.session.flush()
        _code(points, theme, by=by)
        reply(of, written, list(points), revised, by=by)


def _code(points: Iterable[Point], theme: Theme, *, by: Account) -> None:
    for point in points:
        point.read_as = {language: theme.read_as[language] for language in LANGUAGES}
        db.session.add(Coding(point_id=point.id, theme_id=theme.id, account_id=by.id))
