"""The note on a correction as it is typed on the command line: a text per language."""

import re
from collections.abc import Collection, Sequence

LANGUAGE = re.compile(r"(?P<language>[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)=(?P<text>.+)", re.DOTALL)


def note_texts(given: Sequence[str], languages: Collection[str], default: str) -> dict[str, str]:
    """`fr=TEXT` is in French where the consultation speaks it; any other text is in `default`."""
    found = {}
    for each in given:
        language, text = default, each
        if (written := LANGUAGE.fullmatch(each)) and written["language"] in languages:
            language, text = written["language"], written["text"]
        found[language] = text.strip()
    return found
