"""Checking what was posted or imported against the questions, a page or a row at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from consultations.questionnaires.kinds import Answer, AnswerError
from consultations.questionnaires.structure import Question, Questionnaire

Answers = dict[str, Answer]
"""Question name -> answer, and NAME_other -> the words beside "other"."""


@dataclass(frozen=True)
class Checked:
    """What could be taken, and what is wrong with the rest (question or field name -> fault)."""

    answers: Answers
    faults: dict[str, AnswerError]


def check(
    questions: Iterable[Question], sent: Mapping[str, Sequence[str]], *, require: bool = True
) -> Checked:
    """Check the values `sent` for `questions` (field name -> values; others are ignored).

    Choice questions without a value become "-6"; texts and numbers without one are absent.
    `require` refuses a missing answer to a required question (off for imports).
    """
    raise NotImplementedError


def complete(questionnaire: Questionnaire, answers: Answers, asked: Collection[str]) -> Answers:
    """`answers` with every choice question explicit: "-9" where not in `asked`, "-6" where skipped.

    Answers to questions that were not asked are dropped.
    """
    raise NotImplementedError
