"""Themes and what carries them."""

import pytest
from flask import Flask

from consultations.comments.models import ANSWER, UNPUBLISHED
from consultations.errors import ConsultationsError, Refused
from consultations.rounds.models import Round
from consultations.themes.queries import reading_of, themes_of, themes_on
from consultations.themes.services import add_theme, code_points
from tests.factories import a_consultation, a_point, a_round, an_organisation

READ_AS = {"en": "Exercises should be announced earlier."}


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round; the threshold is 5."""
    return a_round(a_consultation())


def _words(of: Round, count: int) -> list[object]:
    return [a_point(of, origin=ANSWER, status=UNPUBLISHED) for _ in range(count)]


def test_a_point_is_read_in_the_words_of_its_theme(of: Round) -> None:
    theme = add_theme(of.consultation, "longer-notice", {"en": "Longer notice"}, READ_AS)
    point = a_point(of)
    code_points([point], theme, by=None)
    code_points([point], theme, by=None)
    assert themes_on([point.id]) == {point.id: [theme]}
    assert reading_of(point.id) == READ_AS


def test_a_theme_is_named_where_a_published_comment_carries_it(of: Round) -> None:
    theme = add_theme(of.consultation, "longer-notice", {"en": "Longer notice"}, READ_AS)
    code_points([a_point(of, an_organisation())], theme, by=None)
    assert [each["code"] for each in themes_of(of)["art_1"]] == ["longer-notice"]


@pytest.mark.parametrize(("people", "named"), [(4, False), (5, True)])
def test_a_theme_of_few_people_is_not_named(of: Round, people: int, named: bool) -> None:
    theme = add_theme(of.consultation, "longer-notice", {"en": "Longer notice"})
    code_points(_words(of, people), theme, by=None)  # type: ignore[arg-type]
    assert ("art_1" in themes_of(of)) is named


def test_a_code_is_used_once_and_written_plainly(of: Round) -> None:
    add_theme(of.consultation, "notice", {"en": "Notice"})
    with pytest.raises(Refused):
        add_theme(of.consultation, "notice", {"en": "Notice"})
    with pytest.raises(ConsultationsError):
        add_theme(of.consultation, "No tice", {"en": "Notice"})
