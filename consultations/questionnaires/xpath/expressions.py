"""One expression of an XLSForm: XPath 1.0 with `${name}` for other answers and `.` for its own.

It is read once, by elementpath's parser, into a tree of plain lists (which a browser can work out
as well) and from there into Python functions.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from consultations import clock
from consultations.codebook import NOT_ASKED, SKIPPED
from consultations.questionnaires.answer import Answer
from consultations.questionnaires.xpath.functions import FUNCTIONS, OPERATORS, chance
from consultations.questionnaires.xpath.notation import (
    REFERENCE,
    LogicError,
    Tree,
    is_expression,
)
from consultations.questionnaires.xpath.patterns import matches
from consultations.questionnaires.xpath.values import Value, text, truth
from consultations.words import N_

__all__ = ["REFERENCE", "Around", "Expression", "LogicError", "expression", "is_expression", "seen"]


@dataclass(frozen=True)
class Around:
    """What an expression may look at.

    answer: the value of the question of a name ("" where there is none).
    own:    the value of its own question.
    columns: of the choice in question, for a choice filter.
    label:  (question, code) -> the words of that choice.
    today:  the day it is.
    order:  what makes the participant's random numbers; "" gives none.
    """

    answer: Callable[[str], Value] = field(default=lambda name: "")
    own: Value = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    label: Callable[[str, str], str] = field(default=lambda name, code: code)
    today: Callable[[], date] = clock.today
    order: str = ""

    def of_choice(self, columns: Mapping[str, str]) -> "Around":
        """The same, for one of the choices."""
        return replace(self, columns=columns)


Closure = Callable[[Around], Value]


@dataclass(frozen=True)
class Expression:
    """An expression that can be worked out.

    names: the fields whose answers it reads; own: whether it reads its own ("." or once()).
    tree:  the same as plain values, for `static/logic.js`.
    """

    source: str
    names: frozenset[str]
    own: bool
    tree: Tree

    @cached_property
    def closure(self) -> Closure:
        """The function that works it out."""
        return _closure(self.tree)

    def value(self, answers: Mapping[str, Answer], own: Answer | None = None) -> Value:
        """Its value for these answers, and for `own` as the answer of its own question."""
        return self.closure(around(answers, own))

    def true(self, answers: Mapping[str, Answer], own: Answer | None = None) -> bool:
        """Whether its value is true."""
        return truth(self.value(answers, own))


def around(answers: Mapping[str, Answer], own: Answer | None = None) -> Around:
    """What an expression sees of these answers alone."""
    return Around(answer=lambda name: seen(answers.get(name)), own=seen(own))


def seen(answer: Answer | None) -> Value:
    """An answer as an expression sees it: not given is "", several codes have spaces between."""
    if isinstance(answer, list):
        return " ".join(code for code in answer if code not in (SKIPPED, NOT_ASKED))
    if answer is None or answer in (SKIPPED, NOT_ASKED):
        return ""
    return answer if isinstance(answer, str) else float(answer)


def expression(
    source: str, known: Collection[str], columns: Collection[str] | None = None
) -> Expression:
    """The expression written in `source`; raises `LogicError`.

    known:   the names that `${name}` may name.
    columns: the bare names that it may use, which only a choice filter has.
    """
    from consultations.questionnaires.xpath.reading import tree_of  # heavy: docs/decisions/0013

    tree = tree_of(source)
    names = frozenset(_found(tree, "answer")) | frozenset(_found(tree, "choice-name"))
    for name in sorted(names - set(known)):
        raise LogicError(N_("There is no question named “%(name)s”."), name=name)
    for name in _found(tree, "column"):
        if columns is None or name not in columns:
            raise LogicError(
                N_("“%(name)s” is not known here; an answer is written ${%(name)s}."),
                name=name,
            )
    return Expression(source, names, any(True for _ in _found(tree, "own")), tree)


def _found(tree: Tree, what: str) -> Iterator[str]:
    """What the tree names in its parts of this kind."""
    if isinstance(tree, list) and tree:
        if tree[0] == what:
            yield tree[-1]
        for part in tree[1:]:
            yield from _found(part, what)


def _closure(tree: Tree) -> Closure:
    if not isinstance(tree, list):
        return lambda _: tree
    name, *parts = tree
    if name in _LEAVES:
        return _LEAVES[name](*parts)
    if name == "regex":
        return _regex(_closure(parts[0]), parts[1])
    if name == "choice-name":
        return _choice_name(_closure(parts[0]), parts[1])
    closures = [_closure(part) for part in parts]
    if name in _BRANCHES:
        return _BRANCHES[name](*closures)
    return _applied(OPERATORS[name] if name in OPERATORS else FUNCTIONS[name].run, closures)


def _applied(run: Callable[..., Value], closures: Sequence[Closure]) -> Closure:
    if len(closures) == 2:
        first, second = closures
        return lambda around: run(first(around), second(around))
    return lambda around: run(*[closure(around) for closure in closures])


def _regex(closure: Closure, steps: Any) -> Closure:
    return lambda around: matches(steps, text(closure(around)))


def _choice_name(closure: Closure, question: str) -> Closure:
    return lambda around: around.label(question, text(closure(around)))


def _random(place: int) -> Closure:
    return lambda around: chance(f"{around.order}/{place}") if around.order else ""


def _if(condition: Closure, then: Closure, otherwise: Closure) -> Closure:
    return lambda around: (then if truth(condition(around)) else otherwise)(around)


_LEAVES: Mapping[str, Callable[..., Closure]] = {
    "answer": lambda name: lambda around: around.answer(name),
    "column": lambda name: lambda around: around.columns.get(name, ""),
    "own": lambda: lambda around: around.own,
    "today": lambda: lambda around: around.today().isoformat(),
    "random": _random,
}
_BRANCHES: Mapping[str, Callable[..., Closure]] = {
    "if": _if,
    "and": lambda *them: lambda around: all(truth(each(around)) for each in them),
    "or": lambda *them: lambda around: any(truth(each(around)) for each in them),
}
