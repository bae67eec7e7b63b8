"""Where one participant stands in the form, carried by the form itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from consultations.questionnaires.answer import Answers
from consultations.questionnaires.drawing import Draw
from consultations.questionnaires.structure import Question
from consultations.submissions.models import OPEN_ENTRY
from consultations.submissions.sealing import seal, unseal


@dataclass(frozen=True)
class FormState:
    """All that one form carries from page to page.

    token:    makes the receipt; drawn: what was drawn for this participant.
    page:     the page now shown, from 0; answers: those given so far.
    entry:    open, or invited with a personal code.
    channel:  how it is filled in: web, or on a phone without a connection.
    code:     the save-and-return code its participant has, if any.
    replaces: the hash of the receipt whose answer this one is to replace, if any.
    """

    token: str
    drawn: Draw
    page: int = 0
    answers: Answers = field(default_factory=dict)
    entry: str = OPEN_ENTRY
    code: str = ""
    replaces: str = ""
    channel: str = "web"

    def answering(self, questions: tuple[Question, ...], answers: Mapping[str, Any]) -> "FormState":
        """The state with what is answered to `questions` now instead of what was before."""
        replaced = {name for each in questions for name in each.fields}
        kept = {name: value for name, value in self.answers.items() if name not in replaced}
        return replace(self, answers={**kept, **answers})

    def at(self, page: int) -> "FormState":
        """The state on another page."""
        return replace(self, page=page)

    def to_json(self) -> dict[str, Any]:
        """Plain values, for the seal and for the saved form."""
        return {**vars(self), "drawn": self.drawn.to_json()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "FormState":
        """The state that `to_json` gave away."""
        return cls(**{**stored, "drawn": Draw.from_json(stored["drawn"])})

    def sealed(self, *, secret: str, form: str) -> str:
        """The state as the form's hidden field holds it."""
        return seal(self.to_json(), secret=secret, form=form)


def read_state(sealed: str, *, secret: str, form: str) -> FormState:
    """The state in a form's hidden field; raises SealError."""
    return FormState.from_json(unseal(sealed, secret=secret, form=form))
