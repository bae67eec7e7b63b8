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
    """The answer of this invitation was sent."""

    status = 409
    message = N_(
        "The answers of this invitation were sent already. To change or withdraw them, use the"
        " receipt."
    )


def saved_state(form: AnswerForm, typed: str, *, secret: str) -> FormState:
    """Where the participant stood whose code was typed.

    An invited one who has saved nothing yet begins. Raises CodeError, UnknownCode, AlreadySent.
    """
    code = read_code(typed)
    text = saved_form(form.round, code, secret=secret)
    if text is not None:
        return FormState.from_json(json.loads(text))
    if not is_entitled(code, secret, form.round.id):
        raise UnknownCode
    token = entitled_token(code, secret)
    keyed = receipt_hash(receipt_code(token, secret=secret), secret=secret)
    if submission_with_receipt(keyed) or receipt_spent(keyed):
        raise AlreadySent
    return replace(form.begin(), token=token, entry=INVITED, code=code)
