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
    text = _read(question, sent, LONGEST_TEXT)
    if question.looks("email") and not _EMAIL.fullmatch(text.strip()):
        raise AnswerError(
            N_("“%(value)s” is not an e-mail address; one looks like this: %(example)s."),
            value=text[:SHOWN],
            example="name@example.org",
        )
    return text


def read_long_text(question: Question, sent: Sequence[str]) -> str:
    """Words over several lines."""
    return _read(question, sent, LONGEST_LONG_TEXT)


def _read(question: Question, sent: Sequence[str], longest: int) -> str:
    """Words up to `longest` characters, or as many as the question allows."""
    text = one(sent).replace("\r\n", "\n")
    allowed = longest if question.maximum is None else min(longest, int(question.maximum))
    if len(text) > allowed:
        raise OutOfRangeError(
            N_("Please use at most %(longest)s characters; these are %(length)s."),
            longest=allowed,
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
