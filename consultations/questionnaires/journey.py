"""The way through a questionnaire: what one participant is asked, page by page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from consultations.questionnaires.dependence import reached
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import Question, Questionnaire, Section

T = TypeVar("T")

ONE_PAGE = 20
"""So many questions still fit one page."""

Amount = int | Literal["all"]
"""On how many provisions a participant is asked."""

Dependence = Mapping[str, frozenset[str]]
"""Question name -> the questions whose answers decide whether and how it is asked."""


@dataclass(frozen=True)
class Draw:
    """What was drawn at random for one participant.

    positions: the provisions (eIds) asked for a position; in_depth: for everything else;
    chosen:    those the participant added.
    order:     what decides the order of everything that comes in random order; "" for as written.
    """

    positions: tuple[str, ...]
    in_depth: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    order: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values for the sealed form."""
        return {
            "positions": list(self.positions),
            "in_depth": list(self.in_depth),
            "chosen": list(self.chosen),
            "order": self.order,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Draw":
        """The draw that `to_json` gave away."""
        provisions = {name: tuple(stored[name]) for name in ("positions", "in_depth", "chosen")}
        return cls(**provisions, order=stored["order"])

    def shuffled(self, things: Sequence[T], name: str) -> tuple[T, ...]:
        """`things` in this participant's order, which is another for each `name`."""
        if not self.order:
            return tuple(things)
        return tuple(Random(f"{self.order}/{name}").sample(things, len(things)))  # noqa: S311


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


def draw(
    questionnaire: Questionnaire, *, positions: Amount, in_depth: Amount, randomness: Random
) -> Draw:
    """Draw provisions, each with the same chance; they keep the order of the draft.

    In depth people are asked about provisions whose position they are asked, as far as there are
    enough of them.
    """
    asked_for = _provisions(_positions(questionnaire))
    drawn = _drawn(asked_for, positions, randomness)
    details = _provisions(_details(questionnaire))
    nearest = [eid for eid in details if eid in drawn or eid not in asked_for]
    enough = in_depth != "all" and in_depth <= len(nearest)
    return Draw(
        positions=drawn,
        in_depth=_drawn(nearest if enough else details, in_depth, randomness),
        order=f"{randomness.getrandbits(64):x}",
    )


def first_page(
    questionnaire: Questionnaire,
    *,
    positions: Amount,
    in_depth: Amount,
    depends: Dependence = MappingProxyType({}),
) -> Page:
    """The page that is the same for everyone: nothing on it depends on a draw."""
    everything = Draw(_provisions(_positions(questionnaire)), _provisions(_details(questionnaire)))
    how = {"positions": positions, "in_depth": in_depth}
    return pages(questionnaire, everything, **how, depends=depends)[0]


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
    positions_drawn = _draws(_provisions(_positions(questionnaire)), positions)
    details_drawn = _draws(_provisions(_details(questionnaire)), in_depth)
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


def asked(questionnaire: Questionnaire, drawn: Draw) -> tuple[Question, ...]:
    """The questions this participant is asked; all others are "-9"."""
    in_depth = {*drawn.in_depth, *drawn.chosen}
    return tuple(
        question
        for question in questionnaire.questions
        if not _about_a_provision(question)
        or question.provision in (drawn.positions if question.role == "position" else in_depth)
    )


def choosable(questionnaire: Questionnaire, drawn: Draw) -> tuple[str, ...]:
    """The provisions a participant may still add to answer in depth."""
    taken = {*drawn.in_depth, *drawn.chosen}
    return tuple(eid for eid in _provisions(_details(questionnaire)) if eid not in taken)


def choose(drawn: Draw, provision: str) -> Draw:
    """The draw with one provision more, by the participant's own choice."""
    return replace(drawn, chosen=(*drawn.chosen, provision))


def _about_a_provision(question: Question) -> bool:
    return question.provision is not None and question.dimension is None


def _positions(questionnaire: Questionnaire) -> list[Question]:
    return [
        question
        for question in questionnaire.questions
        if _about_a_provision(question) and question.role == "position"
    ]


def _details(questionnaire: Questionnaire) -> list[Question]:
    return [
        question
        for question in questionnaire.questions
        if _about_a_provision(question) and question.role != "position"
    ]


def _provisions(questions: Iterable[Question]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(question.provision for question in questions if question.provision))


def _draws(provisions: Sequence[str], amount: Amount) -> bool:
    return amount != "all" and amount < len(provisions)


def _drawn(provisions: Sequence[str], amount: Amount, randomness: Random) -> tuple[str, ...]:
    if amount == "all" or amount >= len(provisions):
        return tuple(provisions)
    drawn = set(randomness.sample(provisions, amount))
    return tuple(provision for provision in provisions if provision in drawn)


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
    provisions = _provisions([*positions, *in_depth])
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
