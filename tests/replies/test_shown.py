"""Points with their replies, as pages show them."""

from datetime import UTC, datetime

from flask import Flask, g

from consultations.comments.models import ANSWER, UNPUBLISHED
from consultations.replies.services import answer
from consultations.replies.shown import points_shown, reply_shown
from consultations.rounds.models import Round
from consultations.themes.services import add_theme, code_points
from tests.factories import a_consultation, a_point, a_round, an_organisation

NOW = datetime(2026, 1, 3, tzinfo=UTC)
NEW = "The notice shall state the dates and the hours."


def _round(language: str = "en") -> Round:
    g.lang = language
    return a_round(a_consultation())


def test_a_point_is_shown_with_author_text_and_difference(app: Flask) -> None:
    with app.test_request_context():
        of = _round()
        point = a_point(of, an_organisation(), paragraph="2", wording=NEW, reason="For the bus.")
        [shown] = points_shown([point], of.consultation)
    assert shown["author"] == {"name": "Farmers' Union", "language": None}
    assert shown["text"] == {"en": "Longer notice."}
    assert [run.text for run in shown["proposed"] if run.change == "added"] == [" and the hours"]
    assert shown["reply"] is None


def test_a_reader_gets_the_translation_and_its_standing(app: Flask) -> None:
    with app.test_request_context():
        of = _round("fr")
        translated = {"fr": {"text": "Un préavis plus long.", "status": "machine_draft"}}
        [shown] = points_shown([a_point(of, translations=translated)], of.consultation)
    assert shown["text"] == {"fr": "Un préavis plus long.", "en": "Longer notice."}
    assert (shown["language"], shown["unreviewed"]) == ("en", True)


def test_a_wording_without_text_in_its_language_stays_in_its_own(app: Flask) -> None:
    with app.test_request_context():
        of = _round("fr")
        point = a_point(of, paragraph="2", wording=NEW)
        [shown] = points_shown([point], of.consultation)
    assert shown["proposed_language"] == "en"


def test_everyone_is_told_only_of_published_points_answered_together(app: Flask) -> None:
    with app.test_request_context():
        of = _round()
        seen = [a_point(of), a_point(of)]
        unseen = [a_point(of, origin=ANSWER, status=UNPUBLISHED) for _ in range(3)]
        reply = answer(
            of.consultation,
            [*seen, *unseen],
            disposition="accepted",
            text={"en": "Doubled."},
            by=None,
            at=NOW,
        )
        assert reply_shown(reply, of.consultation)["same_for"] == 2
        for team, count in ((False, 2), (True, 5)):
            [shown] = points_shown(seen[:1], of.consultation, team=team)
            assert shown["reply"]["same_for"] == count


def test_what_came_of_it_is_marked_against_the_revision_before(app: Flask) -> None:
    with app.test_request_context():
        of = _round()
        reply = answer(
            of.consultation,
            [a_point(of)],
            disposition="accepted",
            text={"en": "Taken up."},
            resulting_wid="art_1",
            resulting_text={"en": NEW},
            by=None,
            at=NOW,
        )
        runs = reply_shown(reply, of.consultation)["resulting"]
    assert [run.text for run in runs if run.change == "added"] == [" and the hours"]


def test_a_point_is_read_in_the_words_of_its_theme(app: Flask) -> None:
    with app.test_request_context():
        of = _round()
        theme = add_theme(of.consultation, "notice", {"en": "Notice"}, {"en": "Earlier."})
        point = a_point(of, origin=ANSWER, status=UNPUBLISHED)
        code_points([point], theme, by=None)
        [shown] = points_shown([point], of.consultation, team=True)
    assert (shown["read_as"], shown["themes"]) == ({"en": "Earlier."}, [{"en": "Notice"}])
