"""Documents for print: typst files of our own, filled with plain data.

What people wrote reaches typst as JSON beside the file, never inside it: it cannot become markup.
Fonts come from a package, never from the system, so a page looks the same on every server.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

from consultations import resources
from consultations.i18n import direction

if TYPE_CHECKING:
    import typst

CREATED = 946_684_800
"""The creation date of every document, in seconds: a file does not tell when it was made."""

WITHOUT_GLYPH = "could not be displayed"
"""What typst says of a sign that no font has, where a standard forbids to draw it as a box."""

NO_SIGN = ("Cc", "Cs", "Cn")
"""Unicode categories of what nobody can read."""

_LATIN = ("Source Sans 3", "Kurinto Sans")
_HAN = {"ja": "JP", "ko": "KR", "zh": "SC"}
_TRADITIONAL = ("Hant", "TW", "HK", "MO")


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """A document made from templates/typst/TEMPLATE.typ: PDF/A-2a, and PDF/UA-1 to be heard.

    `data` holds plain values, among them `title` and `language` (the tag that gives the document
    its language and the direction of its lines). A text in another language is {text, lang}. The
    same data give the same bytes. Where somebody wrote a sign that no font of ours has, it is
    drawn as a box, and the document is tagged as before but no standard's any more.
    """
    import typst  # heavy: docs/decisions/0013

    language = str(data["language"])
    title = str(data["title"]).strip() or "–"
    filled = _directed({**data, "title": title, "fonts": fonts(language), "lang": language})
    folder = resources.templates() / "typst"
    compiler = typst.Compiler(
        str(folder / f"{template}.typ"),
        root=str(folder),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(filled, ensure_ascii=False)},
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=CREATED)
    except typst.TypstError as error:
        if WITHOUT_GLYPH not in str(error):
            raise
        made = compiler.compile(format="pdf", timestamp=CREATED)
    assert isinstance(made, bytes)
    return made


def qr(text: str, *, mask: int | None = None) -> str:
    """A QR code as the SVG that a template takes; robust enough for a creased card.

    `mask` is the pattern laid over it, 0 to 7; the best is looked for where none is named.
    """
    import segno  # heavy: docs/decisions/0013

    drawn = BytesIO()
    code = segno.make(text, error="m", micro=False, mask=mask)
    code.save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()


def fonts(language: str) -> list[str]:
    """The families for a document in a language, the first that has a sign wins."""
    parts = language.split("-")
    region = _HAN.get(parts[0], "SC")
    if parts[0] == "zh" and any(part in _TRADITIONAL for part in parts):
        region = "TC"
    others = [each for each in ("SC", "TC", "JP", "KR") if each != region]
    return [*_LATIN, *(f"Kurinto Sans {each}" for each in (region, *others))]


def primary(language: str) -> str:
    """The part of a tag that typst takes: the language without script and region."""
    first = language.split("-")[0]
    return first if first.isascii() and first.isalpha() and len(first) in (2, 3) else "und"


def _directed(value: Any) -> Any:
    """The same data as can be printed, a direction beside every text that names its language."""
    if isinstance(value, Mapping):
        inside = {name: _directed(each) for name, each in value.items()}
        if "lang" in inside:
            way = inside.get("dir") or direction(value["lang"])
            inside |= {"dir": way, "lang": primary(value["lang"])}
        return inside
    if isinstance(value, list | tuple):
        return [_directed(each) for each in value]
    return _printable(value) if isinstance(value, str) else value


def _printable(text: str) -> str:
    """A text without what is no sign at all: controls, halves of signs, places kept free."""
    return "".join(sign for sign in text if sign == "\n" or category(sign) not in NO_SIGN)


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    import typst  # heavy: docs/decisions/0013

    folder = Path(str(files("weblate_fonts"))) / "static"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
