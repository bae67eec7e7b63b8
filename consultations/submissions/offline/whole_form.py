"""A whole form at once, filled in on a phone without a connection and checked here on arrival."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from consultations.codebook import Texts
from consultations.errors import ConsultationsError
from consultations.questionnaires.answer import Answer, Answers
from consultations.questionnaires.logic import Logic
from consultations.questionnaires.structure import Choice, Question
from consultations.submissions.form import AnswerForm, Sent
from consultations.submissions.handing_in import hand_in
from consultations.submissions.state import FormState
from consultations.texts import in_language
from consultations.words import N_

OFFLINE, ASSISTED = "offline", "assisted"
"""Channels."""

AGREED = "_consent"
"""The box that says that a person agreed, where somebody else holds the phone."""


class NotTaken(ConsultationsError):
    """Some answers cannot be taken as they are; `errors` says which: field -> error."""

    status = 422
    message = N_("Some answers have to be put right before they can be sent.")

    def __init__(self, errors: Mapping[str, ConsultationsError]) -> None:
        super().__init__()
        self.errors = errors


class NotAgreed(ConsultationsError):
    """Nobody's answers are taken without their consent."""

    status = 422
    message = N_("It is not said that this person agreed.")


class Undecided(Logic):
    """Before anything is answered: all is asked, all is offered, words stay as written."""

    def relevant(self, question: Question, answers: Answers) -> bool:
        """Always."""
        return True

    def choices(self, question: Question, answers: Answers) -> tuple[Choice, ...]:
        """All of them."""
        return question.choices

    def text(self, texts: Texts, language: str, answers: Answers) -> str:
        """With ${name} still in it, for the phone to put answers in."""
        return in_language(texts, language)

    def calculated(
        self, answers: Mapping[str, Answer], *, language: str | None = None, order: str = ""
    ) -> Answers:
        """Nothing is worked out."""
        return {**answers}


def whole_form(form: AnswerForm) -> AnswerForm:
    """The form with all that it may come to ask; what is asked is decided on the phone."""
    every = {each.name: getattr(form.logic, each.name) for each in fields(Logic)}
    return AnswerForm(form.consultation, form.round, form.questionnaire, Undecided(**every))


def answered(form: AnswerForm, state: FormState, sent: Sent) -> FormState:
    """The state with all that was sent, page by page as if each had been posted by itself.

    So what the conditions leave out is dropped, as it is of everyone. Raises NotTaken.
    """
    errors: dict[str, ConsultationsError] = {}
    for page in form.pages(state.drawn):
        checked = form.check(page, state, sent)
        state = state.answering(page.questions, checked.answers)
        errors |= checked.errors
    if errors:
        raise NotTaken(errors)
    return state


def take_in(
    form: AnswerForm,
    state: FormState,
    sent: Sent,
    *,
    secret: str,
    language: str,
    marks: Sequence[str] = (),
) -> str:
    """Check a whole form and store it; the receipt, the same one for the same form.

    Raises NotTaken, NotAgreed, and what `services.send` raises. Commits.
    """
    if state.channel == ASSISTED and sent.get(AGREED) != ["yes"]:
        raise NotAgreed
    state = answered(form, state, sent)
    return hand_in(form, state, secret=secret, language=language, marks=marks)


def begun(form: AnswerForm, channel: str, state: FormState | None = None) -> FormState:
    """A form to be filled in elsewhere: a new one, or the one already begun."""
    return replace(state or form.begin(), channel=channel)
