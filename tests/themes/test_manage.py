"""The coder's desk: points, the themes in them, and a page for each theme."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from consultations.clock import now
from consultations.comments.models import ANSWER, UNPUBLISHED, Point
from consultations.db import db
from consultations.rounds.models import REPORTED, Round
from consultations.themes.models import Theme
from consultations.themes.queries import theme_with, themes_in, themes_on
from consultations.themes.services import add_theme, attach, remove_theme
from tests.factories import (
    a_consultation,
    a_point,
    a_round,
    an_account,
    an_organisation,
    posted,
    sign_in,
)

ADDRESS = "/en/manage/code/themes/"
SAID: dict[str, Any] = {"origin": ANSWER, "status": UNPUBLISHED}


@pytest.fixture
def of(app: Flask) -> Round:
    """An open round."""
    return a_round(a_consultation())


@pytest.fixture
def theme(of: Round) -> Theme:
    """A theme that nothing carries."""
    return add_theme(of.consultation, "notice", {"en": "Longer notice"})


@pytest.fixture
def point(of: Round) -> Point:
    """What somebody said in an answer."""
    return a_point(of, text="Tell us by radio.", **SAID)


@pytest.fixture
def organizer(of: Round, client: FlaskClient) -> FlaskClient:
    """The organizer, signed in."""
    return sign_in(client, an_account())


def _carried(point: Point) -> list[str]:
    return [each.code for each in themes_on([point.id]).get(point.id, [])]


def test_themes_are_attached_and_taken_off(
    theme: Theme, point: Point, organizer: FlaskClient
) -> None:
    assert "1 point without a theme" in organizer.get(ADDRESS).text
    fields = {"point": point.id, f"theme-{point.id}": "notice", f"new-{point.id}": "By radio"}
    kept = posted(organizer, ADDRESS, **fields)
    assert (kept.status_code, _carried(point)) == (303, ["by-radio", "notice"])
    page = organizer.get(ADDRESS).text
    assert "0 points without a theme" in page
    assert "No point here." in page
    posted(organizer, ADDRESS, **{"point": point.id, f"was-{point.id}": "by-radio notice",
                                  f"theme-{point.id}": "by-radio"})  # fmt: skip
    assert _carried(point) == ["by-radio"]


def test_all_in_the_same_words_get_the_theme(
    of: Round, theme: Theme, point: Point, organizer: FlaskClient
) -> None:
    other = a_point(of, text="tell us by radio. ", **SAID)
    assert "2 times in the same words" in organizer.get(ADDRESS).text
    posted(organizer, ADDRESS, **{"point": point.id, f"theme-{point.id}": "notice"})
    assert _carried(other) == ["notice"]


def test_what_somebody_else_did_meanwhile_stays(
    of: Round, theme: Theme, point: Point, organizer: FlaskClient
) -> None:
    attach([point.id], add_theme(of.consultation, "radio", {"en": "Radio"}), by=None)
    posted(organizer, ADDRESS, **{"point": point.id, f"theme-{point.id}": "notice"})
    assert _carried(point) == ["notice", "radio"]


def test_a_theme_removed_meanwhile_is_said_and_nothing_lost(
    of: Round, theme: Theme, point: Point, organizer: FlaskClient
) -> None:
    second = a_point(of, text="Second", **SAID)
    remove_theme(of.consultation, theme, by=None, at=now())
    db.session.commit()
    refused = posted(
        organizer,
        ADDRESS,
        **{"point": [point.id, second.id], f"theme-{point.id}": "notice",
           f"new-{second.id}": "My own theme"},
    )  # fmt: skip
    assert refused.status_code == 422
    assert "has been removed meanwhile" in refused.text
    assert "My own theme" in refused.text
    assert themes_in(of.consultation_id) == []


def test_a_point_hidden_meanwhile_does_not_stop_the_others(
    theme: Theme, point: Point, organizer: FlaskClient
) -> None:
    fields = {"point": ["f" * 32, point.id], f"theme-{point.id}": "notice"}
    assert posted(organizer, ADDRESS, **fields).status_code == 303
    assert _carried(point) == ["notice"]


def test_nothing_shows_who_said_it(of: Round, organizer: FlaskClient) -> None:
    a_point(of, an_organisation("Farmers' Union"), label="1.1", text="Radio, please.")
    page = organizer.get(ADDRESS).text
    assert "Radio, please." in page
    assert "Farmers" not in page
    assert "1.1" not in page


def test_filters_leave_out_what_they_say(
    of: Round, theme: Theme, point: Point, organizer: FlaskClient
) -> None:
    a_point(of, text="Par la radio", language="fr", **SAID)
    attach([a_point(of, text="Forty days", wid="art_2", **SAID).id], theme, by=None)
    shown = {
        query: {each for each in ("by radio", "Par la radio", "Forty days")
                if each in organizer.get(f"{ADDRESS}?{query}").text}
        for query in ("", "language=fr", "status=with", "status=all&theme=notice",
                      "status=all&article=art_2", "words=BY++radio")
    }  # fmt: skip
    assert shown == {
        "": {"by radio", "Par la radio"},
        "language=fr": {"Par la radio"},
        "status=with": {"Forty days"},
        "status=all&theme=notice": {"Forty days"},
        "status=all&article=art_2": {"Forty days"},
        "words=BY++radio": {"by radio"},
    }


def test_a_long_list_is_cut_into_pages(of: Round, organizer: FlaskClient) -> None:
    for place in range(25):
        a_point(of, text=f"Words {place}", **SAID)
    assert "3 of 3" in organizer.get(f"{ADDRESS}?page=99").text
    last = organizer.get(f"{ADDRESS}?page=3").text
    assert last.count("<fieldset") == 5


def test_a_page_without_anything_to_keep_is_left_behind(
    theme: Theme, point: Point, organizer: FlaskClient
) -> None:
    kept = posted(organizer, ADDRESS, point=point.id)
    assert kept.location.endswith("?page=2")
    kept = posted(organizer, ADDRESS, **{"point": point.id, f"theme-{point.id}": "notice"})
    assert kept.location.endswith("?page=1")


def test_themes_of_other_articles_stand_apart(
    of: Round, theme: Theme, point: Point, organizer: FlaskClient
) -> None:
    assert "Themes of other articles" not in organizer.get(ADDRESS).text
    attach([a_point(of, wid="art_2", text="Forty days", **SAID).id], theme, by=None)
    assert "Themes of other articles" in organizer.get(ADDRESS).text


def test_a_published_report_is_told_of(of: Round, organizer: FlaskClient) -> None:
    assert "once it is corrected" not in organizer.get(ADDRESS).text
    of.stage = REPORTED
    db.session.commit()
    assert "once it is corrected" in organizer.get(ADDRESS).text


def test_a_theme_is_added_before_any_point(of: Round, organizer: FlaskClient) -> None:
    assert posted(organizer, ADDRESS, action="add", label="Radio").status_code == 303
    assert theme_with(of.consultation_id, "radio") is not None
    refused = posted(organizer, ADDRESS, action="add", label="x" * 201)
    assert refused.status_code == 422
    assert "x" * 201 in refused.text


def _read(organizer: FlaskClient) -> str:
    page = organizer.get(f"{ADDRESS}notice/").text
    return page.partition('name="read" value="')[2].partition('"')[0]


def test_a_theme_is_renamed_in_each_language(theme: Theme, organizer: FlaskClient) -> None:
    read = _read(organizer)
    fields = {"action": "keep", "label-en": "Notice", "label-ar": "مهلة", "read_as": "Earlier."}
    assert posted(organizer, f"{ADDRESS}notice/", read=read, **fields).status_code == 303
    assert theme.label == {"en": "Notice", "ar": "مهلة"}
    fields["label-en"] = "Something else"
    stale = posted(organizer, f"{ADDRESS}notice/", read=read, **fields)
    assert (stale.status_code, theme.label["en"]) == (409, "Notice")
    assert "Something else" in stale.text


def test_a_theme_without_a_name_is_refused_and_the_rest_kept(
    theme: Theme, organizer: FlaskClient
) -> None:
    fields = {"action": "keep", "label-en": " ", "label-fr": "Préavis", "read": _read(organizer)}
    refused = posted(organizer, f"{ADDRESS}notice/", **fields)
    assert refused.status_code == 422
    assert "Préavis" in refused.text
    assert theme.label == {"en": "Longer notice"}


def test_a_theme_is_merged_into_another(
    of: Round, theme: Theme, point: Point, organizer: FlaskClient
) -> None:
    attach([point.id], theme, by=None)
    add_theme(of.consultation, "radio", {"en": "Radio"})
    read, address = _read(organizer), f"{ADDRESS}notice/"
    refused = posted(organizer, address, action="merge", into="notice", read=read)
    assert refused.status_code == 409
    posted(organizer, address, action="merge", into="radio", read=read)
    assert _carried(point) == ["radio"]
    assert organizer.get(address).status_code == 404


def test_a_theme_is_removed(of: Round, theme: Theme, point: Point, organizer: FlaskClient) -> None:
    attach([point.id], theme, by=None)
    posted(organizer, f"{ADDRESS}notice/", action="remove", read=_read(organizer))
    assert (_carried(point), themes_in(of.consultation_id)) == ([], [])
