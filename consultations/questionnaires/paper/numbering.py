"""The numbers that stand on paper: the same ones in print, on the form and when it is keyed in."""

from collections.abc import Mapping

from consultations.codebook import DONT_KNOW, PREFER_NOT
from consultations.questionnaires.answer import in_latin_digits
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import Question, Questionnaire

MAY_DECLINE = ("single", "multiple", "scale", "ranking")
"""The kinds that offer "prefer not to say"."""

_NUMBERS = {PREFER_NOT: "97", DONT_KNOW: "98"}


def numbers(questionnaire: Questionnaire) -> dict[str, int]:
    """Name of a question -> its number, from 1, in the order in which they were written."""
    asked = [each.name for each in questionnaire.questions if _is_answered(each)]
    return {name: number for number, name in enumerate(asked, start=1)}


def choice_numbers(question: Question) -> dict[str, str]:
    """Code of a choice -> the number printed beside its box, in printed order.

    Codes that are short numbers themselves are printed as they are; others are counted from 1.
    "Prefer not to say" is 97 and "do not know" 98, with another 9 before where that is taken.
    """
    codes = [choice.code for choice in question.substantive]
    own = all(code.isdecimal() and code.isascii() and len(code) < 4 for code in codes)
    printed = {code: code if own else str(place) for place, code in enumerate(codes, start=1)}
    taken = set(printed.values())
    for code in _declined(question):
        number = _NUMBERS.get(code, "99")
        while number in taken:
            number = f"9{number}"
        printed[code] = number
        taken.add(number)
    return printed


def code_meant(question: Question, typed: str) -> str:
    """The code of the choice whose number or code was typed, in any script's digits."""
    value = in_latin_digits(typed.strip())
    by_number: Mapping[str, str] = {
        number: code for code, number in choice_numbers(question).items()
    }
    return by_number.get(value.lstrip("0") or value, by_number.get(value, value))


def _is_answered(question: Question) -> bool:
    """Whether people answer it on paper; a file does not fit there."""
    return KINDS[question.kind].answered and KINDS[question.kind].on_page


def _declined(question: Question) -> list[str]:
    own = [choice.code for choice in question.choices if choice not in question.substantive]
    if question.kind in MAY_DECLINE and PREFER_NOT not in own:
        own.append(PREFER_NOT)
    return own
