"""From the answers of one submission to the groups it is counted in."""

from collections.abc import Callable, Iterable, Mapping

from consultations.codebook import Dimension
from consultations.questionnaires.structure import Questionnaire

SEVERAL = "several"
"""The category of those who chose more than one of a multiple choice question."""


def effective_dimensions(
    declared: Iterable[Dimension], questionnaire: Questionnaire
) -> tuple[Dimension, ...]:
    """The dimensions as they are counted: with the choices of the question that feeds each."""
    raise NotImplementedError


def dimension_codes(
    questionnaire: Questionnaire, dimensions: Iterable[Dimension]
) -> Callable[[Mapping[str, object]], dict[str, str]]:
    """A function from answers to {dimension: category code, or "-" for non-response}."""
    raise NotImplementedError
