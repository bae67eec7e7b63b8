"""The questionnaire to print."""

from datetime import date
from io import BytesIO

from flask.testing import FlaskClient
from pypdf import PdfReader

from consultations.rounds.models import CLOSED, PLANNED
from tests.factories import a_consultation, a_round

ADDRESS = "/en/code/answer/paper/"


def words(made: bytes) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split()
    )


def test_everyone_may_print_the_questionnaire(client: FlaskClient) -> None:
    a_round(a_consultation())
    answer = client.get(ADDRESS)
    said = words(answer.data)

    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert "Set-Cookie" not in answer.headers
    for part in ("Draft Code", "Secretariat", "Article 1", "Summary of art_1", "Position?",
                 "support_with_changes", "Prefer not to say", "code@forum.example",
                 "groups of", "Counted in groups.", "1 / "):  # fmt: skip
        assert part in said


def test_two_copies_are_the_same(client: FlaskClient) -> None:
    a_round(a_consultation())
    first = client.get(ADDRESS)

    assert client.get(ADDRESS).data == first.data
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_it_is_there_in_every_language(client: FlaskClient) -> None:
    a_round(a_consultation())

    for language in ("en", "fr", "ar"):
        made = PdfReader(BytesIO(client.get(f"/{language}/code/answer/paper/").data))
        assert made.trailer["/Root"]["/Lang"].lower().startswith(language)


def test_a_closed_round_can_still_be_printed_and_a_planned_one_not_yet(client: FlaskClient) -> None:
    about = a_consultation()
    of = a_round(about, stage=PLANNED, opens=date(2098, 1, 1))
    assert client.get(ADDRESS).status_code == 404
    of.stage = CLOSED
    assert client.get(ADDRESS).status_code == 200
