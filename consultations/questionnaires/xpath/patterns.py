"""The patterns of regex(): a bounded dialect, matched in time linear in the text.

A pattern becomes a small program for Thompson's automaton (K. Thompson, Regular expression search
algorithm, 1968), which follows all possibilities side by side and never goes back, so no pattern
can hang. The program is plain data: `static/logic.js` runs the same one.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from consultations.errors import ConsultationsError
from consultations.words import N_

LONGEST_PATTERN = 500
LONGEST_PROGRAM = 1_000
LONGEST_MATCHED = 1_000
"""Characters, steps, characters: a longer text does not match."""

Program = list[list[Any]]
"""Steps: [char, negated, ranges, categories]; [split, n, m], [jump, n]: so many steps ahead;
[start] and [end] of the text."""

_TOO_LONG = N_("The pattern of regex() is too long.")
_DEEPEST = 30
_LAST = 0x10FFFF
_CLASSES = {
    "d": [[48, 57]],
    "w": [[48, 57], [65, 90], [95, 95], [97, 122]],
    "s": [[9, 13], [32, 32]],
}
_CONTROLS = {"t": 9, "n": 10, "r": 13, "f": 12}
_CATEGORIES = {
    *("L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No"),
    *("P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp"),
    *("S", "Sm", "Sc", "Sk", "So"),
}
_COUNT = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}")
_CATEGORY = re.compile(r"\{([A-Z][a-z]?)\}")
_HEX = {"x": re.compile(r"[0-9A-Fa-f]{2}"), "u": re.compile(r"[0-9A-Fa-f]{4}")}


class PatternError(ConsultationsError):
    """A pattern that cannot be used."""


def program(pattern: str) -> Program:
    """The steps that match all of a text; raises `PatternError`."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(_TOO_LONG)
    return _Reader(pattern).whole()


def matches(steps: Program, text: str) -> bool:
    """Whether the whole text is one of those that the program describes."""
    if len(text) > LONGEST_MATCHED:
        return False
    active = _reached(steps, {0}, 0, len(text))
    for at, sign in enumerate(text, 1):
        passed = {step + 1 for step in active if step < len(steps) and _fits(steps[step], sign)}
        active = _reached(steps, passed, at, len(text))
    return len(steps) in active


def _reached(steps: Program, starts: set[int], at: int, length: int) -> set[int]:
    """The steps that wait for a character after those that wait for none were taken."""
    waiting, seen = [*starts], set(starts)
    active: set[int] = set()
    while waiting:
        here = waiting.pop()
        step: list[Any] = steps[here] if here < len(steps) else ["char"]
        kind, ahead = step[0], step[1:]
        if kind == "char":
            active.add(here)
            continue
        holds = kind not in ("start", "end") or at == (0 if kind == "start" else length)
        targets = {here + each for each in ahead or [1]} if holds else set()
        waiting += targets - seen
        seen |= targets
    return active


def _fits(step: list[Any], sign: str) -> bool:
    _, negated, ranges, categories = step
    code = ord(sign)
    found = any(low <= code <= high for low, high in ranges)
    if not found and categories:
        category = unicodedata.category(sign)
        found = any(category.startswith(each) for each in categories)
    return bool(found != negated)


def _short(steps: Program) -> Program:
    if len(steps) > LONGEST_PROGRAM:
        raise PatternError(_TOO_LONG)
    return steps


def _others(ranges: Iterable[list[int]]) -> list[list[int]]:
    """All characters that are in none of the ranges, which are in order."""
    ends = [-1, *(edge for low, high in ranges for edge in (low - 1, high)), _LAST]
    gaps = zip(ends[::2], ends[1::2], strict=True)
    return [[low + 1, high] for low, high in gaps]


def _single(ranges: list[list[int]]) -> bool:
    return len(ranges) == 1 and ranges[0][0] == ranges[0][1]


