"""From the answers of one submission to the groups it is counted in.

A dimension follows from what was answered to the questions that feed it, and from nothing else:
no language of a page, no name and no address is looked at. One question gives its choices as
categories; several together are a battery of the codebook, which gives the codebook's own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from consultations.codebook import (
    BATTERIES,
    DIMENSIONS,
    NON_RESPONSE,
    POOLED,
    SEVERAL,
    Category,
    Dimension,
    Group,
    Parent,
    age_band,
)
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import Choice, Question, Questionnaire

SEVERAL_LABEL = {"en": "Several of these", "fr": "Plusieurs", "ar": "أكثر من واحد", "es": "Varias"}

Answers = Mapping[str, object]


def effective_dimensions(
    declared: Iterable[Dimension], questionnaire: Questionnaire
) -> tuple[Dimension, ...]:
    """The dimensions as they are counted: with the choices of the question that feeds each.

    Parents and reference shares keep only the codes that are left.
    """
    return tuple(
        _fed(dimension, questionnaire.feeding.get(dimension.name, ())) for dimension in declared
    )


def effective_groups(
    declared: Iterable[Group], dimensions: Iterable[Dimension]
) -> tuple[Group, ...]:
    """The groups with the codes that are counted; one of which nothing is left is not there."""
    counted = {each.name: {category.code for category in each.categories} for each in dimensions}
    narrowed = (
        replace(
            group,
            of={
                name: tuple(code for code in codes if code in counted.get(name, ()))
                for name, codes in group.of.items()
            },
        )
        for group in declared
    )
    return tuple(group for group in narrowed if all(group.of.values()))


def dimension_codes(
    questionnaire: Questionnaire, dimensions: Iterable[Dimension]
) -> Callable[[Answers], dict[str, str]]:
    """A function from answers to {dimension: category code, or "-" for non-response}."""
    rules = [
        (each.name, _rule(each.name, questionnaire.feeding.get(each.name, ())))
        for each in dimensions
    ]
    return lambda answers: {name: rule(answers) for name, rule in rules}


def _rule(dimension: str, questions: tuple[Question, ...]) -> Callable[[Answers], str]:
    """How a dimension follows from the answers."""
    names = [question.name for question in questions]
    if not names:
        return lambda _answers: POOLED
    if len(names) == 1:
        return lambda answers: _code(answers.get(names[0]))
    category = BATTERIES[dimension].category
    return lambda answers: category([answers.get(name) for name in names])


def _fed(dimension: Dimension, questions: tuple[Question, ...]) -> Dimension:
    if not questions:
        return dimension
    categories = _categories(dimension, questions)
    codes = {category.code for category in categories}
    reference = dimension.reference
    return replace(
        dimension,
        label=dimension.label or questions[0].label,
        categories=categories,
        ordered=dimension.ordered or questions[0].kind == "scale",
        parents=tuple(_left(dimension.parents, codes)),
        sensitive=dimension.sensitive or any(question.sensitive for question in questions),
        reference=reference
        and replace(
            reference,
            shares={code: share for code, share in reference.shares.items() if code in codes},
        ),
    )


def _left(parents: Iterable[Parent], codes: set[str]) -> Iterable[Parent]:
    """The parents that still have two categories to take in."""
    for parent in parents:
        of = tuple(code for code in parent.of if code in codes)
        if len(of) > 1:
            yield parent if of == parent.of else replace(parent, of=of)


def _categories(dimension: Dimension, questions: tuple[Question, ...]) -> tuple[Category, ...]:
    question = questions[0]
    if len(questions) > 1:
        return DIMENSIONS[dimension.name].categories
    if KINDS[question.kind].counted is None:
        return DIMENSIONS["age"].categories
    chosen = tuple(_category(dimension, choice) for choice in question.substantive)
    if question.kind != "multiple" or SEVERAL in question.codes:
        return chosen
    return (*chosen, Category(SEVERAL, SEVERAL_LABEL))


def _category(dimension: Dimension, choice: Choice) -> Category:
    """The choice's own words, or where they are the dimension's, those it has for reports."""
    for own in dimension.categories:
        if own.code == choice.code and (own.choice or own.label) == choice.label:
            return own
    return Category(choice.code, choice.label)


def _code(answer: object) -> str:
    if isinstance(answer, int | float):
        band = age_band(answer)
        return POOLED if band in NON_RESPONSE else band
    if isinstance(answer, list):
        answer = answer[0] if len(answer) == 1 else SEVERAL
    return POOLED if answer is None or answer in NON_RESPONSE else str(answer)
