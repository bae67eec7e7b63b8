"""How a question looks: the words of XLSForm's `appearance` that mean something to us."""

import re
from collections.abc import Mapping, Sequence

from consultations.questionnaires.structure import VOTES, Choice
from consultations.questionnaires.xlsform.left_out import UnsupportedError
from consultations.words import N_

CHOOSING = ("single", "multiple", "scale", "ranking", "vote")

_WORDS: Mapping[str, tuple[str, Sequence[str]]] = {
    "minimal": ("dropdown", CHOOSING),
    "dropdown": ("dropdown", CHOOSING),
    "autocomplete": ("search", CHOOSING),
    "search": ("search", CHOOSING),
    "month-year": ("month", ("date",)),
    "year": ("year", ("date",)),
    "email": ("email", ("text",)),
}
"""Word -> our word, and the kinds that may look so; every kind may say `provision`."""

WRITTEN = {"dropdown": "minimal", "search": "autocomplete", "month": "month-year"}
"""Our word -> XLSForm's, where it is another."""

_DRAWN = ("signature", "draw", "annotate")


def appearing(kind: str, written: str, choices: Sequence[Choice]) -> tuple[str, str]:
    """The kind and the appearance; words that only move things about are passed over.

    Raises `UnsupportedError` for what another program or another file would have to do.
    """
    words = written.lower().split()
    for word in words:
        if re.search(r"[(:]", word):
            raise UnsupportedError("appearance", N_("needs another program or another file"))
        if kind == "file" and word in _DRAWN:
            raise UnsupportedError("appearance", N_("drawing on the page is not supported"))
    kind = _kind(kind, words, choices)
    known = [
        "provision" if word == "provision" else _WORDS[word][0]
        for word in words
        if word == "provision" or (word in _WORDS and kind in _WORDS[word][1])
    ]
    return kind, " ".join(dict.fromkeys(known))


def _kind(kind: str, words: Sequence[str], choices: Sequence[Choice]) -> str:
    if kind == "single" and "vote" in words and {each.code for each in choices} == set(VOTES):
        return "vote"
    if kind == "single" and "likert" in words:
        return "scale"
    return "long_text" if kind == "text" and "multiline" in words else kind
