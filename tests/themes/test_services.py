"""Themes and what carries them."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.comments.models import ANSWER, UNPUBLISHED
from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.languages.queries import OUT_OF_DATE, standings
from consultations.rounds.models import Round, TeamAction
from consultations.themes.queries import (
    points_alike,
    reading_of,
    theme_with,
    themes_in,
    themes_of,
    themes_on,
)
from consultations.themes.services import (
    add_theme,
    attach,
    change_theme,
    code_points,
    detach,
    merge_theme,
    remove_theme,
    theme_called,
)
from tests.factories import a_consultation, a_point, a_round, an_organisation

AT = datetime(2026, 6, 2, 9, tzinfo=UTC)
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


def test_a_theme_is_called_once_in_whatever_language(of: Round) -> None:
    about = of.consultation
    theme = theme_called(about, " Préavis,  plus long ", by=None, at=AT)
    assert (theme.code, theme.label) == ("preavis-plus-long", {"en": "Préavis, plus long"})
    theme.label = {**theme.label, "ar": "مهلة أطول"}
    assert theme_called(about, "préavis, PLUS long", by=None, at=AT) is theme
    assert theme_called(about, "مهلة أطول", by=None, at=AT) is theme
    assert theme_called(about, "إنذار", by=None, at=AT).code == "theme"
    assert theme_called(about, "أخرى", by=None, at=AT).code == "theme-2"


@pytest.mark.parametrize("label", ["  ", "a\0b", "x" * 201])
def test_a_label_that_will_not_do_is_refused(of: Round, label: str) -> None:
    with pytest.raises(ConsultationsError):
        theme_called(of.consultation, label, by=None, at=AT)
    assert themes_in(of.consultation_id) == []


def test_a_renamed_theme_waits_for_its_translators(of: Round) -> None:
    about = of.consultation
    theme = add_theme(about, "notice", {"en": "Notice", "fr": "Préavis"}, READ_AS)
    words = {"en": "Longer notice", "fr": "Préavis", "ar": "مهلة أطول"}
    change_theme(about, theme, words, "Earlier.", by=None, at=AT)
    assert (theme.label, theme.read_as) == (words, {"en": "Earlier."})
    where = f"theme:{theme.id}:label"
    stands = {
        tag: next(each.status for each in standings(about, tag) if each.passage.name == where)
        for tag in ("fr", "ar")
    }
    assert stands == {"fr": OUT_OF_DATE, "ar": "translated"}
    change_theme(about, theme, {"en": "Longer notice"}, "", by=None, at=AT)
    assert (theme.label, theme.read_as) == ({"en": "Longer notice"}, {})


def test_points_of_a_merged_theme_carry_the_other_once(of: Round) -> None:
    about, both, one = of.consultation, a_point(of), a_point(of)
    kept, gone = (add_theme(about, code, {"en": code}) for code in ("kept", "gone"))
    code_points([both], kept, by=None)
    code_points([both, one], gone, by=None)
    merge_theme(about, gone, kept, by=None, at=AT)
    assert themes_on([both.id, one.id]) == {both.id: [kept], one.id: [kept]}
    assert theme_with(about.id, "gone") is None


def test_a_removed_theme_leaves_its_points(of: Round) -> None:
    point, theme = a_point(of), add_theme(of.consultation, "notice", {"en": "Notice"})
    code_points([point], theme, by=None)
    remove_theme(of.consultation, theme, by=None, at=AT)
    assert themes_on([point.id]) == {}
    assert [each.themes for each in points_alike(of.consultation_id)] == [()]


def test_the_log_names_what_is_gone(of: Round) -> None:
    about = of.consultation
    one, other, kept = (add_theme(about, code, {"en": code.title()}) for code in ("a", "b", "c"))
    merge_theme(about, one, kept, by=None, at=AT)
    remove_theme(about, other, by=None, at=AT)
    noted = db.session.execute(select(TeamAction.action, TeamAction.detail))
    assert {("theme.merge", "A"), ("theme.remove", "B")} <= {tuple(each) for each in noted}


def test_a_theme_is_taken_off_a_point(of: Round) -> None:
    point, theme = a_point(of), add_theme(of.consultation, "notice", {"en": "Notice"})
    attach([point.id], theme, by=None)
    detach([point.id], theme)
    assert themes_on([point.id]) == {}


def test_the_same_words_are_read_once(of: Round) -> None:
    said = [a_point(of, origin=ANSWER, status=UNPUBLISHED, text=text)
            for text in ("By radio", "by  RADIO", "Later")]  # fmt: skip
    a_point(of, text="By radio", language="fr")
    a_point(of, text="By radio", status="hidden")
    found = points_alike(of.consultation_id)
    assert sorted(len(each.points) for each in found) == [1, 1, 2]
    assert set(found[0].points) == {said[0].id, said[1].id}
    attach([said[0].id], add_theme(of.consultation, "radio", {"en": "Radio"}), by=None)
    assert len(points_alike(of.consultation_id)) == 4
