"""Documents for print: what people wrote stays text, and no system font or clock decides."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from consultations import resources
from consultations.pdf import fonts, pdf, primary, qr

HOSTILE = '#set text(red) *bold* $x$ <label> @ref `raw` \\u{41} #import "/etc/passwd": * // end'
POINT = "Neighbours are told."


def read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def words(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


def paper_of(text: str, language: str = "en") -> bytes:
    return pdf("answers", {
        "title": "My answers", "language": language, "note": POINT,
        "sections": [{"title": "Article 1", "answers": [{"label": "Why?", "given": [text]}]}],
        "skipped": "skipped",
    })  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr", "ar", "fa", "am", "hi", "zh-Hant", "ckb", "mam"])
def test_a_document_says_its_language_and_is_made_to_be_heard(language: str) -> None:
    made = read(paper_of("One.", language))
    catalogue = made.trailer["/Root"]

    assert catalogue["/Lang"].lower().startswith(primary(language))
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in catalogue["/Metadata"].get_object().get_data().decode()


def test_what_somebody_wrote_is_never_markup() -> None:
    said = words(paper_of(HOSTILE))

    for part in ("#set text(red)", "*bold*", "$x$", "<label>", "`raw`", "/etc/passwd"):
        assert part in said


@pytest.mark.parametrize(
    "written", ["\U0001f600 Good.", "ខ្មែរ Good.", "\0\a\ufffe\ud800 Good.", "\ue000"]
)
def test_a_sign_that_no_font_has_costs_nobody_the_document(written: str) -> None:
    assert "Good." in words(paper_of(f"{written} Good."))


def test_an_empty_title_costs_nobody_the_document() -> None:
    sections = [{"title": "", "answers": []}]
    data = {"title": " ", "note": POINT, "sections": sections, "skipped": "skipped"}

    assert POINT in words(pdf("answers", {**data, "language": "en"}))


def test_the_same_data_give_the_same_bytes_and_no_time() -> None:
    made = paper_of("One.")

    assert made == paper_of("One.")
    assert read(made).metadata["/CreationDate"].startswith("D:20000101")


def test_no_font_of_the_system_is_used() -> None:
    made = paper_of("Latin, עברית, العربية, አማርኛ, हिन्दी, 漢字", "ar")
    used = {
        str(font["/BaseFont"]).partition("+")[2]
        for page in read(made).pages
        for font in (each.get_object() for each in page["/Resources"]["/Font"].values())
    }

    assert used
    assert all(name.startswith(("SourceSans3", "KurintoSans")) for name in used)


def test_templates_load_nothing_from_elsewhere() -> None:
    for template in Path(resources.templates() / "typst").glob("*.typ"):
        text = template.read_text()
        assert "@preview" not in text
        assert "http" not in text
        assert set(re.findall(r'#import "([^"]+)"', text)) <= {"page.typ"}


def test_a_qr_code_is_a_drawing_without_text() -> None:
    drawn = qr("https://forum.example/ar/code/#1234")

    assert drawn.startswith("<svg")
    assert "<text" not in drawn


def test_han_is_drawn_as_the_reader_writes_it() -> None:
    assert fonts("zh-Hant")[2] == "Kurinto Sans TC"
    assert fonts("ja")[2] == "Kurinto Sans JP"
    assert fonts("ar")[0] == "Source Sans 3"
