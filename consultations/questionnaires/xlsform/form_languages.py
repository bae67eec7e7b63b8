"""The languages of an XLSForm's columns: `label::Français (fr)`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import langcodes
from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from consultations.questionnaires.xlsform.columns import TRANSLATED
from consultations.questionnaires.xlsform.left_out import LeftOut
from consultations.questionnaires.xlsform.workbook import Row, Sheet, XLSFormError
from consultations.words import N_

_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r".*?(?:\[\s*([A-Za-z0-9_-]+)\s*\]|\(\s*([A-Za-z0-9_-]+)\s*\)).*")
_ALSO = {
    "bengali": "bn",
    "chichewa": "ny",
    "farsi": "fa",
    "fulani": "ff",
    "fulfulde": "ff",
    "kirundi": "rn",
    "kiswahili": "sw",
    "kurmanji": "kmr",
    "mandarin": "zh",
    "myanmar": "my",
    "oromiffa": "om",
    "sorani": "ckb",
    "tshiluba": "lua",
    "twi": "ak",
}
"""Names in use in the field that CLDR does not give."""


@dataclass(frozen=True)
class Languages:
    """The languages of a form, its default first.

    of:   as written in a header -> tag; "" is the default; those that cannot be told are missing.
    tags: the languages that it is offered in; it may hold words in others.
    """

    tags: tuple[str, ...]
    of: Mapping[str, str]

    @property
    def default(self) -> str:
        """The language of columns that name none."""
        return self.of[""]

    def texts(self, row: Row, part: str) -> dict[str, str]:
        """What `part` (label, hint, …) says in `row`, by language."""
        found: dict[str, str] = {}
        if text := row.text(part):
            found[self.default] = text
        said = set()
        for column, text in row.cells.items():
            name, _, language = column.partition("::")
            tag = self.of.get(language)
            if name == part and language and tag and tag not in said:
                said.add(tag)
                found[tag] = text
        return found


def languages_of(
    sheets: Iterable[Sheet],
    settings: Row,
    left_out: list[LeftOut],
    *,
    source_language: str,
    name: str,
) -> Languages:
    """The languages of all translated columns, the default first, then as the columns come.

    Columns whose language cannot be told are added to `left_out`; raises `XLSFormError`, naming
    the file `name`, where none can be told.
    """
    columns = [
        (sheet.name, column, column.partition("::")[2])
        for sheet in sheets
        for column in sheet.header
        if column.partition("::")[0] in TRANSLATED
    ]
    told: dict[str, str] = {}
    for sheet, column, language in columns:
        if not language or language.lower() == "default":
            continue
        if tag := tag_of(language):
            told[language] = tag
        else:
            left_out.append(LeftOut(sheet, 1, column, _UNTOLD))
    plain = any(not language for _, column, language in columns if column != "form_title")
    asked = [language for sheet, _, language in columns if sheet == "survey"]
    if any(asked) and not any(not each or each in told for each in asked):
        raise XLSFormError(_UNTOLD_AT_ALL, file=name, place=f"survey: {columns[0][1]}")
    said = settings.text("default_language")
    if said and said.lower() != "default" and not tag_of(said):
        left_out.append(LeftOut("settings", settings.number, "default_language", _UNTOLD))
    default = _default(settings, told, plain=plain, source_language=source_language)
    tags = [tag for written in settings.text("languages").split() if (tag := tag_of(written))]
    return Languages(
        tuple(dict.fromkeys(tags or [default, *told.values()])),
        {**told, "": default, "default": default},
    )


_UNTOLD = N_("write the language with its code in brackets, such as “Français (fr)”")
_UNTOLD_AT_ALL = N_(
    "%(file)s, %(place)s: write the language with its code in brackets, such as “Français (fr)”."
)


def _default(settings: Row, told: Mapping[str, str], *, plain: bool, source_language: str) -> str:
    said = settings.text("default_language")
    if said and said.lower() != "default" and (tag := tag_of(said)):
        return tag
    tags = list(told.values())
    return source_language if plain or source_language in tags or not tags else tags[0]


@cache
def tag_of(language: str) -> str | None:
    """`Français (fr)`, `fr` or `French` as a BCP 47 tag; None where it cannot be told."""
    language = language.strip()
    if match := _IN_BRACKETS.fullmatch(language):
        tag = (match[1] or match[2]).replace("_", "-")
        if _is_tag(tag):
            return _cased(tag)
    if tag := _english_names().get(language.lower()) or _ALSO.get(language.lower()):
        return tag
    if _is_tag(language):
        return _cased(language)
    return _own_names().get(language.lower())


def headers(tags: Iterable[str]) -> dict[str, str]:
    """Tag -> what stands after `label::`: Français (fr), دری [fa-AF] (fa).

    pyxform knows languages and no regions or scripts, so the whole tag stands in other brackets.
    """
    return {tag: _header(tag) for tag in tags}


def _header(tag: str) -> str:
    language = tag.partition("-")[0]
    try:
        name = Locale.parse(language).get_language_name(language) or language
    except (UnknownLocaleError, ValueError):
        name = language
    name = re.sub(r"[()\[\]:]", "", name)
    return f"{name} ({tag})" if tag == language else f"{name} [{tag}] ({language})"


def _is_tag(written: str) -> bool:
    return bool(_TAG.fullmatch(written))


def _cased(tag: str) -> str:
    """With its usual capitals, and two letters where there are two (`eng` is `en`)."""
    first, *rest = tag.split("-")
    if len(first) == 3:
        first = langcodes.standardize_tag(first)
    cases = {4: str.title, 2: str.upper}
    return "-".join([first.lower(), *(cases.get(len(part), str.lower)(part) for part in rest)])


@cache
def _english_names() -> dict[str, str]:
    names = Locale("en").languages.items()
    return {name.lower(): tag.replace("_", "-") for tag, name in names}


@cache
def _own_names() -> dict[str, str]:
    """Languages by the names that they have for themselves."""
    found = {}
    for tag in locale_identifiers():
        if "_" not in tag:
            found[(Locale.parse(tag).get_language_name(tag) or tag).lower()] = tag
    return found
