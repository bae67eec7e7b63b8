"""The kinds of question: how what was sent becomes an answer, and where its form field is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from consultations.errors import ConsultationsError
from consultations.questionnaires.structure import Question

Answer = str | list[str] | int | float
"""As stored: a code, codes (of a multiple), a text, a number."""


class AnswerError(ConsultationsError):
    """A value cannot be the answer to its question."""


@dataclass(frozen=True)
class Kind:
    """One kind of question.

    template: the partial that shows its form field.
    counted:  the kind it has in tables (single, multiple, scale); None where it has none.
    read:     from the values sent (never empty ones) to the answer; raises `AnswerError`.
    """

    name: str
    template: str
    counted: str | None
    read: Callable[[Question, Sequence[str]], Answer]


KINDS: Mapping[str, Kind] = {}


def field_values(question: Question, answer: Answer | None) -> list[str]:
    """What a form field has to hold to show `answer` again."""
    raise NotImplementedError
