"""Reading numbers, in the digits of any script."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from babel import Locale

from consultations import figures
from consultations.questionnaires.answer import SHOWN, AnswerError, OutOfRangeError, one
from consultations.questionnaires.structure import Question
from consultations.words import N_

_MOST_DIGITS = 15
_LONGEST_NUMBER = 40


def read_integer(question: Question, sent: Sequence[str]) -> int | str:
    """A whole number in range, or a code of non-response that the question declares."""
    value = one(sent).strip()
    if value in question.non_response:
        return value
    number = _number(value)
    if number != number.to_integral_value():
        raise AnswerError(N_("“%(value)s” is not a whole number."), value=value)
    return int(in_range(question, number))


def read_decimal(question: Question, sent: Sequence[str]) -> float | str:
    """A number in range, or a code of non-response that the question declares."""
    value = one(sent).strip()
    if value in question.non_response:
        return value
    return float(in_range(question, _number(value)))


def decimal_shown(number: str, locale: Locale) -> str:
    """A stored number with the decimal sign of the reader's language, and no more than it says."""
    return figures.plain(Decimal(number), locale)


def in_range(question: Question, number: Decimal) -> Decimal:
    """The number, where the question allows it."""
    low, high = question.minimum, question.maximum
    if low is not None and number < Decimal(low):
        raise OutOfRangeError(N_("The smallest possible number is %(bound)s."), bound=f"{low:.12g}")
    if high is not None and number > Decimal(high):
        raise OutOfRangeError(N_("The largest possible number is %(bound)s."), bound=f"{high:.12g}")
    return number


def _number(value: str) -> Decimal:
    """Digits of any script, with a point (or the Arabic decimal sign), perhaps an exponent."""
    try:
        if len(value) > _LONGEST_NUMBER or "_" in value:
            raise InvalidOperation
        number = Decimal(value.replace("٫", "."))
    except InvalidOperation as error:
        raise AnswerError(
            N_("“%(value)s” is not a number; decimals are written with a point."),
            value=value[:SHOWN],
        ) from error
    if not number.is_finite() or number.adjusted() >= _MOST_DIGITS:
        raise AnswerError(N_("“%(value)s” is not a number we can store."), value=value)
    return number
