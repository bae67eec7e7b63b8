"""Sealed cards: eight on a page, each with its own code."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from pypdf import PdfReader

from consultations.cards import cards_pdf
from consultations.codes import new_code

ADDRESS = "https://forum.example/ar/code/invited/"
TITLE = {"en": "Draft Code", "ar": "مشروع المدونة"}
ORGANIZER = {"en": "Secretariat"}

pytestmark = pytest.mark.parametrize("settings", ["sqlite"], indirect=True)


def made(codes: list[str], language: str = "en", second: str | None = None) -> PdfReader:
    drawn = cards_pdf(codes, ADDRESS, language, TITLE, ORGANIZER, date(2026, 12, 1), second=second)
    return PdfReader(BytesIO(drawn))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_eight_cards_stand_on_a_page(app: Flask) -> None:
    assert len(made([new_code() for _ in range(8)]).pages) == 1
    assert len(made([new_code() for _ in range(9)]).pages) == 2


def test_each_card_has_its_code_in_groups_of_four(app: Flask) -> None:
    codes = [new_code() for _ in range(3)]
    said = "".join(sign for sign in words(made(codes)) if sign.isdecimal())

    for code in codes:
        assert "".join(sign for sign in code if sign.isdecimal()) in said


def test_a_card_says_what_it_is_and_until_when(app: Flask) -> None:
    said = words(made([new_code()]))

    for part in ("Draft Code", "Secretariat", "1 December 2026", "forum.example/ar/code/invited"):
        assert part in said


def test_a_second_language_stands_beside_the_first(app: Flask) -> None:
    reader = made([new_code()], "ar", "en")

    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert "Draft Code" in words(reader)


def test_neither_the_file_nor_its_properties_name_a_code(app: Flask) -> None:
    reader = made([code := new_code()])
    digits = "".join(sign for sign in code if sign.isdecimal())

    assert digits not in str(reader.metadata)
    assert digits not in str(reader.trailer["/Root"]["/Metadata"].get_object().get_data())