class _Reader:
    """Goes along a pattern, from alternatives down to single characters."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.at, self.depth = pattern, 0, 0

    def whole(self) -> Program:
        steps = self._alternatives()
        if self.at < len(self.pattern):
            raise self._unsupported(")")
        return steps

    def _alternatives(self) -> Program:
        first = self._sequence()
        if not self._take("|"):
            return first
        others = self._alternatives()
        return _short([["split", 1, len(first) + 2], *first, ["jump", len(others) + 1], *others])

    def _sequence(self) -> Program:
        steps: Program = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            steps = _short(steps + self._repeated(self._one()))
        return steps

    def _repeated(self, one: Program) -> Program:
        least, most = self._count()
        size = len(one)
        if max(least, most or 0) * max(1, size) > LONGEST_PROGRAM:
            raise PatternError(_TOO_LONG)
        if most is None:
            return _short([*one * least, ["split", 1, size + 2], *one, ["jump", -size - 1]])
        return _short(one * least + [["split", 1, size + 1], *one] * (most - least))

    def _count(self) -> tuple[int, int | None]:
        if self._take("*"):
            counts: tuple[int, int | None] = (0, None)
        elif self._take("+"):
            counts = (1, None)
        elif self._take("?"):
            counts = (0, 1)
        elif found := self._match(_COUNT):
            least = int(found[1])
            counts = (least, int(found[3]) if found[3] else None if found[2] else least)
        else:
            return 1, 1
        self._take("?")  # what is as short as possible matches the same whole texts
        if self.at < len(self.pattern) and self.pattern[self.at] in "*+?{":
            raise self._unsupported(self.pattern[self.at])
        if counts[1] is not None and counts[1] < counts[0]:
            raise self._unsupported(f"{{{counts[0]},{counts[1]}}}")
        return counts

    def _one(self) -> Program:
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            return [self._set()]
        if sign == ".":
            return [["char", True, [[10, 10], [13, 13]], []]]
        if sign in "^$":
            return [["start"] if sign == "^" else ["end"]]
        if sign in "*+?{":
            raise self._unsupported(sign)
        if sign == "\\":
            negated, ranges, categories = self._escape()
            return [["char", negated, ranges, categories]]
        return [["char", False, [[ord(sign), ord(sign)]], []]]

    def _group(self) -> Program:
        if self._take("?") and not self._take(":"):
            raise self._unsupported("(?" + self.pattern[self.at : self.at + 1])
        self.depth += 1
        if self.depth > _DEEPEST:
            raise PatternError(N_("The pattern of regex() is too deeply nested."))
        steps = self._alternatives()
        self.depth -= 1
        if not self._take(")"):
            raise self._unsupported("(")
        return steps

    def _set(self) -> list[Any]:
        negated = self._take("^")
        ranges: list[list[int]] = []
        categories: list[str] = []
        while not self._take("]"):
            more, named = self._member()
            ranges += more
            categories += named
        if not (ranges or categories):
            raise self._unsupported("[]")
        return ["char", negated, ranges, categories]

    def _member(self) -> tuple[list[list[int]], list[str]]:
        sign = self._next()
        if sign == "[" or (sign == "&" and self.pattern[self.at : self.at + 1] == "&"):
            raise self._unsupported(sign)
        if sign != "\\":
            return self._range([[ord(sign), ord(sign)]]), []
        negated, ranges, categories = self._escape()
        if negated and categories:
            raise self._unsupported("\\P")
        return self._range(_others(ranges) if negated else ranges), categories

    def _range(self, first: list[list[int]]) -> list[list[int]]:
        rest = self.pattern[self.at : self.at + 2]
        if len(rest) < 2 or rest[0] != "-" or rest[1] == "]":
            return first
        self._next()
        last, _ = self._member()
        if not _single(first) or not _single(last) or last < first:
            raise self._unsupported("-")
        return [[first[0][0], last[0][0]]]

    def _escape(self) -> tuple[bool, list[list[int]], list[str]]:
        """Whether all but these are meant, ranges, categories."""
        sign = self._next()
        if sign.lower() in _CLASSES:
            return sign.isupper(), _CLASSES[sign.lower()], []
        if sign in "pP":
            found = self._match(_CATEGORY)
            if not found or found[1] not in _CATEGORIES:
                raise self._unsupported(f"\\{sign}")
            return sign == "P", [], [found[1]]
        if sign in _HEX:
            found = self._match(_HEX[sign])
            if not found:
                raise self._unsupported(f"\\{sign}")
            return False, [[int(found[0], 16)] * 2], []
        code = _CONTROLS.get(sign, ord(sign))
        if sign.isalnum() and sign not in _CONTROLS:
            raise self._unsupported(f"\\{sign}")
        return False, [[code, code]], []

    def _next(self) -> str:
        if self.at == len(self.pattern):
            raise PatternError(N_("The pattern of regex() ends too early."))
        self.at += 1
        return self.pattern[self.at - 1]

    def _take(self, sign: str) -> bool:
        found = self.pattern.startswith(sign, self.at)
        self.at += len(sign) if found else 0
        return found

    def _match(self, form: re.Pattern[str]) -> re.Match[str] | None:
        found = form.match(self.pattern, self.at)
        self.at = found.end() if found else self.at
        return found

    def _unsupported(self, what: str) -> PatternError:
        return PatternError(N_("“%(what)s” is not supported in the pattern of regex()."), what=what)
