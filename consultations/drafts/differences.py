"""What changed between two texts, word by word, in any script.

Paragraphs are aligned first, then the words inside those that belong together. Scripts that
write no spaces are compared sign by sign.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

EQUAL, ADDED, REMOVED = CHANGES = ("equal", "added", "removed")
_SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
_HYPHENS = "-\u2010\u2011"
_JOINERS = "\u200c\u200d'’"
_SAME_PARAGRAPH = 55.0  # per cent of likeness from which two paragraphs are versions of one


@dataclass(frozen=True)
class Change:
    """A run of text that both versions have, or only the new (added) or old one (removed)."""

    text: str
    change: str = EQUAL


def compare(old: str, new: str) -> tuple[Change, ...]:
    """The runs that lead from one paragraph to another.

    Equal and removed runs joined give `old`, equal and added ones `new`.
    """
    before, after = list(_words(old)), list(_words(new))
    runs: list[Change] = []
    for action, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if action == "equal":
            runs.append(Change("".join(before[i:j])))
        else:
            runs.append(Change("".join(before[i:j]), REMOVED))
            runs.append(Change("".join(after[k:m]), ADDED))
    return tuple(_smooth([run for run in runs if run.text]))


def compare_paragraphs(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Change, ...], ...]:
    """The runs of each paragraph, in reading order: removed ones stand where they stood."""
    rows: list[tuple[Change, ...]] = []
    for action, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if action == "equal":
            rows += [(Change(text),) for text in old[i:j]]
        else:
            rows += _align(old[i:j], new[k:m])
    return tuple(rows)


def differ(runs: Sequence[Change]) -> bool:
    """Whether anything was added or removed."""
    return any(run.change != EQUAL for run in runs)


def likeness(one: str, other: str) -> float:
    """How alike two texts are, in per cent."""
    from rapidfuzz.fuzz import ratio  # heavy: docs/decisions/0013

    return ratio(one, other)


def _align(old: Sequence[str], new: Sequence[str]) -> list[tuple[Change, ...]]:
    """Pair paragraphs so that the likeness of all pairs is greatest, keeping their order."""
    width, height = len(new), len(old)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    alike = [[likeness(a, b) for b in new] for a in old]
    for i in reversed(range(height)):
        for k in reversed(range(width)):
            pair = alike[i][k] if alike[i][k] >= _SAME_PARAGRAPH else -1.0
            best[i][k] = max(best[i + 1][k], best[i][k + 1], pair + best[i + 1][k + 1])
    rows: list[tuple[Change, ...]] = []
    i = k = 0
    while i < height or k < width:
        if i < height and (k == width or best[i][k] == best[i + 1][k]):
            rows.append((Change(old[i], REMOVED),))
            i += 1
        elif k < width and (i == height or best[i][k] == best[i][k + 1]):
            rows.append((Change(new[k], ADDED),))
            k += 1
        else:
            rows.append(compare(old[i], new[k]))
            i, k = i + 1, k + 1
    return rows


def _smooth(runs: Sequence[Change]) -> Iterator[Change]:
    """Merge neighbours, and let a lone space between two changes change with them."""
    last = len(runs) - 1
    stays = [
        run.change == EQUAL and (place in (0, last) or bool(run.text.strip()))
        for place, run in enumerate(runs)
    ]
    for still, group in groupby(zip(stays, runs, strict=True), key=lambda pair: pair[0]):
        stretch = [run for _, run in group]
        if still:
            yield Change("".join(run.text for run in stretch))
            continue
        for change in (REMOVED, ADDED):
            text = "".join(run.text for run in stretch if run.change in (EQUAL, change))
            if text:
                yield Change(text, change)


def _words(text: str) -> Iterator[str]:
    """The text in the pieces that are compared: words, runs of space, single other signs."""
    start, last = 0, ""
    for place, character in enumerate(text):
        kind = _kind(character)
        joined = character in _HYPHENS and last == "word" and text[place + 1 : place + 2].isalpha()
        if place and (kind == "mark" or joined):
            continue
        if place and (kind != last or kind == "sign"):
            yield text[start:place]
            start = place
        last = kind
    if text:
        yield text[start:]


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "M" or character in _JOINERS:
        return "mark"
    if category[0] in "LN" and not unicodedata.name(character, "").startswith(_SPACELESS):
        return "word"
    return "space" if character.isspace() else "sign"
