"""Checking what was posted or imported against the questions, a page or a row at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from consultations.codebook import DONT_KNOW, NON_RESPONSE, NOT_ASKED, PREFER_NOT, SKIPPED
from consultations.questionnaires.answer import (
    Answer,
    AnswerError,
    Answers,
    MissingError,
    OutOfRangeError,
)
from consultations.questionnaires.kinds import KINDS, no_answer
from consultations.questionnaires.logic import Logic
from consultations.questionnaires.structure import Question, Questionnaire
from consultations.questionnaires.typed.free_text import read_beside
from consultations.words import N_

_NOT_FOR_PARTICIPANTS = set(NON_RESPONSE) - {DONT_KNOW, PREFER_NOT}


class ConstraintError(OutOfRangeError):
    """An answer breaks its question's constraint."""

    message = N_("This answer does not fit what the question asks for.")


@dataclass(frozen=True)
class Checked:
    """What could be taken, and what is wrong with the rest (field name -> error)."""

    answers: Answers = field(default_factory=dict)
    errors: dict[str, AnswerError] = field(default_factory=dict)


def check(
    questions: Iterable[Question],
    sent: Mapping[str, Sequence[str]],
    *,
    logic: Logic | None = None,
    before: Mapping[str, Answer] = MappingProxyType({}),
    order: str = "",
    imported: bool = False,
) -> Checked:
    """Check the values `sent` for `questions` (field name -> values; other fields are ignored).

    Choice questions without a value become "-6"; texts and numbers without one are absent.
    `logic` holds answers to constraints and filters of choices, in the light of those given
    `before`; `order` is the one drawn for the participant. What is `imported` may lack required
    answers and may hold every code of non-response. An answer where the conditions let nothing
    be asked is refused.
    """
    questions = tuple(questions)
    checked = _read(questions, sent, imported)
    if logic is None:
        return checked
    known = logic.calculated({**before, **checked.answers}, order=order)
    left_out = logic.irrelevant(known)
    for question in questions:
        try:
            _hold(logic, question, known, left_out, checked.answers.get(question.name))
        except AnswerError as error:
            checked.errors.setdefault(question.name, error)
            for name in question.fields:
                checked.answers.pop(name, None)
    return checked


def _read(
    questions: Iterable[Question], sent: Mapping[str, Sequence[str]], imported: bool
) -> Checked:
    checked = Checked()
    for question in questions:
        for name in question.fields:
            try:
                answer = (
                    _answer(question, sent, imported)
                    if name == question.name
                    else _words(question, name, sent, imported)
                )
            except AnswerError as error:
                checked.errors[name] = error
            else:
                if answer is not None:
                    checked.answers[name] = answer
    return checked


def _hold(
    logic: Logic,
    question: Question,
    known: Answers,
    left_out: Collection[str],
    answer: Answer | None,
) -> None:
    """Hold one answer against the conditions, the filter and the constraint of its question."""
    given = answer if isinstance(answer, list) else [] if answer is None else [answer]
    if all(each in NON_RESPONSE for each in given):
        return
    if question.name in left_out:
        raise AnswerError(N_("This question is not asked after the answers given before it."))
    if question.choice_filter:
        offered = {choice.code for choice in logic.choices(question, known)}
        for code in given:
            if code not in offered:
                raise AnswerError(N_("“%(value)s” is not among the choices."), value=code)
    if not logic.constraint_holds(question, known, answer):
        raise ConstraintError


def complete(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    asked: Collection[str],
    *,
    logic: Logic | None = None,
    order: str = "",
) -> Answers:
    """`answers` with every choice question explicit: "-9" where not in `asked`, "-6" where skipped.

    Answers to questions that were not asked, or that `logic` says are not to be asked after the
    other answers, are dropped; what is calculated is added.
    """
    if logic is not None:
        answers, asked = _relevant(questionnaire, answers, asked, logic, order)
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


def _relevant(
    questionnaire: Questionnaire,
    answers: Mapping[str, Answer],
    asked: Collection[str],
    logic: Logic,
    order: str,
) -> tuple[Answers, set[str]]:
    """The answers and the questions that are left once no condition fails any more."""
    left = [question for question in questionnaire.questions if question.name in asked]
    while True:
        fields = {name for question in left for name in question.fields}
        known = logic.calculated(
            {name: answer for name, answer in answers.items() if name in fields}, order=order
        )
        left_out = logic.irrelevant(known)
        relevant = [question for question in left if question.name not in left_out]
        if len(relevant) == len(left):
            return known, {question.name for question in left}
        left = relevant


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


def _words(
    question: Question, name: str, sent: Mapping[str, Sequence[str]], imported: bool
) -> Answer | None:
    """The words beside a choice; on a form they go when another choice is taken instead."""
    values = _values(sent, name)
    if not values:
        return None
    beside = {code for code, field in question.words_beside.items() if field == name}
    if beside.isdisjoint(_values(sent, question.name)):
        if not imported:
            return None
        raise AnswerError(N_("Words were written beside a choice that is not chosen."))
    return read_beside(values)


def _values(sent: Mapping[str, Sequence[str]], name: str) -> Sequence[str]:
    return [value for value in sent.get(name, ()) if value.strip()]
