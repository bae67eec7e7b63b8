"""What the demonstration asks: the ten-minute journey, and in its second round how notices come."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from consultations.bundles.schema import Configuration
from consultations.demonstration.content import LANGUAGES, read
from consultations.drafts.models import Revision
from consultations.questionnaires.builder import ten_minutes, with_codebook_questions
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section
from consultations.rounds.plan import offered_dimensions

NOTICES, STATEMENTS = "notices", "statements"
"""The sections that only the second round has."""


def asked(
    configuration: Configuration, revision: Revision, *, again: bool, brackets: bool
) -> Questionnaire:
    """The ten-minute journey through the articles, the two minorities by their names.

    again: whether it is the second round, which asks more; brackets: whether it asks in depth
    about what is still open in some articles as well.
    """
    own = read("questionnaire")
    headings = {
        each.eid: {
            language: f"{each.number[language]} · {each.heading[language]}"
            for language in LANGUAGES
        }
        for each in revision.provisions
        if each.eid in own["provisions"]
    }
    journey = ten_minutes(
        own["title"],
        list(headings.items()),
        (),
        languages=LANGUAGES,
        brackets={
            each.eid: each.text
            for each in revision.provisions
            if brackets and each.eid in own["brackets"]
        },
    )
    if again:
        journey = _with_more(journey, own["again"])
    whole = with_codebook_questions(journey, offered_dimensions(configuration.plan()))
    named = tuple(
        _minority(each, own["minority"]) if each.dimension == "minority" else each
        for each in whole.questions
    )
    return replace(whole, questions=named)


def _with_more(journey: Questionnaire, more: Mapping[str, Any]) -> Questionnaire:
    return replace(
        journey,
        questions=(*journey.questions, *_about_notices(more), *_statements(more["statements"])),
        sections=(
            *journey.sections,
            Section(NOTICES, more["section"]),
            Section(STATEMENTS, more["statements"]["section"], layout="votes"),
        ),
    )


def _about_notices(more: Mapping[str, Any]) -> Iterator[Question]:
    ways = _choices(more["means"]["choices"])
    yield Question(
        "heard",
        "single",
        more["heard"]["label"],
        choices=_choices(more["heard"]["choices"]),
        section=NOTICES,
    )
    yield Question(
        "means",
        "multiple",
        more["means"]["label"],
        choices=tuple(replace(each, specify=each.code == "other") for each in ways),
        section=NOTICES,
        relevant="${heard} = 'yes_in_time' or ${heard} = 'yes_too_late'",
    )
    yield Question(
        "best",
        "ranking",
        more["best"]["label"],
        choices=tuple(each for each in ways if each.code != "other"),
        section=NOTICES,
    )


def _statements(more: Mapping[str, Any]) -> Iterator[Question]:
    for name, label in more["labels"].items():
        yield Question(
            name,
            "vote",
            label,
            choices=_choices(more["choices"]),
            choice_list=STATEMENTS,
            section=STATEMENTS,
        )


def _choices(written: Mapping[str, Any]) -> tuple[Choice, ...]:
    return tuple(Choice(code, label) for code, label in written.items())


def _minority(question: Question, own: Mapping[str, Any]) -> Question:
    return replace(question, label=own["label"], choices=_choices(own["choices"]))
