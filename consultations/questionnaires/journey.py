"""The way through a questionnaire: what one participant is asked, page by page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from consultations.questionnaires.dependence import reached
from consultations.questionnaires.drawing import (
    Amount,
    Draw,
    asked,
    draws,
    everything,
    provisions_of,
)
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import Question, Questionnaire, Section

ONE_PAGE = 20
"""So many questions still fit one page."""

Dependence = Mapping[str, frozenset[str]]
"""Question name -> the questions whose answers decide whether and how it is asked."""


@dataclass(frozen=True)
class Page:
    """One page of the form.

    kind: start (nothing is asked yet), positions, in_depth, section, vote, about_you, or all.
    provision, section: what it is about, where it is about one.
    """

    kind: str
    questions: tuple[Question, ...]
    provision: str | None = None
    section: str | None = None


def first_page(
    questionnaire: Questionnaire,
    *,
    positions: Amount,
    in_depth: Amount,
    depends: Dependence = MappingProxyType({}),
) -> Page:
    """The page that is the same for everyone: nothing on it depends on a draw."""
    how = {"positions": positions, "in_depth": in_depth}
    return pages(questionnaire, everything(questionnaire), **how, depends=depends)[0]


def pages(
    questionnaire: Questionnaire,
    drawn: Draw,
    *,
    positions: Amount,
    in_depth: Amount,
    depends: Dependence = MappingProxyType({}),
) -> tuple[Page, ...]:
    """All pages of one participant, `first_page` first. Never empty.

    No question stands on one page with a question it depends on, so what is asked next is the
    same whether or not a page can change by itself.
    """
    offered = everything(questionnaire)
    positions_drawn = draws(offered.positions, positions)
    details_drawn = draws(offered.in_depth, in_depth)
    some_drawn = positions_drawn or details_drawn
    questions = [each for each in asked(questionnaire, drawn) if KINDS[each.kind].on_page]
    decided_by = _closed(depends)
    found = _in_stages(questionnaire, questions, drawn) if questionnaire.has_roles else ()
    if not found or not _in_order(found, decided_by):
        found = _in_sections(questionnaire, questions, drawn)
    if not some_drawn:
        found = _small(found)
    found = tuple(part for page in found for part in _apart(page, decided_by))
    if not found or positions_drawn or _at_random(questionnaire, found[0]):
        return (Page("start", ()), *found)
    if details_drawn and found[0].kind != "positions":
        return (Page("start", ()), *found)
    return found


def _small(found: tuple[Page, ...]) -> tuple[Page, ...]:
    questions = tuple(question for page in found for question in page.questions)
    if len(found) < 2 or len(questions) > ONE_PAGE or any(page.kind == "vote" for page in found):
        return found
    return (Page("all", questions),)


def _in_stages(
    questionnaire: Questionnaire, questions: Iterable[Question], drawn: Draw
) -> tuple[Page, ...]:
    """Positions, then provision by provision, then the rest by section, then the groups."""
    stages: dict[str, list[Question]] = {"positions": [], "in_depth": [], "rest": [], "about": []}
    for question in questions:
        stages[_stage(question)].append(question)
    positions, in_depth = stages["positions"], stages["in_depth"]
    provisions = provisions_of([*positions, *in_depth])
    if questionnaire.random_provisions:
        provisions = drawn.shuffled(provisions, "provisions")
    return (
        *_page("positions", _of_each(provisions, positions)),
        *(
            page
            for eid in provisions
            for page in _page("in_depth", _of_each([eid], in_depth), provision=eid)
        ),
        *_in_sections(questionnaire, stages["rest"], drawn),
        *_page("about_you", stages["about"]),
    )


def _stage(question: Question) -> str:
    if question.dimension:
        return "about"
    if question.role == "position":
        return "positions"
    return "in_depth" if question.provision else "rest"


def _of_each(provisions: Iterable[str], questions: Iterable[Question]) -> list[Question]:
    about = [*questions]
    return [each for eid in provisions for each in about if each.provision == eid]


def _page(
    kind: str, questions: Sequence[Question], *, provision: str | None = None
) -> tuple[Page, ...]:
    return (Page(kind, tuple(questions), provision),) if questions else ()


def _in_sections(
    questionnaire: Questionnaire, questions: Iterable[Question], drawn: Draw
) -> tuple[Page, ...]:
    """A page for each run of questions in the same section; statements have one each."""
    found: list[Page] = []
    for name, run in groupby(questions, key=lambda question: question.section):
        section, together = questionnaire.section(name), tuple(run)
        if section and _shuffles(section):
            together = drawn.shuffled(together, section.name)
        if section and section.layout == "votes":
            found += [Page("vote", (each,), section=name) for each in together]
        else:
            found.append(Page("section", together, section=name))
    return tuple(found)


def _shuffles(section: Section) -> bool:
    return section.random or section.layout == "votes"


def _at_random(questionnaire: Questionnaire, page: Page) -> bool:
    """Whether anything on the page comes in random order."""
    if page.kind == "positions" and questionnaire.random_provisions:
        return True
    sections = {question.section for question in page.questions}
    return any(question.random for question in page.questions) or any(
        section.name in sections and _shuffles(section) for section in questionnaire.sections
    )


def _closed(depends: Dependence) -> Dependence:
    """The same with what a question depends on through others, such as calculated ones."""
    return {name: frozenset(reached(on, depends)) for name, on in depends.items() if on}


def _in_order(found: Iterable[Page], depends: Dependence) -> bool:
    """Whether nothing is asked before what it depends on."""
    later = {question.name for page in found for question in page.questions}
    for page in found:
        later -= {question.name for question in page.questions}
        if any(depends.get(each.name, frozenset()) & later for each in page.questions):
            return False
    return True


def _apart(page: Page, depends: Dependence) -> Iterator[Page]:
    """The page, cut before each question that depends on one above it."""
    together: list[Question] = []
    for question in page.questions:
        if depends.get(question.name, frozenset()).intersection(each.name for each in together):
            yield replace(page, questions=tuple(together))
            together = []
        together.append(question)
    yield replace(page, questions=tuple(together))
