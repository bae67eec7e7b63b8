"""Reading what was chosen: one, several, an order, consent."""

import unicodedata
from collections.abc import Sequence

from consultations.codebook import NON_RESPONSE
from consultations.questionnaires.answer import SHOWN, AnswerError, OutOfRangeError, one
from consultations.questionnaires.structure import Question
from consultations.words import N_

YES = "yes"
"""What a ticked box of consent sends."""


def read_single(question: Question, sent: Sequence[str]) -> str:
    """A code; where choices are searched for, also the words of one, in any language."""
    value = one(sent)
    if value in question.codes or value in NON_RESPONSE:
        return value
    return _named(question, value) if question.looks("search") else _refuse(value)


def read_several(question: Question, sent: Sequence[str]) -> list[str]:
    """Codes in the order of the questionnaire, as many as may be chosen."""
    chosen = set(_codes(question, sent))
    if _stands_alone(question, chosen):
        return list(chosen)
    _check_number(question, len(chosen))
    return [choice.code for choice in question.choices if choice.code in chosen]


def read_ranking(question: Question, sent: Sequence[str]) -> list[str]:
    """Codes, the first place first; places left empty are closed up."""
    ranked = _codes(question, sent)
    if not _stands_alone(question, ranked):
        _check_number(question, len(ranked))
    return ranked


def read_consent(question: Question, sent: Sequence[str]) -> str:
    """The ticked box."""
    value = one(sent)
    return value if value == YES else _refuse(value)


def _codes(question: Question, sent: Sequence[str]) -> list[str]:
    codes = [read_single(question, [value]) for value in sent]
    if len(set(codes)) < len(codes):
        raise AnswerError(N_("The same choice is named twice."))
    return codes


def _stands_alone(question: Question, chosen: Sequence[str] | set[str]) -> bool:
    """Whether it is a choice that goes with no other; refuses it beside others."""
    exclusive = {choice.code for choice in question.choices if choice.exclusive}
    if len(chosen) > 1 and not set(chosen).isdisjoint(NON_RESPONSE):
        raise AnswerError(N_("Choose either an answer or not to answer, not both."))
    if len(chosen) > 1 and not exclusive.isdisjoint(chosen):
        raise AnswerError(N_("One of these answers can only be chosen alone."))
    return not exclusive.union(NON_RESPONSE).isdisjoint(chosen)


def _check_number(question: Question, number: int) -> None:
    low, high = question.minimum, question.maximum
    if low is not None and number < low:
        raise OutOfRangeError(
            N_("Choose at least %(bound)s; these are %(number)s."), bound=int(low), number=number
        )
    if high is not None and number > high:
        raise OutOfRangeError(
            N_("Choose at most %(bound)s; these are %(number)s."), bound=int(high), number=number
        )


def _named(question: Question, typed: str) -> str:
    found = [
        choice.code
        for choice in question.choices
        if _folded(typed) in map(_folded, [choice.code, *choice.label.values()])
    ]
    if len(found) > 1:
        raise AnswerError(
            N_("Several choices are called “%(value)s”. Write one of these instead: %(codes)s."),
            value=typed[:SHOWN],
            codes=", ".join(found[:9]),
        )
    return found[0] if found else _refuse(typed)


def _folded(words: str) -> str:
    """Words without what people do not tell apart: case, width, spaces."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _refuse(value: str) -> str:
    raise AnswerError(N_("“%(value)s” is not among the choices."), value=value[:SHOWN])
