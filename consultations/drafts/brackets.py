"""Square brackets in a draft: text that is not agreed, nested or side by side."""

from dataclasses import dataclass
from itertools import pairwise

WORDS_AROUND = 12
"""Words of the sentence shown on each side of an open point."""


@dataclass(frozen=True)
class Span:
    """A piece of text: `depth` 0 is agreed, 1 and more stand in that many brackets.

    `alternative` numbers brackets that stand side by side ("[two] [three]": 1 and 2); 0 is a
    bracket of its own, or agreed text. The brackets themselves belong to their span.
    """

    text: str
    depth: int = 0
    alternative: int = 0


@dataclass(frozen=True)
class Bracketed:
    """The spans of a text, which joined give it back, and where a bracket has no partner."""

    spans: tuple[Span, ...]
    unbalanced: tuple[int, ...] = ()


def read_brackets(text: str) -> Bracketed:
    """Cut a text into agreed and bracketed spans; a bracket without partner counts as text."""
    pairs, lonely = _pairs(text)
    cuts = sorted({0, len(text), *pairs, *(end + 1 for end in pairs.values())})
    ordinals = _ordinals(text, pairs)
    spans = tuple(
        Span(
            text[start:end],
            sum(opening <= start <= closing for opening, closing in pairs.items()),
            next((n for (first, last), n in ordinals.items() if first <= start <= last), 0),
        )
        for start, end in pairwise(cuts)
    )
    return Bracketed(spans, lonely)


def open_brackets(text: str) -> tuple[str, ...]:
    """The outermost brackets of a text, each with its brackets: what is still to be agreed."""
    pairs, _ = _pairs(text)
    return tuple(text[start : end + 1] for start, end in _outermost(pairs))


@dataclass(frozen=True)
class OpenPoint:
    """One thing that is not agreed: the words of each bracket, those side by side together.

    `passage` is the sentence around it, on one line.
    """

    alternatives: tuple[str, ...]
    passage: str


def open_points(text: str) -> tuple[OpenPoint, ...]:
    """The open points of a text, in order; a question about one of them names its place here."""
    pairs, _ = _pairs(text)
    ordinals = _ordinals(text, pairs)
    together: list[list[tuple[int, int]]] = []
    for pair in _outermost(pairs):
        if ordinals.get(pair, 0) > 1:
            together[-1].append(pair)
        else:
            together.append([pair])
    return tuple(
        OpenPoint(
            tuple(" ".join(text[start + 1 : end].split()) for start, end in group),
            _passage(text, group[0][0], group[-1][1] + 1),
        )
        for group in together
    )


def _passage(text: str, start: int, end: int) -> str:
    """What stands around a place, within its paragraph, cut at words."""
    before, after = text[:start].rpartition("\n\n")[2], text[end:].partition("\n\n")[0]
    left, right = before.split(), after.split()
    if len(left) > WORDS_AROUND:
        left = ["…", *left[-WORDS_AROUND:]]
    if len(right) > WORDS_AROUND:
        right = [*right[:WORDS_AROUND], "…"]
    parts = (
        " ".join(left),
        " " if before[-1:].isspace() and left else "",
        " ".join(text[start:end].split()),
        " " if after[:1].isspace() and right else "",
        " ".join(right),
    )
    return "".join(parts)


def _pairs(text: str) -> tuple[dict[int, int], tuple[int, ...]]:
    """Openings with their closings, and the places of brackets without partner."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    lonely: list[int] = []
    for place, character in enumerate(text):
        if character == "[":
            waiting.append(place)
        elif character == "]":
            if waiting:
                pairs[waiting.pop()] = place
            else:
                lonely.append(place)
    return pairs, tuple(sorted(lonely + waiting))


def _outermost(pairs: dict[int, int]) -> list[tuple[int, int]]:
    outer: list[tuple[int, int]] = []
    for start, end in sorted(pairs.items()):
        if not outer or start > outer[-1][1]:
            outer.append((start, end))
    return outer


def _ordinals(text: str, pairs: dict[int, int]) -> dict[tuple[int, int], int]:
    """Numbers of the outermost brackets that only space or a slash separates."""
    numbers: dict[tuple[int, int], int] = {}
    previous: tuple[int, int] | None = None
    for pair in _outermost(pairs):
        if previous and not text[previous[1] + 1 : pair[0]].strip(" \t\n/"):
            numbers[previous] = numbers.get(previous, 1)
            numbers[pair] = numbers[previous] + 1
        previous = pair
    return numbers
