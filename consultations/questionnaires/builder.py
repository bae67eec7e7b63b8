"""Making a questionnaire: the ten-minute journey for a draft, and the codebook's own questions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from consultations.codebook import BATTERIES, Dimension, Texts
from consultations.codebook.batteries import Battery
from consultations.codebook.dimensions import DimensionError
from consultations.questionnaires.brackets import bracket_questions
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

TEN_MINUTES = {"positions": 10, "in_depth": 2}
"""On how many provisions the journey asks one participant, at most."""

LONG_LIST = 15
"""A list of more choices than this is searched instead of read."""


def codebook_questions(dimension: Dimension) -> tuple[Question, ...]:
    """The codebook's own question under the dimension's name, or its battery of several.

    Raises `DimensionError` for a dimension without categories of its own.
    """
    if not dimension.categories:
        raise DimensionError(
            N_("No question feeds the dimension “%(name)s”, and the codebook has none for it."),
            name=dimension.name,
        )
    if dimension.name in BATTERIES:
        return _battery(dimension, BATTERIES[dimension.name])
    return (
        Question(
            name=dimension.name,
            kind="multiple" if dimension.several else "single",
            label=dimension.question,
            hint=dimension.why,
            choices=tuple(
                Choice(each.code, each.choice or each.label, each.exclusive, each.specify)
                for each in dimension.categories
            ),
            choice_list=dimension.name,
            dimension=dimension.name,
            sensitive=dimension.sensitive,
            section=ABOUT_YOU,
            appearance="search" if len(dimension.categories) > LONG_LIST else "",
        ),
    )


def with_codebook_questions(
    questionnaire: Questionnaire, dimensions: Iterable[Dimension]
) -> Questionnaire:
    """`questionnaire` with the codebook's question appended for every dimension none feeds.

    Raises `DimensionError` where the codebook has no question, or its name is taken already.
    """
    wanted = [each for each in dimensions if each.name not in questionnaire.feeding]
    missing = [question for each in wanted for question in codebook_questions(each)]
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
    present = {section.name for section in questionnaire.sections}
    sections = [
        Section(ABOUT_YOU, WORDING[ABOUT_YOU]["section"]),
        *(
            Section(each.name, each.question, within=ABOUT_YOU, layout="matrix")
            for each in wanted
            if each.name in BATTERIES
        ),
    ]
    return replace(
        questionnaire,
        questions=(*questionnaire.questions, *missing),
        sections=(
            *questionnaire.sections,
            *(section for section in sections if section.name not in present),
        ),
    )


def ten_minutes(
    title: Texts,
    provisions: Sequence[tuple[str, Texts]],
    dimensions: Iterable[Dimension],
    *,
    languages: Sequence[str],
    brackets: Mapping[str, Texts] = MappingProxyType({}),
) -> Questionnaire:
    """Position, effect and change for every provision (eId, heading), then the dimensions.

    The first of `languages` is the default; those we have no wording for get the English one.
    `brackets` are the texts of the provisions (by eId) whose open brackets are asked about.
    """
    questions = tuple(
        question
        for eid, heading in provisions
        for question in (
            _position(eid, heading),
            _effect(eid),
            *bracket_questions(eid, brackets.get(eid, {})),
            _change(eid),
        )
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


def _battery(dimension: Dimension, battery: Battery) -> tuple[Question, ...]:
    """The rows of a matrix, under the dimension's name; why they are asked stands above them."""
    choices = tuple(Choice(code, words) for code, words in battery.choices.items())
    return tuple(
        Question(
            name=f"{dimension.name}_{part}",
            kind="single",
            label=words,
            choices=choices,
            choice_list=dimension.name,
            dimension=dimension.name,
            sensitive=dimension.sensitive,
            section=dimension.name,
        )
        for part, words in battery.questions.items()
    )
