"""Answering points."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from consultations.comments.models import ANSWER, UNPUBLISHED, WAITING, Point
from consultations.db import db
from consultations.errors import ConsultationsError
from consultations.languages.queries import OUT_OF_DATE, standings
from consultations.replies.models import Reply
from consultations.replies.queries import progress_of, reading_list, replies_to, themes_of
from consultations.replies.services import answer
from consultations.rounds.models import Round
from consultations.themes.services import add_theme, code_points
from tests.factories import a_consultation, a_point, a_round, an_organisation

NOW = datetime(2026, 1, 3, tzinfo=UTC)


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


def _answer(of: Round, *points: Point, text: str = "Doubled.", **changes: object) -> Reply:
    given = {"disposition": "accepted", "text": {"en": text}, "by": None, "at": NOW, **changes}
    return answer(of.consultation, points, **given)  # type: ignore[arg-type]


def _count() -> int | None:
    return db.session.scalar(select(func.count()).select_from(Reply))


def test_one_reply_answers_many_points(of: Round) -> None:
    points = [a_point(of), a_point(of)]
    reply = _answer(of, *points)
    assert replies_to([each.id for each in points]) == dict.fromkeys(
        [each.id for each in points], reply
    )
    assert reply.dated == NOW.date()


def test_a_later_reply_takes_the_place_of_an_earlier_one(of: Round) -> None:
    first, second = a_point(of), a_point(of)
    together = _answer(of, first, second)
    alone = _answer(of, first, text="Not doubled.", disposition="not_accepted")
    assert replies_to([first.id, second.id]) == {first.id: alone, second.id: together}
    _answer(of, second, text="Neither.")
    assert _count() == 2


def test_a_changed_reply_puts_its_translations_out_of_date(of: Round) -> None:
    point = a_point(of)
    _answer(of, point, text="Doubled.").text = {"en": "Doubled.", "fr": "Doublé."}
    reply = _answer(of, point, text="Doubled, to forty days.")
    found = {each.passage.name: each.status for each in standings(of.consultation, "fr")}
    assert reply.text == {"en": "Doubled, to forty days.", "fr": "Doublé."}
    assert found[f"reply:{reply.id}:text"] == OUT_OF_DATE
    assert _count() == 1


def test_the_resulting_words_are_kept_with_their_provision(of: Round) -> None:
    reply = _answer(of, a_point(of), resulting_wid="art_1", resulting_text={"en": "forty days"})
    assert (reply.resulting_wid, reply.resulting_text) == ("art_1", {"en": "forty days"})
    assert _answer(of, a_point(of), resulting_wid="art_1").resulting_wid is None


def test_an_unknown_disposition_is_refused(of: Round) -> None:
    with pytest.raises(ConsultationsError):
        _answer(of, a_point(of), disposition="perhaps")


def test_words_that_say_the_same_are_read_together(of: Round) -> None:
    theme = add_theme(of.consultation, "notice", {"en": "Notice"})
    said = [a_point(of, origin=ANSWER, status=UNPUBLISHED) for _ in range(3)]
    code_points(said[:2], theme, by=None)
    comment = a_point(of, an_organisation(), label="1.1")
    a_point(of, status=WAITING)
    entries = {frozenset(each.points): each for each in reading_list(of.consultation_id)}
    assert set(entries) == {
        frozenset({said[0].id, said[1].id}),
        frozenset({said[2].id}),
        frozenset({comment.id}),
    }
    assert entries[frozenset({comment.id})].from_organisation


def test_progress_counts_what_everyone_can_read(of: Round) -> None:
    _answer(of, a_point(of), a_point(of, origin=ANSWER, status=UNPUBLISHED))
    a_point(of)
    assert progress_of(of.id) == (2, 1)


def test_a_theme_carries_its_commonest_disposition(of: Round) -> None:
    theme = add_theme(of.consultation, "notice", {"en": "Notice"})
    points = [a_point(of), a_point(of), a_point(of)]
    code_points(points, theme, by=None)
    _answer(of, *points[:2], disposition="noted")
    _answer(of, points[2], disposition="accepted")
    assert [each["disposition"] for each in themes_of(of)["art_1"]] == ["noted"]
