"""The way through a questionnaire: what one participant is asked, page by page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random
from typing import Any, Literal

from consultations.questionnaires.structure import Question, Questionnaire

ONE_PAGE = 20
"""So many questions still fit one page."""

Amount = int | Literal["all"]
"""On how many provisions a participant is asked."""


@dataclass(frozen=True)
class Draw:
    """The provisions (eIds) a participant is asked about.

    positions: for a position; in_depth: for everything else, as given at random;
    chosen:    those the participant added.
    """

    positions: tuple[str, ...]
    in_depth: tuple[str, ...]
    chosen: tuple[str, ...] = ()

    def to_json(self) -> dict[str, list[str]]:
        """Plain values for the sealed form."""
        return {
            "positions": list(self.positions),
            "in_depth": list(self.in_depth),
            "chosen": list(self.chosen),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Draw":
        """The draw that `to_json` gave away."""
        return cls(**{name: tuple(provisions) for name, provisions in stored.items()})


@dataclass(frozen=True)
class Page:
    """One page of the form.

    kind: start (nothing is asked yet), positions, in_depth, section, about_you, or all.
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
    return Draw(drawn, _drawn(nearest if enough else details, in_depth, randomness))


def first_page(questionnaire: Questionnaire, *, positions: Amount, in_depth: Amount) -> Page:
    """The page that is the same for everyone: nothing on it depends on a draw."""
    everything = Draw(_provisions(_positions(questionnaire)), _provisions(_details(questionnaire)))
    return pages(questionnaire, everything, positions=positions, in_depth=in_depth)[0]


def pages(
    questionnaire: Questionnaire, drawn: Draw, *, positions: Amount, in_depth: Amount
) -> tuple[Page, ...]:
    """All pages of one participant, `first_page` first. Never empty."""
    positions_drawn = _draws(_provisions(_positions(questionnaire)), positions)
    details_drawn = _draws(_provisions(_details(questionnaire)), in_depth)
    questions = asked(questionnaire, drawn)
    found = _in_stages(questions) if questionnaire.has_roles else _in_sections(questions)
    if not positions_drawn and not details_drawn:
        return _small(found) or (Page("start", ()),)
    if positions_drawn or not found or found[0].kind != "positions":
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
    if len(found) < 2 or len(questions) > ONE_PAGE:
        return found
    return (Page("all", questions),)


def _in_stages(questions: Iterable[Question]) -> tuple[Page, ...]:
    """Positions, then provision by provision, then the rest by section, then the groups."""
    stages: dict[str, list[Question]] = {"positions": [], "in_depth": [], "rest": [], "about": []}
    for question in questions:
        stages[_stage(question)].append(question)
    provisions = _provisions(stages["in_depth"])
    in_depth = [
        Page("in_depth", tuple(each for each in stages["in_depth"] if each.provision == eid), eid)
        for eid in provisions
    ]
    return (
        *_page("positions", stages["positions"]),
        *in_depth,
        *_in_sections(stages["rest"]),
        *_page("about_you", stages["about"]),
    )


def _stage(question: Question) -> str:
    if question.dimension:
        return "about"
    if question.role == "position":
        return "positions"
    return "in_depth" if question.provision else "rest"


def _page(kind: str, questions: Sequence[Question]) -> tuple[Page, ...]:
    return (Page(kind, tuple(questions)),) if questions else ()


def _in_sections(questions: Iterable[Question]) -> tuple[Page, ...]:
    """A page for each run of questions in the same section."""
    return tuple(
        Page("section", tuple(run), section=section)
        for section, run in groupby(questions, key=lambda question: question.section)
    )
