"""How a submission is written as a row of a snapshot: which column follows from which answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from consultations.analysis.coding import Column, Key, columns, numbers
from consultations.analysis.counted import counted_questions, in_words
from consultations.analysis.plan import CHANNEL, ENTRY, LANGUAGE, CountedQuestion
from consultations.codebook import (
    NON_RESPONSE,
    NOT_ASKED,
    NOT_CODABLE,
    POOLED,
    SKIPPED,
    Category,
    Dimension,
)
from consultations.questionnaires.dependence import reached
from consultations.questionnaires.logic import Logic, logic_of
from consultations.questionnaires.structure import Questionnaire
from consultations.submissions.dimensions import dimension_codes

Answers = Mapping[str, Any]

Codes = dict[str, list[str]]
"""Dimension, channel and the like -> what their numbers stand for."""

KIND = "_kind"
BESIDE = (KIND, CHANNEL, ENTRY, LANGUAGE)
"""What a snapshot holds of each submission beside its answers."""


@dataclass(frozen=True)
class Source:
    """Columns that follow from the same answers.

    asked:   the questions whose answers are read; present: those of which it matters only
             whether there is an answer.
    keys:    what the columns hold.
    read:    from these answers to a value for each column: a number, or a dimension's code.
    """

    asked: tuple[str, ...]
    keys: tuple[Key, ...]
    read: Callable[[Answers], Sequence[int | str]]
    present: frozenset[str] = field(default_factory=frozenset)


def sources(asked: Questionnaire, dimensions: Sequence[Dimension]) -> tuple[Source, ...]:
    """All that a snapshot of answers to a questionnaire holds of each submission."""
    logic = logic_of(asked)
    with_themes = {eid: [Category("", {})] for eid in in_words(asked)}
    by_asked: dict[str, list[CountedQuestion]] = {}
    for question in counted_questions(asked):
        by_asked.setdefault(question.asked, []).append(question)
    return (
        *(_of_dimension(asked, each) for each in dimensions),
        *(_of_choices(name, several) for name, several in by_asked.items()),
        *(
            _of_words(question, logic)
            for question in counted_questions(asked, with_themes)
            if question.told_in
        ),
    )


def silence(question: str) -> Column:
    """The column that tells who wrote nothing on a provision, and why; those who did are `-4`."""
    return Column(question, ())


def _of_dimension(asked: Questionnaire, dimension: Dimension) -> Source:
    names = tuple(each.name for each in asked.feeding.get(dimension.name, ()))
    code = dimension_codes(asked, [dimension])
    return Source(names, (dimension.name,), lambda answers: (code(answers)[dimension.name],))


def _of_choices(name: str, questions: Sequence[CountedQuestion]) -> Source:
    def read(answers: Answers) -> list[int]:
        return [
            number
            for question in questions
            for number in numbers(question, _answer(question, answers))
        ]

    keys = tuple(column for question in questions for column in columns(question))
    return Source((name,), keys, read)


def _answer(question: CountedQuestion, answers: Answers) -> str | tuple[str, ...]:
    """A code, or a tuple of them where several can be chosen."""
    value = answers.get(question.asked)
    absent = SKIPPED if question.asked in answers else NOT_ASKED
    if question.multiple:
        several = value if isinstance(value, list) else [absent if value is None else value]
        return tuple(map(str, several))
    if isinstance(value, list):
        value = _at(question.place, value)
    return absent if value is None else str(value)


def _at(place: int, ranked: Sequence[str]) -> str:
    """What stands in a place of a ranking; a code of non-response stands in all of them."""
    if ranked[0] in NON_RESPONSE:
        return ranked[0]
    return ranked[place - 1] if len(ranked) >= place else SKIPPED


def _of_words(question: CountedQuestion, logic: Logic) -> Source:
    texts = [logic.questionnaire.by_name[name] for name in question.told_in]
    depends = reached({name for each in texts for name in logic.depends[each.name]}, logic.depends)
    column = silence(question.name)

    def read(answers: Answers) -> list[int]:
        if any(answers.get(each.name) for each in texts):
            return [column.silent(NOT_CODABLE)]
        return [column.silent(SKIPPED if asked(answers) else NOT_ASKED)]

    def asked(answers: Answers) -> bool:
        beside = answers.get(question.beside, NOT_ASKED) if question.beside else SKIPPED
        if beside in (NOT_ASKED, [NOT_ASKED]):
            return False
        return any(logic.relevant(each, dict(answers)) for each in texts)

    fields = {name for each in depends for name in logic.questionnaire.by_name[each].fields}
    others = sorted({*fields, *([question.beside] if question.beside else [])})
    return Source(
        (*dict.fromkeys([*question.told_in, *others]),),
        (column,),
        read,
        present=frozenset(question.told_in) - fields,
    )


def known_codes(dimensions: Sequence[Dimension]) -> Iterator[tuple[str, list[str]]]:
    """Dimension -> the codes that its numbers stand for; those not declared come after them."""
    for each in dimensions:
        yield each.name, [*(category.code for category in each.categories), POOLED]


def identity(submission_id: str) -> int:
    """A submission in a snapshot: half of its random key, as a number that every engine takes."""
    return int(submission_id[:16], 16) >> 1


def beside(sources: Sequence[Source]) -> dict[str, str]:
    """Under which name each of `BESIDE` is held: a dimension of the same name has precedence."""
    dimensions = {key for source in sources for key in source.keys}
    return {name: f"_{name}" if name in dimensions else name for name in BESIDE}


def names(sources: Sequence[Source]) -> dict[Key, str]:
    """The name of each column of a snapshot, by what it holds."""
    held = [*beside(sources).values(), *(key for source in sources for key in source.keys)]
    return {key: f"c{place}" for place, key in enumerate(held)}
