"""What prose about a small group may hold: neither a number nor a quotation."""

import unicodedata

from consultations.errors import ConsultationsError
from consultations.words import N_

LONGEST = 2_000
"""Characters."""

QUOTING = frozenset('"`„‚「」『』〝〞〟＂')
APOSTROPHES = frozenset("'’")


def checked_prose(text: str) -> str:
    """The text without space around it. Raises ConsultationsError for what may not stand in it."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise ConsultationsError(
            N_("The text is longer than %(longest)s characters."), longest=LONGEST
        )
    if any(unicodedata.category(sign) == "Cc" and sign != "\n" for sign in text):
        raise ConsultationsError(N_("The text holds signs that are not text."))
    if any(unicodedata.category(sign).startswith("N") for sign in text):
        raise ConsultationsError(
            N_("The text holds a number. Say it without: even a small one could give people away.")
        )
    if any(_quotes(text, place) for place in range(len(text))):
        raise ConsultationsError(
            N_(
                "The text holds quotation marks. Say it in your own words: "
                "somebody could be known by theirs."
            )
        )
    return text


def _quotes(text: str, place: int) -> bool:
    """Whether a sign is a quotation mark; an apostrophe stands behind a letter."""
    sign = text[place]
    if sign in APOSTROPHES:
        return not text[:place][-1:].isalpha()
    return sign in QUOTING or unicodedata.category(sign) in ("Pi", "Pf")
