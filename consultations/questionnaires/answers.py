"""Checking what was posted or imported against the questions, a page or a row at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consultations.codebook import DONT_KNOW, NON_RESPONSE, NOT_ASKED, PREFER_NOT, SKIPPED
from consultations.questionnaires.free_text import read_beside
from consultations.questionnaires.kinds import (
    KINDS,
    Answer,
    AnswerError,
    MissingError,
    no_answer,
)
from consultations.questionnaires.structure import Question, Questionnaire
from consultations.words import N_

Answers = dict[str, Answer]
"""Question name -> answer, and NAME_other -> the words beside "other"."""

_NOT_FOR_PARTICIPANTS = set(NON_RESPONSE) - {DONT_KNOW, PREFER_NOT}


@dataclass(frozen=True)
class Checked:
    """What could be taken, and what is wrong with the rest (field name -> error)."""

    answers: Answers = field(default_factory=dict)
    errors: dict[str, AnswerError] = field(default_factory=dict)


def check(
    questions: Iterable[Question], sent: Mapping[str, Sequence[str]], *, imported: bool = False
) -> Checked:
    """Check the values `sent` for `questions` (field name -> values; other fields are ignored).

    Choice questions without a value become "-6"; texts and numbers without one are absent.
    What is `imported` may lack required answers and may hold every code of non-response.
    """
    checked = Checked()
    for question in questions:
        for name in question.fields:
            try:
                answer = (
                    _answer(question, sent, imported)
                    if name == question.name
                    else _words(question, name, sent)
                )
            except AnswerError as error:
                checked.errors[name] = error
            else:
                if answer is not None:
                    checked.answers[name] = answer
    return checked


def complete(questionnaire: Questionnaire, answers: Answers, asked: Collection[str]) -> Answers:
    """`answers` with every choice question explicit: "-9" where not in `asked`, "-6" where skipped.

    Answers to questions that were not asked are dropped.
    """
    whole: Answers = {}
    for question in questionnaire.questions:
        if question.name not in asked:
            answer = no_answer(question, NOT_ASKED)
        else:
            answer = answers.get(question.name, no_answer(question, SKIPPED))
            whole |= {name: answers[name] for name in question.fields[1:] if name in answers}
        if answer is not None:
            whole[question.name] = answer
    return whole


def _answer(question: Question, sent: Mapping[str, Sequence[str]], imported: bool) -> Answer | None:
    kind = KINDS[question.kind]
    values = _values(sent, question.name)
    if not values:
        if question.required and not imported:
            raise MissingError(kind.missing)
        return no_answer(question, SKIPPED)
    if kind.counted and not imported:
        _refuse_codes(question, values)
    return kind.read(question, values)


def _refuse_codes(question: Question, values: Sequence[str]) -> None:
    """Participants may say that they do not know or do not wish to say, and no more."""
    for value in values:
        if value in _NOT_FOR_PARTICIPANTS and value not in question.codes:
            raise AnswerError(N_("“%(value)s” is not among the choices."), value=value)


def _words(question: Question, name: str, sent: Mapping[str, Sequence[str]]) -> Answer | None:
    values = _values(sent, name)
    if not values:
        return None
    beside = {code for code, field in question.words_beside.items() if field == name}
    if beside.isdisjoint(_values(sent, question.name)):
        raise AnswerError(N_("Words were written beside a choice that is not chosen."))
    return read_beside(values)


def _values(sent: Mapping[str, Sequence[str]], name: str) -> Sequence[str]:
    return [value for value in sent.get(name, ()) if value.strip()]
