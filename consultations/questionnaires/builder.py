"""Making a questionnaire: the ten-minute journey for a draft, and the codebook's own questions."""

from collections.abc import Iterable, Sequence

from consultations.codebook import Dimension, Texts
from consultations.questionnaires.structure import Question, Questionnaire


def codebook_question(dimension: Dimension) -> Question:
    """The codebook's own question, under the dimension's name.

    Raises `DimensionError` for a dimension without categories of its own.
    """
    raise NotImplementedError


def with_codebook_questions(
    questionnaire: Questionnaire, dimensions: Iterable[Dimension]
) -> Questionnaire:
    """`questionnaire` with the codebook's question appended for every dimension none feeds."""
    raise NotImplementedError


def ten_minutes(
    title: Texts,
    provisions: Sequence[tuple[str, Texts]],
    dimensions: Iterable[Dimension],
    *,
    languages: Sequence[str],
) -> Questionnaire:
    """Position, effect and change for every provision (eId, heading), then the dimensions.

    The first of `languages` is the default; those we have no wording for get the English one.
    """
    raise NotImplementedError
