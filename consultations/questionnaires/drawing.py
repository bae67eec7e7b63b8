"""What one participant is asked: the provisions drawn at random, and those chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Literal, TypeVar

from consultations.questionnaires.structure import Question, Questionnaire

T = TypeVar("T")

Amount = int | Literal["all"]
"""On how many provisions a participant is asked."""


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


def draw(
    questionnaire: Questionnaire, *, positions: Amount, in_depth: Amount, randomness: Random
) -> Draw:
    """Draw provisions, each with the same chance; they keep the order of the draft.

    In depth people are asked about provisions whose position they are asked, as far as there are
    enough of them.
    """
    offered = everything(questionnaire)
    drawn = _drawn(offered.positions, positions, randomness)
    nearest = [eid for eid in offered.in_depth if eid in drawn or eid not in offered.positions]
    enough = in_depth != "all" and in_depth <= len(nearest)
    return Draw(
        positions=drawn,
        in_depth=_drawn(nearest if enough else offered.in_depth, in_depth, randomness),
        order=f"{randomness.getrandbits(64):x}",
    )


def everything(questionnaire: Questionnaire) -> Draw:
    """All provisions that can be asked about, in order, as if there was nothing to draw."""
    about = [question for question in questionnaire.questions if question.about]
    return Draw(
        positions=provisions_of(each for each in about if each.role == "position"),
        in_depth=provisions_of(each for each in about if each.role != "position"),
    )


def asked(questionnaire: Questionnaire, drawn: Draw) -> tuple[Question, ...]:
    """The questions this participant is asked; all others are "-9"."""
    in_depth = {*drawn.in_depth, *drawn.chosen}
    return tuple(
        question
        for question in questionnaire.questions
        if not question.about
        or question.about in (drawn.positions if question.role == "position" else in_depth)
    )


def choosable(questionnaire: Questionnaire, drawn: Draw) -> tuple[str, ...]:
    """The provisions a participant may still add to answer in depth."""
    taken = {*drawn.in_depth, *drawn.chosen}
    return tuple(eid for eid in everything(questionnaire).in_depth if eid not in taken)


def choose(drawn: Draw, provision: str) -> Draw:
    """The draw with one provision more, by the participant's own choice."""
    return replace(drawn, chosen=(*drawn.chosen, provision))


def provisions_of(questions: Iterable[Question]) -> tuple[str, ...]:
    """The provisions that questions name, each once."""
    return tuple(dict.fromkeys(question.provision for question in questions if question.provision))


def draws(provisions: Sequence[str], amount: Amount) -> bool:
    """Whether so many of them are fewer than all."""
    return amount != "all" and amount < len(provisions)


def _drawn(provisions: Sequence[str], amount: Amount, randomness: Random) -> tuple[str, ...]:
    if amount == "all" or not draws(provisions, amount):
        return tuple(provisions)
    drawn = set(randomness.sample(provisions, amount))
    return tuple(provision for provision in provisions if provision in drawn)
