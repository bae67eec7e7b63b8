"""Drafts written in Markdown.

The title is the first heading, where it is the only one of level 1 and has no id; every other
heading is a provision. Without a title the draft is named as its consultation. Ids may be written
behind a heading: `## Article 4. Visits {#art_4 wid=art_3}`. A quotation (`> `) directly under a
heading is its summary in plain language; everything else up to the next heading is its text.
"""

import re
from collections.abc import Sequence
from itertools import dropwhile, takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token

from consultations.drafts.numbering import split_heading
from consultations.drafts.outline import align
from consultations.drafts.structure import DraftError, DraftText, Entry, Outline
from consultations.words import N_

_PARSER = MarkdownIt("commonmark", {"html": False})
_IDS = re.compile(r"\s*\{#(?P<eid>\S+?)(?:\s+wid=(?P<wid>\S+?))?\s*\}\s*$")
_ANY_BRACES = re.compile(r"\{\s*#[^}]*\}?\s*$")
_QUOTE = re.compile(r"^\s{0,3}>\s?")


def read_markdown(source: str, language: str, *, file: str = "draft.md") -> DraftText:
    """Read a draft that exists in one language only; see `outline_of_markdown`."""
    return align({language: outline_of_markdown(source, file=file)}, language)[language]


def outline_of_markdown(source: str, *, file: str = "draft.md") -> Outline:
    """The outline of a Markdown draft; raises DraftError naming file and line."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    lines = source.split("\n")
    tokens = _PARSER.parse(source)
    starts = [
        index
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and not token.level
    ]
    ends = [_line(tokens[start]) for start in starts[1:]] + [len(lines)]
    pieces = [
        _piece(tokens[start : start + 2], lines, end)
        for start, end in zip(starts, ends, strict=False)
    ]
    title = _title(pieces)
    provisions = pieces if title is None else pieces[1:]
    entries = tuple(_with_ids(piece, file) for piece in provisions)
    if title is None:
        return Outline(file, "", entries)
    return Outline(file, title.heading, entries, title.summary, title.text)


def _title(pieces: Sequence[Entry]) -> Entry | None:
    """The heading that is the title: the first, where no other is as high and it has no id."""
    top = [piece for piece in pieces if piece.level == 1]
    found = top == list(pieces[:1]) and top and not _IDS.search(top[0].heading)
    return top[0] if found else None


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _piece(heading: Sequence[Token], lines: Sequence[str], end: int) -> Entry:
    """A heading, the quotation under it and its text, from the lines they stand on."""
    opening, words = heading
    body = opening.map[1] if opening.map else 0
    under = dropwhile(lambda line: not line.strip(), lines[body:end])
    quoted = list(takewhile(_QUOTE.match, under))
    text = "\n".join(lines[body:end]).strip().removeprefix("\n".join(quoted).strip())
    return Entry(
        level=int(opening.tag[1:]),
        heading=words.content.strip(),
        text=text.strip(),
        summary="\n".join(_QUOTE.sub("", line) for line in quoted).strip(),
        line=_line(opening) + 1,
    )


def _with_ids(piece: Entry, file: str) -> Entry:
    written = _IDS.search(piece.heading)
    heading = piece.heading[: written.start()] if written else piece.heading
    if _ANY_BRACES.search(heading):
        raise DraftError(
            N_(
                "%(file)s, line %(line)s: the id behind %(heading)s cannot be read; write"
                " {#art_3} or {#art_4 wid=art_3}."
            ),
            file=file,
            line=piece.line,
            heading=heading,
        )
    kind, number, rest = split_heading(heading.strip())
    return Entry(
        piece.level,
        rest,
        piece.text,
        piece.summary,
        number,
        (written["eid"] or "") if written else "",
        (written["wid"] or "") if written else "",
        kind,
        piece.line,
    )
