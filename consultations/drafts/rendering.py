"""The text of a provision as paragraphs of marked runs, for templates to show.

Drafts keep the numbers they print, so a paragraph is a block of lines, or a line that begins
with a number of its own; Markdown decides emphasis only. Brackets are marked, never dropped.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup

from consultations.drafts.brackets import read_brackets
from consultations.drafts.differences import (
    ADDED,
    EQUAL,
    REMOVED,
    Change,
    compare,
    compare_paragraphs,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

BRACKET, STRONG, EMPHASIS = "bracket", "strong", "emphasis"
_TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "br", "hr", "h2", "h3", "h4", "a",
         "code", "pre", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
_LABEL = re.compile(
    r"(?P<label>\d{1,3}(?:\.\d+)*[.)]|\([^\W_]{1,5}\)|[-*•–]|[^\W\d_][.)])\s+(?=\S)"
)
_MARK_OF = {"strong_open": STRONG, "em_open": EMPHASIS}


@dataclass(frozen=True)
class Run:
    """A piece of text and its marks: bracket, strong, emphasis, added, removed."""

    text: str
    marks: frozenset[str] = frozenset()

    @property
    def change(self) -> str:
        """equal, added or removed."""
        return next((change for change in (ADDED, REMOVED) if change in self.marks), EQUAL)

    @property
    def bracket(self) -> bool:
        """Whether the text is not agreed."""
        return BRACKET in self.marks


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its printed number ("1.", "(a)", or empty), how deep it stands, its runs.

    `change` is equal, changed, added or removed where two versions are compared.
    """

    number: str
    depth: int
    runs: tuple[Run, ...]
    change: str = EQUAL


@dataclass(frozen=True)
class Shown:
    """A provision's text in one language, with what changed in it where that was asked for."""

    language: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def changed(self) -> bool:
        """Whether anything was added or removed."""
        return any(paragraph.change != EQUAL for paragraph in self.paragraphs)

    @property
    def brackets(self) -> bool:
        """Whether anything is not agreed yet."""
        return any(run.bracket for paragraph in self.paragraphs for run in paragraph.runs)


def show(text: str, language: str, *, before: str | None = None) -> Shown:
    """A provision's Markdown text as a page shows it; with `before`, what changed since then."""
    return Shown(language, paragraphs(text) if before is None else compared(before, text))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a provision's Markdown text."""
    shown = []
    for block in blocks(text):
        label, body = _cut_label(block)
        shown.append(Paragraph(label, _depth(label), tuple(_runs(body))))
    return tuple(shown)


def compared(old: str, new: str) -> tuple[Paragraph, ...]:
    """The paragraphs of two versions of a provision, what was added and removed marked."""
    shown = []
    for changes in compare_paragraphs([*map(plain, blocks(old))], [*map(plain, blocks(new))]):
        kinds = {change.change for change in changes}
        label, body = _split_label(changes)
        state = kinds.pop() if len(kinds) == 1 else "changed"
        shown.append(Paragraph(label, _depth(label), tuple(_bracket_changes(body)), state))
    return tuple(shown)


def difference(old: str, new: str) -> tuple[Run, ...]:
    """One stretch of text and its new wording as marked runs, whatever paragraphs they hold."""
    changes = compare(*(" ".join(map(plain, blocks(text))) for text in (old, new)))
    return tuple(_bracket_changes(changes))


def blocks(text: str) -> tuple[str, ...]:
    """The paragraphs of a Markdown text as lines: wrapped lines joined, numbers kept in front."""
    found: list[str] = []
    fresh = True
    for line in text.splitlines():
        stripped = line.strip()
        if not stripped:
            fresh = True
        elif fresh or _LABEL.match(stripped):
            found.append(stripped)
            fresh = False
        else:
            found[-1] += " " + stripped
    return tuple(found)


def plain(text: str) -> str:
    """A line of Markdown without its emphasis marks."""
    label, body = _cut_label(text)
    return " ".join(part for part in (label, "".join(run for run, _ in _emphasis(body))) if part)


def safe_markup(text: str) -> Markup:
    """Markdown written by a person as HTML that cannot do harm, for notices and summaries."""
    import nh3  # heavy: docs/decisions/0013

    return Markup(nh3.clean(_prose().render(text), tags=_TAGS, link_rel="noopener noreferrer"))  # noqa: S704 - cleaned


def _cut_label(block: str) -> tuple[str, str]:
    found = _LABEL.match(block)
    return (found["label"], block[found.end() :]) if found else ("", block)


def _depth(label: str) -> int:
    """0 for text and "1.", 1 for "(a)" and bullets, 2 for "(i)"."""
    inner = label.strip("().")
    if not label or inner[:1].isdecimal():
        return 0
    roman = inner == "i" or (len(inner) > 1 and set(inner.casefold()) <= set("ivx"))
    return 2 if roman else 1


def _runs(body: str) -> Iterator[Run]:
    pieces = list(_emphasis(body))
    text = "".join(piece for piece, _ in pieces)
    marks = [mark for piece, mark in pieces for _ in piece]
    in_brackets = [span.depth > 0 for span in read_brackets(text).spans for _ in span.text]
    combined = (
        mark | {BRACKET} if bracket else mark
        for mark, bracket in zip(marks, in_brackets, strict=True)
    )
    yield from _join(zip(text, combined, strict=True))


def _emphasis(body: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The text of a line of Markdown in pieces, with strong and emphasis as marks."""
    active: list[str] = []
    for token in _inline().parseInline(body)[0].children or []:
        if mark := _MARK_OF.get(token.type):
            active.append(mark)
        elif token.nesting < 0:
            active.pop()
        elif token.content:
            yield token.content, frozenset(active)


def _split_label(changes: tuple[Change, ...]) -> tuple[str, tuple[Change, ...]]:
    """The label, where both versions have the same; else it stays part of the text."""
    label, body = _cut_label(changes[0].text)
    if not label or (len({change.change for change in changes}) > 1 and changes[0].change != EQUAL):
        return "", changes
    return label, (Change(body, changes[0].change), *changes[1:])


def _bracket_changes(changes: tuple[Change, ...]) -> Iterator[Run]:
    """Runs with brackets: removed text as in the old version, the rest as in the new."""
    old = _depths("".join(change.text for change in changes if change.change != ADDED))
    new = _depths("".join(change.text for change in changes if change.change != REMOVED))
    marked: list[tuple[str, frozenset[str]]] = []
    for change in changes:
        state = frozenset() if change.change == EQUAL else frozenset({change.change})
        for character in change.text:
            before = next(old) if change.change != ADDED else False
            after = next(new) if change.change != REMOVED else False
            inside = before if change.change == REMOVED else after
            marked.append((character, state | {BRACKET} if inside else state))
    yield from _join(marked)


def _depths(text: str) -> Iterator[bool]:
    return (span.depth > 0 for span in read_brackets(text).spans for _ in span.text)


def _join(marked: Iterable[tuple[str, frozenset[str]]]) -> Iterator[Run]:
    for marks, group in groupby(marked, key=lambda pair: pair[1]):
        yield Run("".join(character for character, _ in group), marks)


@cache
def _inline() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # heavy: docs/decisions/0013

    return MarkdownIt("zero").enable(["emphasis", "escape"])


@cache
def _prose() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # heavy: docs/decisions/0013

    return MarkdownIt("commonmark", {"html": False}).enable("table")
