"""The way through a questionnaire: what one participant is asked, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    chosen: those the participant added.
    """

    positions: tuple[str, ...]
    in_depth: tuple[str, ...]
    chosen: tuple[str, ...] = ()

    def to_json(self) -> dict[str, list[str]]:
        """Plain values for the sealed form."""
        raise NotImplementedError

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Draw":
        """The draw that `to_json` gave away."""
        raise NotImplementedError


@dataclass(frozen=True)
class Page:
    """One page of the form.

    kind: start (nothing asked yet), positions, in_depth, section, about_you or all (one page).
    provision, section: what it is about, where it is about one.
    """

    kind: str
    questions: tuple[Question, ...]
    provision: str | None = None
    section: str | None = None


def draw(
    questionnaire: Questionnaire, *, positions: Amount, in_depth: Amount, randomness: Random
) -> Draw:
    """Draw provisions evenly at random; kept in the order of the draft."""
    raise NotImplementedError


def first_page(questionnaire: Questionnaire, *, positions: Amount, in_depth: Amount) -> Page:
    """The page that is the same for everyone: nothing on it depends on a draw."""
    raise NotImplementedError


def pages(
    questionnaire: Questionnaire, drawn: Draw, *, positions: Amount, in_depth: Amount
) -> tuple[Page, ...]:
    """All pages of one participant, `first_page` first."""
    raise NotImplementedError


def asked(questionnaire: Questionnaire, drawn: Draw) -> tuple[Question, ...]:
    """The questions this participant is asked; all others are "-9"."""
    raise NotImplementedError


def choosable(questionnaire: Questionnaire, drawn: Draw) -> tuple[str, ...]:
    """The provisions a participant may still add to answer in depth."""
    raise NotImplementedError


def choose(drawn: Draw, provision: str) -> Draw:
    """The draw with one provision more, by the participant's own choice."""
    raise NotImplementedError
