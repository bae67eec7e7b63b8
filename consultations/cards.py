"""Sealed cards: a personal code on paper, hidden until its card is opened."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import force_locale, get_locale, gettext

from consultations import figures
from consultations.i18n import shell_language
from consultations.pdf import pdf, qr
from consultations.texts import in_language, pick

LONGEST_TITLE = (70, 45)
"""Characters of a title that fit a card in one language, and in two."""

QUICK = 0
"""The pattern laid over each QR code: looking for the best of eight takes ten times as long."""


def cards_pdf(
    codes: Sequence[str],
    address: str,
    language: str,
    title: Mapping[str, str],
    organizer: Mapping[str, str],
    closes: date | None,
    *,
    second: str | None = None,
) -> bytes:
    """A4 pages of eight cards each, to cut, fold and close: one code a card.

    The code is printed in groups of four digits and as a QR code of `address#digits`: it stands
    behind the sign that no server is told. A second language may stand beside the first. `closes`
    is the last day, None where there is none. Texts of the organizer are given per language.
    """
    languages = [language, *([second] if second and second != language else [])]
    longest = LONGEST_TITLE[len(languages) - 1]
    return pdf(
        "cards",
        {
            "language": language,
            "title": in_language(title, language),
            "address": _readable(address),
            "cards": [
                {
                    "groups": code.replace("-", " ").split(),
                    "qr": qr(f"{address}#{_digits(code)}", mask=QUICK),
                }
                for code in codes
            ],
            "faces": [
                _face(each, _shortened(title, longest), organizer, closes) for each in languages
            ],
        },
    )


def _face(
    language: str, title: Mapping[str, str], organizer: Mapping[str, str], closes: date | None
) -> dict[str, Any]:
    """What stands on a card in one language."""
    spoken = shell_language(language)
    with force_locale(spoken.replace("-", "_")):
        last = figures.kept_together(figures.day(closes, get_locale())) if closes else None
        once = (
            gettext("It can be used once, until %(day)s.", day=last)
            if last
            else gettext("It can be used once.")
        )
        inside = gettext("Your code is inside: keep it to yourself.")
        said = {
            "inside": f"{inside} {once}",
            "open": gettext("Take a picture of the square, or open this page and type the code:"),
        }
    words = {name: _piece(text, spoken) for name, text in said.items()}
    own = {"title": title, "organizer": organizer}
    return {**words, **{name: _piece(*pick(each, language)) for name, each in own.items()}}


def _piece(text: str, language: str) -> dict[str, str]:
    return {"text": text, "lang": language}


def _shortened(title: Mapping[str, str], longest: int) -> dict[str, str]:
    return {
        language: text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
        for language, text in title.items()
    }


def _digits(code: str) -> str:
    return "".join(sign for sign in code if sign.isdecimal())


def _readable(address: str) -> str:
    """An address as people type it."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
