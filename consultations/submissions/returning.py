"""Coming back with a code: to a saved form, or to the empty one of an invited participant."""

import json
from dataclasses import replace

from consultations.codes import read_code
from consultations.errors import ConsultationsError
from consultations.participants.entitlement import entitled_token, is_entitled
from consultations.submissions.form import AnswerForm
from consultations.submissions.models import INVITED
from consultations.submissions.queries import (
    receipt_spent,
    saved_form,
    submission_with_receipt,
)
from consultations.submissions.receipts import receipt_code, receipt_hash
from consultations.submissions.state import FormState
from consultations.words import N_


class UnknownCode(ConsultationsError):
    """Nothing is saved under this code."""

    status = 404
    message = N_(
        "Nothing is saved under this code. It may have been sent already, or belong to another"
        " consultation."
    )


class AlreadySent(ConsultationsError):
    """The answers under this code were sent."""

    status = 409
    message = N_(
        "The answers under this code were sent already. To change or withdraw them, use the"
        " receipt."
    )


def saved_state(form: AnswerForm, typed: str, *, secret: str) -> FormState:
    """Where the participant stood whose code was typed.

    An invited one who has saved nothing yet begins. Raises CodeError, UnknownCode, AlreadySent:
    a saved form outlives its sending, since its end would tell which answer had been saved.
    """
    code = read_code(typed)
    state = _saved(form, code, secret) or _invited(form, code, secret)
    if state is None:
        raise UnknownCode
    keyed = receipt_hash(receipt_code(state.token, secret=secret), secret=secret)
    if submission_with_receipt(keyed) or receipt_spent(keyed):
        raise AlreadySent
    return state


def _saved(form: AnswerForm, code: str, secret: str) -> FormState | None:
    text = saved_form(form.round, code, secret=secret)
    return FormState.from_json(json.loads(text)) if text is not None else None


def _invited(form: AnswerForm, code: str, secret: str) -> FormState | None:
    if not is_entitled(code, secret, form.round.id):
        return None
    token = entitled_token(code, secret)
    return replace(form.begin(), token=token, entry=INVITED, code=code)
