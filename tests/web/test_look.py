"""Templates and style sheets keep the rules of the look."""

import re
from pathlib import Path

import brotli
import pytest
from jinja2 import Environment

from consultations import resources

TEMPLATES = resources.templates()
STATIC = resources.static()
SHEETS = sorted(STATIC.glob("*.css"))
PAGES = sorted(TEMPLATES.rglob("*.html"))

PHYSICAL = re.compile(
    r"(?<![-\w])(margin|padding|border)-(left|right|top|bottom)\b"
    r"|(?<![-\w])(left|right|top|bottom|width|height|min-width|max-width|float)\s*:"
    r"|text-align:\s*(left|right)"
)


def without_conditions(css: str) -> str:
    """The sheet without its media conditions, where a width is the window's."""
    return re.sub(r"@media[^{]*\{", "", css)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_styles_mirror_with_the_direction_of_writing(sheet: Path) -> None:
    assert not PHYSICAL.search(without_conditions(sheet.read_text()))


def test_a_physical_property_would_be_found() -> None:
    assert PHYSICAL.search("p { margin-left: 1rem }")


@pytest.mark.parametrize("path", [*SHEETS, *PAGES], ids=lambda path: path.name)
def test_nothing_is_loaded_from_another_host(path: Path) -> None:
    assert not re.search(r"(https?:)?//[\w-]+\.\w", path.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_pages_carry_neither_inline_styles_nor_handlers(page: Path) -> None:
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page.read_text())


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_pages_parse_and_stay_short(page: Path) -> None:
    source = page.read_text()
    Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(source)
    assert len(source.splitlines()) <= 150


def test_the_sheet_of_the_answering_page_is_small() -> None:
    base = (STATIC / "base.css").read_bytes()
    assert len(brotli.compress(base, quality=5)) < 4500
