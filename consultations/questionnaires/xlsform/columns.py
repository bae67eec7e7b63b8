"""The columns of an XLSForm under one name each, however the header spells them."""

import re
from collections.abc import Mapping

TRANSLATED = frozenset(
    ("label", "hint", "constraint_message", "required_message", "unit", "audio", "form_title")
)
"""The columns that may be written once for each language."""

_TITLE = re.compile(r"form_title \(\s*(\S+)\s*\)")
"""The title in another language, in a column that other programs pass over."""

_MEDIA = {"audio": "audio", "image": "image", "video": "video", "big-image": "big-image"}
_BIND = {
    "relevant": "relevant",
    "required": "required",
    "constraint": "constraint",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "calculate": "calculation",
    "readonly": "read_only",
}
_CONTROL = {"appearance": "appearance"}
_PREFIXES = {"bind": _BIND, "media": _MEDIA, "control": _CONTROL, "body": _CONTROL}
_SAME = (
    "type name label hint guidance_hint required required_message relevant constraint"
    " constraint_message calculation choice_filter default appearance parameters read_only"
    " trigger repeat_count disabled"
    " provision role dimension sensitive bracket unit choice_list section kobo--score-choices"
)
_LABELS = {"label": "label", "caption": "label", "name": "name", "value": "name"} | _MEDIA

_CHOICES = {"list_name": "list_name", "exclusive": "exclusive", "specify": "specify"} | _LABELS

_NAMES: Mapping[str, Mapping[str, str]] = {
    "survey": {name: name for name in _SAME.split()}
    | _LABELS
    | {
        "command": "type",
        "tag": "name",
        "relevance": "relevant",
        "calculate": "calculation",
        "readonly": "read_only",
        "constraining_message": "constraint_message",
        "constraintmsg": "constraint_message",
        "requiredmsg": "required_message",
        "count": "repeat_count",
    },
    "choices": _CHOICES,
    "external_choices": _CHOICES,
    "settings": {
        "form_title": "form_title",
        "set_form_title": "form_title",
        "title": "form_title",
        "default_language": "default_language",
        "languages": "languages",
        "random_provisions": "random_provisions",
        "allow_choice_duplicates": "allow_choice_duplicates",
    },
}


def column(written: str, sheet: str) -> str:
    """`Label : English (en)` is `label::English (en)`, `bind::relevance` is `relevant`.

    Columns that mean nothing to us stay as written: filters of choices go by their names.
    """
    written = written.strip(" \ufeff\u200b\u00a0\n\t")
    if title := _TITLE.fullmatch(written):
        return f"form_title::{title[1]}"
    first, *rest = _parts(written)
    known = _NAMES[sheet]
    word = _snake(first)
    if word in _PREFIXES and rest:
        known, word, rest = _PREFIXES[word], _snake(rest[0]), rest[1:]
    if word not in known:
        return written
    return "::".join([known[word], *rest])


def is_known(name: str, sheet: str) -> bool:
    """Whether a column means something to us."""
    return name.partition("::")[0] in _NAMES[sheet].values()


def _parts(written: str) -> list[str]:
    separator = "::" if "::" in written else ":"
    parts = [part.strip() for part in written.split(separator)]
    return [part.removeprefix("jr:") for part in parts if part != "jr"] or [""]


def _snake(words: str) -> str:
    return "_".join(words.lower().split())
