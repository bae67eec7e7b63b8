"""What a draft consists of: plain values, in one language each."""

from dataclasses import dataclass

from consultations.errors import ConsultationsError

PREAMBLE, SECTION, ARTICLE, PARAGRAPH, ANNEX = KINDS = (
    "preamble",
    "section",
    "article",
    "paragraph",
    "annex",
)


class DraftError(ConsultationsError):
    """A draft cannot be read; the message names the file, the place and the cause."""


@dataclass(frozen=True)
class Entry:
    """A heading and what stands under it, as read from a file, before ids are given.

    `level` orders the headings (2 is the first below the title); `eid`, `wid`, `kind` and
    `number` are empty where the file does not say; `line` is for messages.
    """

    level: int
    heading: str
    text: str
    summary: str = ""
    number: str = ""
    eid: str = ""
    wid: str = ""
    kind: str = ""
    line: int = 0


@dataclass(frozen=True)
class Outline:
    """A file of a draft: its title, what stands before the first provision, its entries."""

    file: str
    title: str
    entries: tuple[Entry, ...]
    summary: str = ""
    text: str = ""


@dataclass(frozen=True)
class ProvisionText:
    """A provision in one language.

    `eid` is its current id, `wid` the one it keeps for ever; `number` is as printed and never
    empty ("Article 3", "Preamble"); `heading` and `summary` may be empty; `text` is the Markdown
    of the body with its brackets; `position` counts from 1. `wid_written` tells whether the file
    itself names the wid: one that only follows from the eid may change, see `identity`.
    """

    eid: str
    wid: str
    kind: str
    number: str
    heading: str
    summary: str
    text: str
    position: int
    wid_written: bool = False


@dataclass(frozen=True)
class DraftText:
    """A draft in one language; `summary` and `text` stand before its first provision."""

    title: str
    language: str
    provisions: tuple[ProvisionText, ...]
    summary: str = ""
    text: str = ""
