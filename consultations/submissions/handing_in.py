"""A whole form handed in: its answers are stored, and give its receipt."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from consultations.clock import today
from consultations.submissions.form import AnswerForm
from consultations.submissions.receipts import receipt_code, receipt_hash
from consultations.submissions.services import send
from consultations.submissions.state import FormState
from consultations.submissions.uploads import Upload


def hand_in(
    form: AnswerForm,
    state: FormState,
    *,
    secret: str,
    language: str,
    marks: Sequence[str] = (),
    files: Mapping[str, Upload] = MappingProxyType({}),
) -> str:
    """Store the answers of a form that was checked; the receipt, the same one for the same form.

    Raises what `services.send` raises. Commits.
    """
    code = receipt_code(state.token, secret=secret)
    send(
        form.round,
        form.whole(state) | {name: file.extension for name, file in files.items()},
        stamp=form.consultation.stamp,
        language=language,
        given=form.given(state),
        consent={"take_part": True},
        receipt_hash=receipt_hash(code, secret=secret),
        on=today(form.consultation.time_zone),
        channel=state.channel,
        entry=state.entry,
        replaces=state.replaces,
        marks=marks,
        files=files,
    )
    return code
