"""What of a questionnaire depends on earlier answers: what is asked, offered, taken and said."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from consultations import clock
from consultations.codebook import Texts
from consultations.questionnaires.answer import Answer, Answers
from consultations.questionnaires.dependence import reached
from consultations.questionnaires.logic_reading import read
from consultations.questionnaires.spoken import label, spoken
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.questionnaires.xpath.expressions import Around, Expression, expression, seen
from consultations.questionnaires.xpath.notation import REFERENCE, LogicError
from consultations.questionnaires.xpath.values import Value, text, truth
from consultations.texts import in_language

__all__ = ["Expression", "Logic", "LogicError", "expression", "logic_of"]


MOST_KEPT = 16
"""So many results are kept: a few for each request that is being answered."""


@dataclass(frozen=True)
class Logic:
    """The expressions of a questionnaire, read once; see `logic_of`.

    Answers are given as `calculated` returns them; those of questions that are not relevant count
    as not given.

    depends:    question -> the questions whose answers decide whether and how it is shown.
    conditions: question -> its `relevant` and those of the sections around it.
    given:      question -> what is worked out for it: a calculation, or a default.
    order:      the questions with conditions or calculations, each after what it depends on.
    owners:     field -> its question.
    today:      gives the day it is where the consultation is.
    """

    questionnaire: Questionnaire
    depends: Mapping[str, frozenset[str]]
    conditions: Mapping[str, tuple[Expression, ...]]
    given: Mapping[str, Expression]
    filters: Mapping[str, Expression]
    constraints: Mapping[str, Expression]
    order: tuple[str, ...]
    owners: Mapping[str, str]
    today: Callable[[], date]
    _deciding: Mapping[str, frozenset[str]]
    _before: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)
    _left_out: dict[tuple[object, ...], frozenset[str]] = field(default_factory=dict)

    @cached_property
    def decides(self) -> bool:
        """Whether anything depends on an answer at all."""
        return any((self.order, self.conditions, self.given, self.filters, self.constraints))

    def relevant(self, question: Question, answers: Answers) -> bool:
        """Whether it is to be asked: its own condition and those around it are true."""
        conditions = self.conditions.get(question.name)
        return not conditions or all(
            truth(each.closure(self._around(each, answers))) for each in conditions
        )

    def irrelevant(self, answers: Answers) -> frozenset[str]:
        """All questions that are not to be asked.

        One request asks again and again: what follows from the answers met last is kept.
        """
        met = (self.today(), *[seen(answers.get(name)) for name in self._looked_at])
        found = self._left_out.get(met)
        if found is None:
            if len(self._left_out) >= MOST_KEPT:
                self._left_out.clear()
            found = self._left_out[met] = self._irrelevant(self.order, answers)
        return found

    @cached_property
    def _looked_at(self) -> tuple[str, ...]:
        """The fields that conditions look at."""
        conditions = [each for name in self.order for each in self.conditions.get(name, ())]
        return tuple(sorted(frozenset().union(*(each.names for each in conditions))))

    def choices(self, question: Question, answers: Answers) -> tuple[Choice, ...]:
        """Its choices, without those that its filter leaves out."""
        found = self.filters.get(question.name)
        if found is None:
            return question.choices
        language = self.questionnaire.default_language
        around = self._around(found, answers)
        return tuple(
            choice
            for choice in question.choices
            if truth(found.closure(around.of_choice(_columns(choice, language))))
        )

    def constraint_holds(self, question: Question, answers: Answers, own: Answer | None) -> bool:
        """Whether `own` may be its answer; no answer always may."""
        found = self.constraints.get(question.name)
        if found is None or seen(own) == "":
            return True
        return truth(found.closure(self._around(found, answers, own=seen(own))))

    def default(self, question: Question, answers: Answers) -> str:
        """What stands in its field at first; "" for nothing."""
        found = self.given.get(question.name)
        if found is None or question.calculation:
            return question.default
        answer = _as_answer(found.closure(self._around(found, answers)))
        return "" if answer is None else text(seen(answer))

    def calculated(
        self, answers: Answers, *, language: str | None = None, order: str = ""
    ) -> Answers:
        """`answers` with every calculation worked out; those without a value are absent.

        A hidden question gets its default, once.
        language: of the labels that jr:choice-name() gives; order: as in `Draw`, for random().
        """
        whole = {**answers}
        for name in self.order:
            question = self.questionnaire.by_name[name]
            if not question.calculation and question.kind != "hidden":
                continue
            answer = self._calculated(question, whole, language, order and f"{order}/{name}")
            whole.pop(name, None)
            if answer is not None:
                whole[name] = answer
        return whole

    def text(self, texts: Texts, language: str, answers: Answers) -> str:
        """A text for a reader of `language`, with answers put in where it says ${name}.

        It is plain text: the caller escapes it.
        """
        written = in_language(texts, language)
        if "${" not in written:
            return written
        left_out = self._irrelevant(self._order_of(REFERENCE.findall(written)), answers)

        def words(name: str) -> str:
            owner = self.owners.get(name)
            if owner is None or owner in left_out:
                return ""
            return spoken(self.questionnaire.by_name[owner], name, answers.get(name), language)

        return REFERENCE.sub(lambda found: words(found[1]), written)

    def _calculated(
        self, question: Question, answers: Answers, language: str | None, order: str
    ) -> Answer | None:
        if not self.relevant(question, answers):
            return None
        own = answers.get(question.name)
        if not question.calculation and seen(own) != "":
            return own
        found = self.given.get(question.name)
        if found is None:
            return question.default or None
        around = self._around(found, answers, own=seen(own), language=language, order=order)
        return _as_answer(found.closure(around))

    def _around(
        self,
        found: Expression,
        answers: Answers,
        *,
        own: Value = "",
        language: str | None = None,
        order: str = "",
    ) -> Around:
        """What the expression sees: nothing of questions that are not relevant."""
        left_out = self._irrelevant(self._order_of(found.names), answers)

        def answer(name: str) -> Value:
            return "" if self.owners[name] in left_out else seen(answers.get(name))

        def words(name: str, code: str) -> str:
            question = self.questionnaire.by_name[self.owners[name]]
            return label(question, code, language or self.questionnaire.default_language)

        return Around(answer, own, label=words, today=self.today, order=order)

    def _irrelevant(self, names: tuple[str, ...], answers: Answers) -> frozenset[str]:
        """Those of the names that are not to be asked; each comes after what it depends on."""
        if not names:
            return frozenset()
        left_out: set[str] = set()

        def answer(name: str) -> Value:
            return "" if self.owners[name] in left_out else seen(answers.get(name))

        around = Around(answer, today=self.today)
        for name in names:
            conditions = self.conditions.get(name, ())
            if not all(truth(each.closure(around)) for each in conditions):
                left_out.add(name)
        return frozenset(left_out)

    def _order_of(self, fields: Collection[str]) -> tuple[str, ...]:
        """Of the fields' questions and all they depend on, those with conditions, in order."""
        key = frozenset(fields)
        if key not in self._before:
            owners = {self.owners[name] for name in key if name in self.owners}
            needed = reached(owners, self._deciding)
            self._before[key] = tuple(
                name for name in self.order if name in needed and name in self.conditions
            )
        return self._before[key]


def logic_of(questionnaire: Questionnaire, *, today: Callable[[], date] = clock.today) -> Logic:
    """The logic of a questionnaire; raises `LogicError`, which names question and column."""
    found = read(questionnaire)
    deciding = {name: found.owners_of(each) for name, each in found.conditions.items()}
    return Logic(
        questionnaire,
        depends=found.depends(),
        conditions=found.conditions,
        given=found.given,
        filters=found.filters,
        constraints=found.constraints,
        order=found.order(),
        owners=found.owners,
        today=today,
        _deciding=deciding,
    )


def _columns(choice: Choice, language: str) -> Mapping[str, str]:
    """What a filter may look at."""
    return {"label": in_language(choice.label, language), **choice.values, "name": choice.code}


def _as_answer(value: Value) -> Answer | None:
    """A value as it is stored: a truth as a text, a number that is none not at all."""
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() else value
    return text(value) or None
