"""Which questions of a questionnaire are counted, and after which answers each is asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from consultations.analysis.plan import CountedQuestion
from consultations.analysis.quantities import Route
from consultations.codebook import DONT_KNOW, POOLED, PREFER_NOT, SKIPPED, Category
from consultations.questionnaires.dependence import reached
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.logic import Expression, Logic, logic_of
from consultations.questionnaires.structure import Question, Questionnaire

Themes = Mapping[str, Sequence[Category]]
"""Provision (its eId) -> the themes that are counted on it."""

PLACES = 3
"""So many places of a ranking are counted, but not the last: the others would tell it."""


def counted_questions(
    asked: Questionnaire, themes: Themes = MappingProxyType({})
) -> tuple[CountedQuestion, ...]:
    """The questions with choices that feed no dimension, in the order of the questionnaire.

    Where there are themes to a provision, they are counted as one more question in which several
    can be chosen: in the place of the first question about it that is answered in words.
    """
    logic = logic_of(asked)
    words = {
        texts[0].name: _said(texts, themes[eid], logic)
        for eid, texts in in_words(asked).items()
        if themes.get(eid)
    }
    found = (
        words[each.name] if each.name in words else _counted(each, logic)
        for each in asked.questions
        if each.name in words or _is_counted(each)
    )
    return tuple(place for each in found for place in _places(each, asked))


def in_words(asked: Questionnaire) -> dict[str, list[Question]]:
    """Provision -> the questions whose answers in words are points on it."""
    found: dict[str, list[Question]] = {}
    for each in asked.questions:
        if each.provision and each.makes_points:
            found.setdefault(each.provision, []).append(each)
    return found


def themes_name(texts: Sequence[Question]) -> str:
    """The name under which the themes of what was answered to these questions are counted."""
    return f"{texts[0].name}.themes"


def _places(counted: CountedQuestion, asked: Questionnaire) -> Iterator[CountedQuestion]:
    """The same for every place of a ranking that is counted; the first keeps the name."""
    yield counted
    if counted.kind == "ranking":
        for place in range(2, min(PLACES, len(counted.choices) - 1) + 1):
            name = f"{counted.name}.{place}"
            if name not in asked.by_name:
                yield replace(counted, name=name, place=place)


def _said(texts: Sequence[Question], themes: Sequence[Category], logic: Logic) -> CountedQuestion:
    deciding = [_deciding(each, logic.conditions.get(each.name, ()), logic) for each in texts]
    routes = {
        next(filter(None, (_route(text, each, logic) for each in sources)), None)
        for text, sources in zip(texts, deciding, strict=True)
    }
    return CountedQuestion(
        name=themes_name(texts),
        kind="multiple",
        choices=tuple(themes),
        family=themes_name(texts),
        sensitive=any(each.sensitive for each in texts),
        provision=texts[0].provision,
        role=texts[0].role,
        told_in=tuple(each.name for each in texts),
        beside=_beside(texts[0], logic),
        routed=any(_is_told(each) for sources in deciding for each in sources),
        route=routes.pop() if len(routes) == 1 else None,
    )


def _beside(text: Question, logic: Logic) -> str | None:
    """A question with choices that is asked of whoever is asked for words on a provision.

    Provisions are drawn, so that what is asked about one in depth is asked of the same people.
    """
    in_depth = (
        each.name
        for each in logic.questionnaire.questions
        if each.provision == text.provision and each.role != "position" and _is_counted(each)
    )
    return next((name for name in in_depth if not logic.conditions.get(name)), None)


def _is_counted(question: Question) -> bool:
    return KINDS[question.kind].counted is not None and question.dimension is None


def _counted(question: Question, logic: Logic) -> CountedQuestion:
    kind = KINDS[question.kind].counted
    assert kind is not None
    conditions = logic.conditions.get(question.name, ())
    deciding = _deciding(question, conditions, logic)
    return CountedQuestion(
        name=question.name,
        kind=kind,
        choices=tuple(Category(each.code, each.label) for each in question.substantive),
        family=question.choice_list or question.name,
        sensitive=question.sensitive,
        provision=question.provision,
        role=question.role,
        routed=any(_is_told(each) for each in deciding),
        route=next(filter(None, (_route(question, each, logic) for each in deciding)), None),
    )


def _is_told(question: Question) -> bool:
    """Whether anything is published of the answers to a question."""
    return question.dimension is not None or _is_counted(question)


def _deciding(question: Question, conditions: Iterable[Expression], logic: Logic) -> list[Question]:
    """The questions whose answers decide whether some conditions of a question hold."""
    asked = logic.questionnaire.questions
    worked_out = {each.name: logic.depends[each.name] for each in asked if each.calculation}
    read = {logic.owners[name] for each in conditions for name in each.names}
    found = reached(read, worked_out) - {question.name} - worked_out.keys()
    return [each for each in asked if each.name in found]


def _route(question: Question, source: Question, logic: Logic) -> Route | None:
    """After which answers to `source` a question is asked, where nothing else decides it.

    What `source` is asked under as well, such as a consent around them both, decides nothing more.
    """
    shared = {each.source for each in logic.conditions.get(source.name, ())}
    conditions = [each for each in logic.conditions[question.name] if each.source not in shared]
    if not _is_counted(source) or _deciding(question, conditions, logic) != [source]:
        return None
    several = KINDS[source.kind].several

    def asked_after(*codes: str) -> bool:
        answer = list(codes) if several else codes[0]
        return all(each.true({source.name: answer}) for each in conditions)

    silent = {asked_after(code) for code in (SKIPPED, PREFER_NOT, DONT_KNOW)}
    if len(silent) > 1:
        return None
    codes = [each.code for each in source.substantive if asked_after(each.code)]
    if several:
        alone = len(codes) == 1 and silent == {False} and source.kind == "multiple"
        others = [each.code for each in source.substantive if each.code not in codes]
        if not alone or not all(asked_after(codes[0], other) for other in others):
            return None
        return Route(source.name, frozenset(codes))
    return Route(source.name, frozenset([*codes, *([POOLED] if silent == {True} else [])]))
