"""The questionnaire of an open round as a form: which page comes next, what a page holds."""

from dataclasses import dataclass, field
from functools import cached_property
from random import Random, SystemRandom
from typing import Any

from consultations.drafts.models import Provision
from consultations.drafts.queries import revision
from consultations.questionnaires.answers import complete
from consultations.questionnaires.duration import minutes
from consultations.questionnaires.journey import Amount, Draw, Page, asked, draw, first_page, pages
from consultations.questionnaires.queries import questionnaire
from consultations.questionnaires.structure import Questionnaire
from consultations.rounds.models import Consultation, Round
from consultations.submissions.receipts import form_token
from consultations.submissions.state import FormState
from consultations.web.frames import Pieces

EVERYTHING = Draw((), ())
"""Before anything is drawn: the first page, which is the same for everyone."""


@dataclass(frozen=True)
class AnswerForm:
    """One round's questionnaire and draft, as a participant meets them.

    kept: what was rendered of it once, the same for everyone (see `web.frames`).
    """

    consultation: Consultation
    round: Round
    questionnaire: Questionnaire
    kept: Pieces = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        """What sealed states are bound to: another round's or version's do not fit."""
        version = self.round.questionnaire_version_id
        return f"{self.consultation.slug}/{self.round.number}/{version}"

    @cached_property
    def provisions(self) -> dict[str, Provision]:
        """The provisions of the round's revision by their current number."""
        if self.round.revision_id is None:
            return {}
        return {each.eid: each for each in revision(self.round.revision_id).provisions}

    @property
    def amounts(self) -> dict[str, Amount]:
        """On how many provisions a participant is asked, for positions and in depth."""
        return {
            "positions": _amount(self.round.positions),
            "in_depth": _amount(self.round.in_depth),
        }

    def first_page(self) -> Page:
        """The page that is the same for everyone."""
        return first_page(self.questionnaire, **self.amounts)

    def begin(self, randomness: Random | None = None) -> FormState:
        """A new participant's state, with its token and its draw."""
        drawn = draw(self.questionnaire, **self.amounts, randomness=randomness or SystemRandom())
        return FormState(form_token(), drawn)

    def pages(self, drawn: Draw) -> tuple[Page, ...]:
        """Every page of one participant; for `EVERYTHING`, as many as anyone will have."""
        if drawn == EVERYTHING:
            drawn = draw(self.questionnaire, **self.amounts, randomness=Random(0))  # noqa: S311
        return pages(self.questionnaire, drawn, **self.amounts)

    def whole(self, state: FormState) -> dict[str, Any]:
        """The answers to be stored: every choice question explicit, "-9" where not asked."""
        questions = [each.name for each in asked(self.questionnaire, state.drawn)]
        return dict(complete(self.questionnaire, state.answers, questions))

    def given(self, state: FormState) -> list[str]:
        """The provisions drawn for this participant, told apart from those chosen."""
        return list(state.drawn.in_depth)

    @cached_property
    def minutes(self) -> int:
        """How long it takes, for what one participant is asked."""
        drawn = draw(self.questionnaire, **self.amounts, randomness=Random(0))  # noqa: S311
        questions = asked(self.questionnaire, drawn)
        about = {each.provision for each in questions}
        return minutes(
            questions,
            language=self.questionnaire.default_language,
            beside=[each.summary for eid, each in self.provisions.items() if eid in about],
        )


def answer_form(consultation: Consultation, of: Round) -> AnswerForm:
    """The form of a round that has a questionnaire."""
    assert of.questionnaire_version_id is not None
    return AnswerForm(consultation, of, questionnaire(of.questionnaire_version_id))


def _amount(stated: str) -> Amount:
    return "all" if stated == "all" else int(stated)
