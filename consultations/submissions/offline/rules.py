"""What a phone needs to know to ask as the server would: conditions, filters, words of choices.

Plain values for `static/offline-rules.js`; expressions are the trees that `static/logic.js` works
out. Whatever the phone decides, the server decides again.
"""

from typing import Any

from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.logic import Logic
from consultations.questionnaires.structure import Question
from consultations.texts import in_language

_BOUNDED = ("multiple", "ranking")


def rules(logic: Logic, language: str) -> dict[str, Any]:
    """The rules of a questionnaire, for a reader of `language`."""
    asked = logic.questionnaire.questions
    return {
        "language": language,
        "order": list(logic.order),
        "kinds": {each.name: each.kind for each in asked if KINDS[each.kind].on_page},
        "conditions": {
            name: [each.tree for each in conditions]
            for name, conditions in logic.conditions.items()
        },
        "worked": {name: _worked(logic, name) for name in logic.order if _is_worked(logic, name)},
        "filters": {name: each.tree for name, each in logic.filters.items()},
        "constraints": {name: each.tree for name, each in logic.constraints.items()},
        "columns": {name: _columns(logic, name) for name in logic.filters},
        "choices": _choices(logic, language),
        "fields": {each.name: list(each.fields) for each in asked if len(each.fields) > 1},
        "beside": _beside(asked),
        "alone": {each.name: _alone(each) for each in asked if _alone(each)},
        "bounds": {
            each.name: [each.minimum, each.maximum]
            for each in asked
            if each.kind in _BOUNDED and (each.minimum, each.maximum) != (None, None)
        },
        "codes": {each.name: list(each.non_response) for each in asked if each.non_response},
        "required": [each.name for each in asked if each.required],
    }


def _is_worked(logic: Logic, name: str) -> bool:
    question = logic.questionnaire.by_name[name]
    return bool(question.calculation) or question.kind == "hidden"


def _worked(logic: Logic, name: str) -> dict[str, Any]:
    """How the value of a question that nobody answers comes about."""
    question, found = logic.questionnaire.by_name[name], logic.given.get(name)
    return {
        "calculated": bool(question.calculation),
        "tree": found.tree if found else None,
        "default": question.default,
    }


def _columns(logic: Logic, name: str) -> list[dict[str, str]]:
    """What a filter may look at, for each choice of its question."""
    language = logic.questionnaire.default_language
    return [
        {"label": in_language(each.label, language), **each.values, "name": each.code}
        for each in logic.questionnaire.by_name[name].choices
    ]


def _choices(logic: Logic, language: str) -> dict[str, list[list[str]]]:
    """Code, label, and label in the language of expressions, in the questionnaire's order.

    Only of questions that others look at, and of those whose choices are searched for by words.
    """
    looked_at = frozenset().union(*logic.depends.values())
    default = logic.questionnaire.default_language
    return {
        each.name: [
            [choice.code, in_language(choice.label, language), in_language(choice.label, default)]
            for choice in each.choices
        ]
        for each in logic.questionnaire.questions
        if each.choices and (each.name in looked_at or each.looks("search"))
    }


def _beside(asked: tuple[Question, ...]) -> dict[str, dict[str, Any]]:
    """Field of words -> the question and the choices beside which it stands."""
    found: dict[str, dict[str, Any]] = {}
    for question in asked:
        for code, field in question.words_beside.items():
            found.setdefault(field, {"of": question.name, "codes": []})["codes"].append(code)
    return found


def _alone(question: Question) -> list[str]:
    return [each.code for each in question.choices if each.exclusive]
