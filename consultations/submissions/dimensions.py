"""From the answers of one submission to the groups it is counted in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from consultations.codebook import (
    DIMENSIONS,
    NON_RESPONSE,
    POOLED,
    Category,
    Dimension,
    age_band,
)
from consultations.codebook.dimensions import CHOICES
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import Choice, Question, Questionnaire

SEVERAL = "several"
"""The category of those who chose more than one of a multiple choice question."""

SEVERAL_LABEL = {"en": "Several of these", "fr": "Plusieurs", "ar": "أكثر من واحد", "es": "Varias"}


def effective_dimensions(
    declared: Iterable[Dimension], questionnaire: Questionnaire
) -> tuple[Dimension, ...]:
    """The dimensions as they are counted: with the choices of the question that feeds each.

    Parents and reference shares keep only the codes that are left.
    """
    return tuple(
        _fed(dimension, questionnaire.feeding.get(dimension.name)) for dimension in declared
    )


def dimension_codes(
    questionnaire: Questionnaire, dimensions: Iterable[Dimension]
) -> Callable[[Mapping[str, object]], dict[str, str]]:
    """A function from answers to {dimension: category code, or "-" for non-response}."""
    fed = [(each.name, questionnaire.feeding.get(each.name)) for each in dimensions]

    def codes(answers: Mapping[str, object]) -> dict[str, str]:
        return {
            name: POOLED if question is None else _code(answers.get(question.name))
            for name, question in fed
        }

    return codes


def _fed(dimension: Dimension, question: Question | None) -> Dimension:
    if question is None:
        return dimension
    categories = _categories(question)
    codes = {category.code for category in categories}
    reference = dimension.reference
    return replace(
        dimension,
        label=dimension.label or question.label,
        categories=categories,
        ordered=dimension.ordered or question.kind == "scale",
        parents=tuple(parent for parent in dimension.parents if codes.issuperset(parent.of)),
        sensitive=dimension.sensitive or question.sensitive,
        reference=reference
        and replace(
            reference,
            shares={code: share for code, share in reference.shares.items() if code in codes},
        ),
    )


def _categories(question: Question) -> tuple[Category, ...]:
    if KINDS[question.kind].counted is None:
        return DIMENSIONS["age"].categories
    chosen = tuple(_category(question, choice) for choice in question.substantive)
    if question.kind != "multiple" or SEVERAL in question.codes:
        return chosen
    return (*chosen, Category(SEVERAL, SEVERAL_LABEL))


def _category(question: Question, choice: Choice) -> Category:
    """The choice's own words, or where they are the codebook's, those it has for reports."""
    words = CHOICES.get(question.dimension or "", {})
    if words.get(choice.code) == choice.label:
        own = DIMENSIONS[question.dimension or ""].categories
        return next(category for category in own if category.code == choice.code)
    return Category(choice.code, choice.label)


def _code(answer: object) -> str:
    if isinstance(answer, int | float):
        band = age_band(answer)
        return POOLED if band in NON_RESPONSE else band
    if isinstance(answer, list):
        answer = answer[0] if len(answer) == 1 else SEVERAL
    return POOLED if answer is None or answer in NON_RESPONSE else str(answer)
