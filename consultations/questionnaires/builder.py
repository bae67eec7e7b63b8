"""Making a questionnaire: the ten-minute journey for a draft, and the codebook's own questions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from consultations.codebook import QUESTIONS, Dimension, Texts
from consultations.codebook.dimensions import CHOICES, DimensionError
from consultations.questionnaires.structure import (
    POSITIONS,
    Choice,
    Question,
    Questionnaire,
    Section,
)
from consultations.questionnaires.wording import WORDING
from consultations.words import N_

EFFECTS = ("much_better", "better", "no_difference", "worse", "much_worse")

ABOUT_YOU = "about_you"
"""The section of the codebook's own questions."""


def codebook_question(dimension: Dimension) -> Question:
    """The codebook's own question, under the dimension's name.

    Raises `DimensionError` for a dimension without categories of its own.
    """
    if not dimension.categories:
        raise DimensionError(
            N_("No question feeds the dimension “%(name)s”, and the codebook has none for it."),
            name=dimension.name,
        )
    words = CHOICES.get(dimension.name, {})
    return Question(
        name=dimension.name,
        kind="single",
        label=QUESTIONS[dimension.name],
        hint=dimension.why,
        choices=tuple(
            Choice(category.code, words.get(category.code, category.label))
            for category in dimension.categories
        ),
        choice_list=dimension.name,
        dimension=dimension.name,
        sensitive=dimension.sensitive,
        section=ABOUT_YOU,
    )


def with_codebook_questions(
    questionnaire: Questionnaire, dimensions: Iterable[Dimension]
) -> Questionnaire:
    """`questionnaire` with the codebook's question appended for every dimension none feeds.

    Raises `DimensionError` where the codebook has no question, or its name is taken already.
    """
    missing = [
        codebook_question(dimension)
        for dimension in dimensions
        if dimension.name not in questionnaire.feeding
    ]
    for question in missing:
        if question.name in questionnaire.by_name:
            raise DimensionError(
                N_(
                    "The question “%(name)s” does not feed the dimension of that name;"
                    " write the dimension beside it, or rename it."
                ),
                name=question.name,
            )
    if not missing:
        return questionnaire
    sections = questionnaire.sections
    if ABOUT_YOU not in (section.name for section in sections):
        sections = (*sections, Section(ABOUT_YOU, WORDING[ABOUT_YOU]["section"]))
    return replace(questionnaire, questions=(*questionnaire.questions, *missing), sections=sections)


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
    questions = tuple(
        question
        for eid, heading in provisions
        for question in (_position(eid, heading), _effect(eid), _change(eid))
    )
    about_provisions = Questionnaire(title, tuple(languages), languages[0], questions)
    return with_codebook_questions(about_provisions, dimensions)


def _position(eid: str, heading: Texts) -> Question:
    """Asked on one page for all provisions, so its label is the heading of its provision."""
    return Question(
        name=f"{eid}_position",
        kind="single",
        label=heading,
        hint=WORDING["position"]["question"],
        choices=_choices("position", POSITIONS),
        choice_list="position",
        provision=eid,
        role="position",
    )


def _effect(eid: str) -> Question:
    return Question(
        name=f"{eid}_effect",
        kind="scale",
        label=WORDING["effect"]["question"],
        choices=_choices("effect", EFFECTS),
        choice_list="effect",
        provision=eid,
        role="effect",
    )


def _change(eid: str) -> Question:
    words = WORDING["change"]
    return Question(
        name=f"{eid}_change",
        kind="long_text",
        label=words["question"],
        hint=words["hint"],
        provision=eid,
        role="change",
    )


def _choices(role: str, codes: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(code, WORDING[role][code]) for code in codes)
