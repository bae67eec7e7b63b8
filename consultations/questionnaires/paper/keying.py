"""Keying paper in: short fields, by the numbers printed beside the boxes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consultations.questionnaires.answer import AnswerError, Answers, in_latin_digits
from consultations.questionnaires.answers import Checked, check
from consultations.questionnaires.kinds import KINDS, field_values
from consultations.questionnaires.paper.numbering import choice_numbers, code_meant, numbers
from consultations.questionnaires.structure import Question, Questionnaire
from consultations.questionnaires.typed.choosing import YES
from consultations.words import N_

_BETWEEN = re.compile(r"[\s,;،؛]+")


@dataclass(frozen=True)
class Row:
    """One question as it is keyed in.

    fields: the names of its small fields; a ranking has one for each choice, for the place
            written beside it.
    words:  the names of the fields for words beside a choice.
    """

    number: int
    question: Question
    fields: tuple[str, ...]
    words: tuple[str, ...]


def rows(questionnaire: Questionnaire) -> tuple[Row, ...]:
    """What is keyed in, in the order of the paper."""
    numbered = numbers(questionnaire)
    return tuple(
        Row(numbered[each.name], each, _fields(each), each.fields[1:])
        for each in questionnaire.questions
        if each.name in numbered
    )


def read_keyed(questionnaire: Questionnaire, typed: Mapping[str, str]) -> Checked:
    """The answers in what was typed, with the errors of the rest (field name -> error)."""
    asked = [row.question for row in rows(questionnaire)]
    sent: dict[str, list[str]] = {}
    errors: dict[str, AnswerError] = {}
    for question in asked:
        try:
            sent[question.name] = _sent(question, typed)
        except AnswerError as error:
            errors[_fields(question)[0]] = error
        sent |= {name: [typed.get(name, "")] for name in question.fields[1:]}
    checked = check([each for each in asked if each.name in sent], sent, imported=True)
    found = {_first_field(questionnaire, name): each for name, each in checked.errors.items()}
    return Checked(checked.answers, errors | found)


def keyed(questionnaire: Questionnaire, answers: Answers) -> dict[str, str]:
    """What has to be typed for these answers: `read_keyed` the other way round."""
    found: dict[str, str] = {}
    for row in rows(questionnaire):
        values = field_values(answers.get(row.question.name))
        found |= _typed(row.question, values)
        found |= {name: str(answers[name]) for name in row.words if name in answers}
    return found


def differences(first: Answers, second: Answers) -> list[str]:
    """The names under which two keyings differ, in the order of the first."""
    names: Iterable[str] = dict.fromkeys([*first, *second])
    return [name for name in names if first.get(name) != second.get(name)]


def _fields(question: Question) -> tuple[str, ...]:
    if question.kind != "ranking":
        return (question.name,)
    return tuple(f"{question.name}.{number}" for number in choice_numbers(question).values())


def _is_chosen(question: Question) -> bool:
    """Whether numbers stand beside its choices."""
    return KINDS[question.kind].counted is not None


def _first_field(questionnaire: Questionnaire, name: str) -> str:
    question = questionnaire.by_name.get(name)
    return _fields(question)[0] if question else name


def _sent(question: Question, typed: Mapping[str, str]) -> list[str]:
    if question.kind == "ranking":
        return _ranked(question, typed)
    value = typed.get(question.name, "").strip()
    if question.kind == "consent":
        return [YES if in_latin_digits(value) == "1" else value] if value else []
    if question.kind == "multiple":
        return [code_meant(question, part) for part in _BETWEEN.split(value) if part]
    return [code_meant(question, value) if _is_chosen(question) else value] if value else []


def _ranked(question: Question, typed: Mapping[str, str]) -> list[str]:
    """Codes in the order of the places written beside them."""
    places: dict[int, str] = {}
    for code, number in choice_numbers(question).items():
        written = in_latin_digits(typed.get(f"{question.name}.{number}", "").strip())
        if not written:
            continue
        if not written.isdecimal():
            raise AnswerError(N_("“%(value)s” is not a place: write 1, 2, 3."), value=written[:20])
        if int(written) in places:
            raise AnswerError(N_("The place %(place)s is written twice."), place=int(written))
        places[int(written)] = code
    return [places[place] for place in sorted(places)]


def _typed(question: Question, values: list[str]) -> dict[str, str]:
    printed = choice_numbers(question)
    if question.kind == "ranking":
        return {
            f"{question.name}.{printed[code]}": str(place)
            for place, code in enumerate(values, start=1)
            if code in printed
        }
    if question.kind == "consent":
        return {question.name: "1"} if values else {}
    if _is_chosen(question):
        return {question.name: " ".join(printed.get(code, code) for code in values)}
    return {question.name: " ".join(values)}
