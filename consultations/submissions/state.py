"""Where one participant stands in the form, carried by the form itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from consultations.questionnaires.answers import Answers
from consultations.questionnaires.journey import Draw
from consultations.questionnaires.structure import Question
from consultations.submissions.sealing import seal, unseal


@dataclass(frozen=True)
class FormState:
    """The token that makes the receipt, what was drawn, the page now shown, the answers so far."""

    token: str
    drawn: Draw
    page: int = 0
    answers: Answers = field(default_factory=dict)

    def answering(self, questions: tuple[Question, ...], answers: Mapping[str, Any]) -> "FormState":
        """The state with what is answered to `questions` now instead of what was before."""
        replaced = {name for each in questions for name in each.fields}
        kept = {name: value for name, value in self.answers.items() if name not in replaced}
        return replace(self, answers={**kept, **answers})

    def at(self, page: int) -> "FormState":
        """The state on another page."""
        return replace(self, page=page)

    def sealed(self, *, secret: str, form: str) -> str:
        """The state as the form's hidden field holds it."""
        state = {
            "token": self.token,
            "drawn": self.drawn.to_json(),
            "page": self.page,
            "answers": self.answers,
        }
        return seal(state, secret=secret, form=form)


def read_state(sealed: str, *, secret: str, form: str) -> FormState:
    """The state in a form's hidden field; raises SealError."""
    state = unseal(sealed, secret=secret, form=form)
    return FormState(
        state["token"], Draw.from_json(state["drawn"]), state["page"], state["answers"]
    )
