"""Reading words."""

import re
from collections.abc import Sequence

from consultations.questionnaires.answer import SHOWN, AnswerError, OutOfRangeError, Read, one
from consultations.questionnaires.structure import Question
from consultations.words import N_

LONGEST_TEXT = 1_000
LONGEST_LONG_TEXT = 10_000
"""Characters."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def read_text(question: Question, sent: Sequence[str]) -> str:
    """A line of words; an e-mail address where that is what it looks like."""
    text = _words(sent, _allowed(question, LONGEST_TEXT))
    if question.looks("email") and not _EMAIL.fullmatch(text.strip()):
        raise AnswerError(
            N_("“%(value)s” is not an e-mail address; one looks like this: %(example)s."),
            value=text[:SHOWN],
            example="name@example.org",
        )
    return text


def read_long_text(question: Question, sent: Sequence[str]) -> str:
    """Words over several lines."""
    return _words(sent, _allowed(question, LONGEST_LONG_TEXT))


def read_beside(sent: Sequence[str]) -> str:
    """The words beside a choice."""
    return _words(sent, LONGEST_TEXT)


def _allowed(question: Question, longest: int) -> int:
    """As many characters as the question allows, `longest` at most."""
    return longest if question.maximum is None else min(longest, int(question.maximum))


def _words(sent: Sequence[str], longest: int) -> str:
    text = one(sent).replace("\r\n", "\n")
    if len(text) > longest:
        raise OutOfRangeError(
            N_("Please use at most %(longest)s characters; these are %(length)s."),
            longest=longest,
            length=len(text),
        )
    if "\0" in text:
        raise AnswerError(N_("The text holds signs that are not text."))
    return text


def refused(message: str) -> Read:
    """The reading of a kind that no form field answers."""

    def read(_question: Question, _sent: Sequence[str]) -> str:
        raise AnswerError(message)

    return read
