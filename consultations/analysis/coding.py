"""How answers are written as small integers: one column for a question, or a few.

Numbers from 0 are answers: the place of a choice, or, where several can be chosen, a bit for each.
After them comes a number for every kind of non-response, in the order of `NON_RESPONSE`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from consultations.analysis.plan import CountedQuestion
from consultations.analysis.quantities import OUTSIDE
from consultations.codebook import DONT_KNOW, NON_RESPONSE, NOT_CODABLE, PREFER_NOT, SKIPPED

BITS = 6
"""Choices of a multiple question that share a column."""

KINDS = (DONT_KNOW, PREFER_NOT, SKIPPED, NOT_CODABLE)
"""The kinds of non-response that `-` pools."""


@dataclass(frozen=True)
class Column:
    """A column of small integers: the answers to a question, or a part of its choices.

    codes:    the choices that it tells of.
    multiple: whether several can be chosen.
    """

    question: str
    codes: tuple[str, ...]
    multiple: bool = False

    @property
    def answers(self) -> int:
        """The first number that is no answer."""
        return 1 << len(self.codes) if self.multiple else len(self.codes)

    @property
    def size(self) -> int:
        """How many numbers there may be."""
        return self.answers + len(NON_RESPONSE)

    def silent(self, kind: str) -> int:
        """The number of a kind of non-response."""
        return self.answers + NON_RESPONSE.index(kind)


Key = Column | str
"""What is counted by: a column of answers, or a dimension."""


def columns(question: CountedQuestion) -> tuple[Column, ...]:
    """The columns in which the answers to a question are written."""
    codes = question.codes
    if not question.multiple:
        return (Column(question.name, codes),)
    starts = range(0, max(len(codes), 1), BITS)
    return tuple(Column(question.name, codes[at : at + BITS], True) for at in starts)


def numbers(question: CountedQuestion, answer: str | Sequence[str]) -> tuple[int, ...]:
    """An answer (a code, or a tuple of them) as a number for each of its question's columns."""
    given = frozenset(answer if isinstance(answer, tuple) else (str(answer),))
    chosen = given & frozenset(question.codes)
    if not chosen:
        kind = _kind(given)
        return tuple(column.silent(kind) for column in columns(question))
    if not question.multiple:
        return (question.codes.index(min(chosen)),)
    return tuple(
        sum(1 << place for place, code in enumerate(column.codes) if code in chosen)
        for column in columns(question)
    )


def _kind(given: frozenset[str]) -> str:
    known = (code for code in (*OUTSIDE, *KINDS) if code in given)
    return next(known, NOT_CODABLE if given else SKIPPED)
