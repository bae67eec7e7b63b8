"""A whole form at once, filled in on a phone without a connection and checked here on arrival."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from consultations.clock import today
from consultations.codebook import Texts
from consultations.errors import ConsultationsError
from consultations.questionnaires.answer import Answer, Answers
from consultations.questionnaires.logic import Logic
from consultations.questionnaires.structure import Choice, Question
from consultations.rounds.queries import consultation
from consultations.submissions.form import AnswerForm, Sent, answer_form
from consultations.submissions.receipts import receipt_code, receipt_hash
from consultations.submissions.sealing import SealError
from consultations.submissions.services import send
from consultations.submissions.standing import standing
from consultations.submissions.state import FormState, read_state
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


def form_of(slug: str, sealed: str, *, secret: str) -> tuple[AnswerForm, FormState]:
    """The form that a sealed state belongs to, of whichever round; raises SealError."""
    open_now = standing(slug).form
    about = consultation(slug)
    ended = (each for each in reversed(about.rounds) if each.questionnaire_version_id)
    for form in (open_now, *(answer_form(about, each) for each in ended)):
        try:
            if form:
                return form, read_state(sealed, secret=secret, form=form.name)
        except SealError:
            continue
    raise SealError


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
    code = receipt_code(state.token, secret=secret)
    send(
        form.round,
        form.whole(state),
        language=language,
        given=form.given(state),
        consent={"take_part": True},
        receipt_hash=receipt_hash(code, secret=secret),
        on=today(form.consultation.time_zone),
        channel=state.channel,
        entry=state.entry,
        replaces=state.replaces,
        marks=marks,
    )
    return code


def begun(form: AnswerForm, channel: str, state: FormState | None = None) -> FormState:
    """A form to be filled in elsewhere: a new one, or the one already begun."""
    return replace(state or form.begin(), channel=channel)
