"""Reading all expressions of a questionnaire, and what depends on what."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from consultations.codebook import Texts
from consultations.questionnaires.dependence import CircleError, in_order
from consultations.questionnaires.structure import Question, Questionnaire, Section
from consultations.questionnaires.xpath.expressions import Expression, expression
from consultations.questionnaires.xpath.notation import REFERENCE, LogicError, is_expression
from consultations.words import N_

LONGEST_IN_ALL = 500_000
"""Characters of all expressions of a questionnaire."""


@dataclass(frozen=True)
class Read:
    """The expressions of a questionnaire; see `logic.Logic`."""

    questionnaire: Questionnaire
    owners: Mapping[str, str]
    conditions: Mapping[str, tuple[Expression, ...]]
    given: Mapping[str, Expression]
    filters: Mapping[str, Expression]
    constraints: Mapping[str, Expression]

    def depends(self) -> Mapping[str, frozenset[str]]:
        """Question -> the questions whose answers decide whether and how it is shown."""
        return {
            question.name: (self.owners_of(self._of(question.name)) | self._piped(question))
            - {question.name}
            for question in self.questionnaire.questions
        }

    def order(self) -> tuple[str, ...]:
        """The questions with conditions or values given, each after what it depends on."""
        some = {*self.conditions, *self._worked_out()}
        try:
            found = in_order({name: self._decided_by(name) for name in some})
        except CircleError as error:
            raise _at(
                LogicError(
                    N_("These depend on each other in a circle: %(circle)s."), circle=str(error)
                ),
                error.names[0],
                "relevant" if error.names[0] in self.conditions else "calculation",
            ) from error
        return tuple(name for name in found if name in some)

    def owners_of(self, expressions: Iterable[Expression]) -> frozenset[str]:
        """The questions that the expressions read."""
        return frozenset(self.owners[name] for each in expressions for name in each.names)

    def _of(self, name: str) -> Iterator[Expression]:
        yield from self.conditions.get(name, ())
        for column in (self.given, self.filters, self.constraints):
            if name in column:
                yield column[name]

    def _worked_out(self) -> set[str]:
        """The questions whose answers are worked out, not just offered at first."""
        questions = self.questionnaire.questions
        return {each.name for each in questions if each.calculation or each.kind == "hidden"}

    def _decided_by(self, name: str) -> frozenset[str]:
        """What decides its relevance and its value; a condition on its own answer is a circle."""
        conditions = self.conditions.get(name, ())
        given = [self.given[name]] if name in self.given and name in self._worked_out() else []
        own = {name} if any(each.own for each in conditions) else set()
        return self.owners_of([*conditions, *given]) | own

    def _piped(self, question: Question) -> frozenset[str]:
        """The questions whose answers are put into its words, or those of its sections."""
        around = self.questionnaire.around(question.section)
        found = set()
        for column, texts in _words(question, around):
            for name in (name for each in texts.values() for name in REFERENCE.findall(each)):
                if name not in self.owners:
                    raise _at(
                        LogicError(N_("There is no question named “%(name)s”."), name=name),
                        question.name,
                        column,
                    )
                found.add(self.owners[name])
        return frozenset(found)


def read(questionnaire: Questionnaire) -> Read:
    """Read all expressions; raises `LogicError`, which names question and column."""
    _refuse_too_much(questionnaire)
    owners = {name: each.name for each in questionnaire.questions for name in each.fields}
    return Read(
        questionnaire,
        owners,
        _conditions(questionnaire, owners),
        _given(questionnaire, owners),
        {
            each.name: _expression(each, "choice_filter", owners, filtered_by(each))
            for each in questionnaire.questions
            if each.choice_filter
        },
        {
            each.name: _expression(each, "constraint", owners)
            for each in questionnaire.questions
            if each.constraint
        },
    )


def _refuse_too_much(questionnaire: Questionnaire) -> None:
    columns = ("relevant", "constraint", "choice_filter", "calculation", "default")
    written = [getattr(each, column) for each in questionnaire.questions for column in columns]
    written += [section.relevant for section in questionnaire.sections]
    if sum(map(len, written)) > LONGEST_IN_ALL:
        raise LogicError(
            N_("The expressions are too long: at most %(most)s characters in all."),
            most=LONGEST_IN_ALL,
        )


def _conditions(
    questionnaire: Questionnaire, known: Collection[str]
) -> Mapping[str, tuple[Expression, ...]]:
    of_sections = {
        section.name: _expression(section, "relevant", known)
        for section in questionnaire.sections
        if section.relevant
    }
    found = {}
    for question in questionnaire.questions:
        around = reversed(questionnaire.around(question.section))
        conditions = [of_sections[each.name] for each in around if each.relevant]
        if question.relevant:
            conditions.append(_expression(question, "relevant", known))
        if conditions:
            found[question.name] = tuple(conditions)
    return found


def _given(questionnaire: Questionnaire, known: Collection[str]) -> Mapping[str, Expression]:
    found = {}
    for question in questionnaire.questions:
        if question.calculation:
            found[question.name] = _expression(question, "calculation", known)
        elif is_expression(question.default):
            found[question.name] = _expression(question, "default", known)
    return found


def filtered_by(question: Question) -> Collection[str]:
    """The bare names that its choice filter may use: the columns of its choices."""
    return {"name", "label"}.union(*(choice.values for choice in question.choices))


def _words(question: Question, around: Iterable[Section]) -> Iterator[tuple[str, Texts]]:
    """Column -> texts into which answers may be put."""
    for column in ("label", "hint", "message", "required_message", "unit"):
        yield column, getattr(question, column)
    yield from (("label", choice.label) for choice in question.choices)
    yield from (("label", section.label) for section in around)


def _expression(
    place: Question | Section,
    column: str,
    known: Collection[str],
    columns: Collection[str] | None = None,
) -> Expression:
    try:
        return expression(getattr(place, column), known, columns)
    except LogicError as error:
        raise _at(error, place.name, column) from error.__cause__


def _at(error: LogicError, question: str, column: str) -> LogicError:
    error.question, error.column = question, column
    return error
