"""What an answer is, and why a value cannot be one."""

import unicodedata
from collections.abc import Callable, Sequence

from consultations.errors import ConsultationsError
from consultations.questionnaires.structure import Question
from consultations.words import N_

Answer = str | list[str] | int | float
"""As stored: a code, codes (those of a ranking in order), a text, a number, an ISO date."""

Answers = dict[str, Answer]
"""Form field -> answer: under its question's name, or the words beside a choice."""

Read = Callable[[Question, Sequence[str]], Answer]
"""From the values sent (never empty ones) to the answer; raises `AnswerError`."""

SHOWN = 60
"""Characters of a wrong value that its error repeats."""


class AnswerError(ConsultationsError):
    """A value cannot be the answer to its question."""


class OutOfRangeError(AnswerError):
    """Too small or large, too few or many; the question may have its own `message` for that."""


class MissingError(AnswerError):
    """Nothing was answered; the question may have its own `required_message` for that."""

    message = N_("Please answer this question.")


def one(sent: Sequence[str]) -> str:
    """The only value sent."""
    if len(sent) > 1:
        raise AnswerError(N_("Only one answer is possible here."))
    return sent[0]


def in_latin_digits(typed: str) -> str:
    """`typed` with the digits of any script as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in typed
    )
