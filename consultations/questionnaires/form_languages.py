"""The languages of an XLSForm's columns: `label::Français (fr)`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from babel import Locale

from consultations.questionnaires.workbook import Row, Sheet, XLSFormError
from consultations.words import N_

TRANSLATED = ("label", "hint", "constraint_message", "form_title")

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r".*\(\s*([A-Za-z0-9_-]+)\s*\)")


@dataclass(frozen=True)
class Languages:
    """The languages of a form, its default first."""

    tags: tuple[str, ...]

    @property
    def default(self) -> str:
        """The language of columns that name none."""
        return self.tags[0]

    def texts(self, row: Row, part: str) -> dict[str, str]:
        """What `part` (label, hint, …) says in `row`, by language."""
        found = {}
        for column, text in row.cells.items():
            name, _, language = column.partition("::")
            if name == part and text:
                tag = tag_of(language) if language else self.default
                if tag and (language or tag not in found):
                    found[tag] = text
        return {tag: found[tag] for tag in self.tags if tag in found}


def languages_of(
    sheets: Iterable[Sheet], *, default: str, source_language: str, name: str
) -> Languages:
    """The languages of all translated columns, in the order of the columns.

    default: what the settings say, "" where they do not. Raises `XLSFormError`, naming the file
    `name`, for a column whose language cannot be told.
    """
    first = _tag(default, "default_language", name) if default else None
    columns = [
        (sheet.name, column)
        for sheet in sheets
        for column in sheet.header
        if column.partition("::")[0] in TRANSLATED
    ]
    tags = [
        _tag(column.partition("::")[2], f"{sheet}: {column}", name)
        for sheet, column in columns
        if "::" in column
    ]
    if first is None:
        plain = any("::" not in column and column != "form_title" for _, column in columns)
        first = source_language if plain or source_language in tags or not tags else tags[0]
    return Languages(tuple(dict.fromkeys([first, *tags])))


def tag_of(language: str) -> str | None:
    """`Français (fr)`, `fr` or `French` as a BCP 47 tag; None where it cannot be told."""
    language = language.strip()
    if match := _IN_BRACKETS.fullmatch(language):
        language = match[1].replace("_", "-")
    elif language.lower() in _english_names():
        return _english_names()[language.lower()]
    return _cased(language) if _TAG.fullmatch(language) else None


def _tag(language: str, place: str, name: str) -> str:
    tag = tag_of(language)
    if tag is None:
        raise XLSFormError(
            N_(
                "%(file)s, %(place)s: write the language with its code in brackets,"
                " such as “Français (fr)”."
            ),
            file=name,
            place=place,
        )
    return tag


def _cased(tag: str) -> str:
    first, *rest = tag.split("-")
    cases = {4: str.title, 2: str.upper}
    return "-".join([first.lower(), *(cases.get(len(part), str.lower)(part) for part in rest)])


@cache
def _english_names() -> dict[str, str]:
    names = Locale("en").languages.items()
    return {name.lower(): tag.replace("_", "-") for tag, name in names}
