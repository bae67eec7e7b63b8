"""A text in several languages: which of them a reader gets."""

from collections.abc import Iterable, Mapping

SOURCE = "en"
FURTHEST = 40
"""How unlike two languages may be before a reader of one is not expected to know the other."""


def nearest(language: str, spoken: Iterable[str]) -> str | None:
    """The language of `spoken` that a reader of `language` most likely knows, if any."""
    among = list(spoken)
    if language in among:
        return language
    import langcodes  # heavy: docs/decisions/0013

    try:
        found, distance = langcodes.closest_match(language, among, max_distance=FURTHEST)
    except ValueError:  # not the tag of a language
        return None
    return found if found != "und" and distance <= FURTHEST else None


def pick(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """The text for a reader of `language` and the language it is in.

    Falls back to the nearest language there is, then to English, then to the first.
    """
    if language in texts:
        return texts[language], language
    if not texts:
        return "", language
    found = nearest(language, texts) or (SOURCE if SOURCE in texts else next(iter(texts)))
    return texts[found], found


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text for a reader of `language`, whatever language it then is in."""
    return pick(texts, language)[0]
