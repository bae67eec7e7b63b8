"""The kinds of question: how what was sent becomes an answer, and which form field asks for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from consultations.codebook import NON_RESPONSE, NOT_ASKED, SKIPPED
from consultations.errors import ConsultationsError
from consultations.questionnaires.structure import Question
from consultations.words import N_

Answer = str | list[str] | int | float
"""As stored: a code, codes (of a multiple), a text, a number."""

LONGEST_TEXT = 1_000
LONGEST_LONG_TEXT = 10_000
"""Characters."""

_MOST_DIGITS = 15
_LONGEST_NUMBER = 40
_SHOWN = 60


class AnswerError(ConsultationsError):
    """A value cannot be the answer to its question."""


class OutOfRangeError(AnswerError):
    """A number is too small or too large; the question may have its own `message` for that."""


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


def _single(question: Question, sent: Sequence[str]) -> str:
    value = _one(sent)
    if value not in question.codes and value not in NON_RESPONSE:
        raise AnswerError(N_("“%(value)s” is not among the choices."), value=value[:_SHOWN])
    return value


def _multiple(question: Question, sent: Sequence[str]) -> list[str]:
    chosen = {_single(question, [value]) for value in sent}
    if len(chosen) < len(sent):
        raise AnswerError(N_("The same choice is named twice."))
    if len(chosen) > 1 and not chosen.isdisjoint(NON_RESPONSE):
        raise AnswerError(N_("Choose either an answer or not to answer, not both."))
    if len(chosen) == 1:
        return list(chosen)
    return [choice.code for choice in question.choices if choice.code in chosen]


def _text_up_to(longest: int) -> Callable[[Question, Sequence[str]], str]:
    def read(question: Question, sent: Sequence[str]) -> str:
        text = _one(sent).replace("\r\n", "\n")
        if len(text) > longest:
            raise AnswerError(
                N_("Please use at most %(longest)s characters; these are %(length)s."),
                longest=longest,
                length=len(text),
            )
        if "\0" in text:
            raise AnswerError(N_("The text holds signs that are not text."))
        return text

    return read


def _integer(question: Question, sent: Sequence[str]) -> int | str:
    value = _one(sent).strip()
    if value in question.non_response:
        return value
    number = _number(value)
    if number != number.to_integral_value():
        raise AnswerError(N_("“%(value)s” is not a whole number."), value=value)
    return int(_in_range(question, number))


def _decimal(question: Question, sent: Sequence[str]) -> float | str:
    value = _one(sent).strip()
    if value in question.non_response:
        return value
    return float(_in_range(question, _number(value)))


def _one(sent: Sequence[str]) -> str:
    if len(sent) > 1:
        raise AnswerError(N_("Only one answer is possible here."))
    return sent[0]


def _number(value: str) -> Decimal:
    """Digits of any script, with a point (or the Arabic decimal sign), perhaps an exponent."""
    try:
        if len(value) > _LONGEST_NUMBER or "_" in value:
            raise InvalidOperation
        number = Decimal(value.replace("٫", "."))
    except InvalidOperation as error:
        raise AnswerError(
            N_("“%(value)s” is not a number; decimals are written with a point."),
            value=value[:_SHOWN],
        ) from error
    if not number.is_finite() or number.adjusted() >= _MOST_DIGITS:
        raise AnswerError(N_("“%(value)s” is not a number we can store."), value=value)
    return number


def _in_range(question: Question, number: Decimal) -> Decimal:
    low, high = question.minimum, question.maximum
    if low is not None and number < Decimal(low):
        raise OutOfRangeError(N_("The smallest possible number is %(bound)s."), bound=f"{low:.12g}")
    if high is not None and number > Decimal(high):
        raise OutOfRangeError(N_("The largest possible number is %(bound)s."), bound=f"{high:.12g}")
    return number


def _kind(
    name: str, counted: str | None, read: Callable[[Question, Sequence[str]], Answer]
) -> tuple[str, Kind]:
    return name, Kind(name, f"questionnaires/kinds/{name}.html", counted, read)


KINDS: Mapping[str, Kind] = dict(
    [
        _kind("single", "single", _single),
        _kind("multiple", "multiple", _multiple),
        _kind("scale", "scale", _single),
        _kind("text", None, _text_up_to(LONGEST_TEXT)),
        _kind("long_text", None, _text_up_to(LONGEST_LONG_TEXT)),
        _kind("integer", None, _integer),
        _kind("decimal", None, _decimal),
    ]
)


def no_answer(question: Question, code: str) -> Answer | None:
    """How a question without an answer is stored: the code, or not at all (texts, numbers)."""
    kind = KINDS[question.kind]
    if kind.counted is None:
        return None
    return [code] if kind.name == "multiple" else code


def field_values(answer: Answer | None) -> list[str]:
    """What a form field has to hold to show `answer` again."""
    values = answer if isinstance(answer, list) else [] if answer is None else [str(answer)]
    return [value for value in values if value not in (SKIPPED, NOT_ASKED)]
