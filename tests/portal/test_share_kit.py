"""What partners hand on, in the consultation's own words."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from consultations.portal.share_kit import Kit, message, poster_pdf, radio_script
from tests.factories import a_consultation, a_round

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


@pytest.fixture
def kit(app: Flask) -> Kit:
    about = a_consultation()
    return Kit(about, a_round(about, closes=date(2098, 12, 1)), "en", "radio-north")


def test_a_message_is_short_and_carries_the_partners_link(app: Flask, kit: Kit) -> None:
    with app.test_request_context("/en/"):
        said = message(kit)

    assert len(said) < 300
    assert said.startswith("Secretariat asks: what do you think of “Draft Code”?")
    assert "1 December 2098" in said
    assert said.splitlines()[1:] == ["http://localhost/en/code/?via=radio-north"]
    assert said.replace("\n", "").isprintable()


def test_a_long_title_is_shortened_and_the_link_never(app: Flask, kit: Kit) -> None:
    kit.consultation.title = {"en": "Very long title " * 40}
    with app.test_request_context("/en/"):
        said = message(kit)

    assert len(said) < 300
    assert "…" in said
    assert said.endswith("/en/code/?via=radio-north")


def test_the_radio_script_takes_forty_seconds(app: Flask, kit: Kit) -> None:
    with app.test_request_context("/en/"):
        said = radio_script(kit)

    assert 75 <= len(said.split()) <= 105
    for part in ("Draft Code", "Secretariat", "1 December 2098", "localhost/en/code"):
        assert part in said
    assert "via=" not in said
    assert said.count("\u2066localhost/en/code\u2069") == 2


def test_while_the_team_holds_the_round_open_no_last_day_is_told(app: Flask, kit: Kit) -> None:
    kit.round.held_open = True
    with app.test_request_context("/en/"):
        assert "2098" not in message(kit) + radio_script(kit)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_poster_is_one_page_in_its_language(app: Flask, kit: Kit, language: str) -> None:
    with app.test_request_context("/en/"):
        made = poster_pdf(Kit(kit.consultation, kit.round, language))
    reader = PdfReader(BytesIO(made))

    assert len(reader.pages) == 1
    assert reader.trailer["/Root"]["/Lang"].lower().startswith(language)
    assert f"localhost/{language}/code" in reader.pages[0].extract_text()
