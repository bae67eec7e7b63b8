"""Keying paper in twice, and taking it in once two people agree."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consultations.codebook import SKIPPED
from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.questionnaires.answer import Answers
from consultations.questionnaires.answers import complete
from consultations.questionnaires.queries import logic, questionnaire
from consultations.records.models import KeyedForm, PaperBatch
from consultations.records.queries import last_number
from consultations.rounds.models import CLOSED, OPEN, Round
from consultations.rounds.services import note
from consultations.submissions.importing import store
from consultations.submissions.models import INDIVIDUAL
from consultations.submissions.responses_csv import Response
from consultations.words import N_

LARGEST_BATCH = 500
"""Forms: more do not lie on one desk."""


def new_batch(of: Round, *, expected: int, language: str, by: int, at: datetime) -> PaperBatch:
    """Begin a batch of so many forms. Raises Refused where the round takes no paper."""
    _check_round(of)
    _check_size(expected)
    batch = PaperBatch(
        round_id=of.id,
        number=last_number(of.consultation) + 1,
        expected=expected,
        language=language,
        forms=[KeyedForm(place=place) for place in range(1, expected + 1)],
    )
    db.session.add(batch)
    note(of.consultation, "paper.batch", by=by, at=at, detail=str(batch.number))
    return batch


def resize(batch: PaperBatch, expected: int) -> None:
    """Put the number of forms right. Raises Refused where a form beyond it was keyed in."""
    _check_size(expected)
    beyond = [each for each in batch.forms if each.place > expected]
    if any(each.first is not None for each in beyond):
        raise Refused(N_("A form after number %(expected)s was keyed in."), expected=expected)
    for each in beyond:
        batch.forms.remove(each)
    for place in range(len(batch.forms) + 1, expected + 1):
        batch.forms.append(KeyedForm(place=place))
    batch.expected = expected
    db.session.flush()


def key_in(form: KeyedForm, answers: Mapping[str, Any], *, by: int) -> None:
    """Keep what somebody read in a form: the first time, or the second by somebody else.

    Raises Refused as `check_may_key` does.
    """
    check_may_key(form, by=by)
    if form.first is None:
        form.first, form.first_by = dict(answers), by
    else:
        form.second, form.second_by = dict(answers), by
    db.session.flush()


def check_may_key(form: KeyedForm, *, by: int) -> None:
    """Raise Refused for the same account twice, and for a form that was keyed in twice already."""
    if form.second is not None:
        raise Refused(N_("Form %(place)s was keyed in twice already."), place=form.place)
    if form.first is not None and form.first_by == by:
        raise Refused(
            N_("You keyed form %(place)s in yourself: the second time has to be somebody else."),
            place=form.place,
        )


def settle(form: KeyedForm, answers: Mapping[str, Any]) -> None:
    """Put what the paper says in place of both keyings. Raises Refused before there are two."""
    if form.first is None or form.second is None:
        raise Refused(N_("Form %(place)s was not keyed in twice yet."), place=form.place)
    form.first = form.second = dict(answers)
    db.session.flush()


def clear(form: KeyedForm) -> None:
    """Forget both keyings of a form, because another paper was lying there."""
    form.first = form.first_by = form.second = form.second_by = None
    db.session.flush()


def discard(batch: PaperBatch, of: Round, *, by: int, at: datetime) -> None:
    """Delete a batch that was not accepted, with everything keyed in."""
    if batch.accepted:
        raise Refused(N_("Batch %(number)s is accepted already."), number=batch.number)
    note(of.consultation, "paper.discard", by=by, at=at, detail=str(batch.number))
    db.session.delete(batch)
    db.session.flush()


def accept(batch: PaperBatch, of: Round, *, by: int, at: datetime) -> int:
    """Let the forms of a batch become answers, and delete what was keyed in.

    Nothing of the batch stands beside its answers: their ids are random, and they have no day.
    A blank form is no answer. Returns how many there are. Raises Refused unless two people agree
    on every form.
    """
    _check_round(of)
    if batch.accepted:
        raise Refused(N_("Batch %(number)s is accepted already."), number=batch.number)
    open_forms = sum(not each.agreed for each in batch.forms)
    if open_forms:
        raise Refused(
            N_("Two people do not agree on every form yet: %(count)s are open."), count=open_forms
        )
    responses = _responses(batch, of)
    store(of, responses)
    count = len(responses)
    batch.forms, batch.accepted = [], True
    note(of.consultation, "paper.accept", by=by, at=at, detail=str(count))
    return count


def superfluous(of: Round, answers: Answers) -> frozenset[str]:
    """The questions that were answered although other answers say that they are not asked."""
    assert of.questionnaire_version_id is not None
    rules = logic(of.questionnaire_version_id)
    said = {name for name, answer in answers.items() if answer not in (SKIPPED, [SKIPPED])}
    return rules.irrelevant(rules.calculated(answers)) & said


def _responses(batch: PaperBatch, of: Round) -> list[Response]:
    """The forms as answers, without blank ones and without what was not asked."""
    assert of.questionnaire_version_id is not None
    asked = questionnaire(of.questionnaire_version_id)
    rules = logic(of.questionnaire_version_id)
    names = {each.name for each in asked.questions}
    read = [each.first for each in batch.forms if each.first and not _is_blank(each.first)]
    whole = (complete(asked, answers, names, logic=rules) for answers in read)
    return [Response(0, each, batch.language, "paper", None, INDIVIDUAL, None) for each in whole]


def _is_blank(answers: Answers) -> bool:
    """Whether nothing was ticked or written: such a paper is nobody's answer."""
    return all(answer in (SKIPPED, [SKIPPED]) for answer in answers.values())


def _check_size(expected: int) -> None:
    if not 1 <= expected <= LARGEST_BATCH:
        raise ConsultationsError(
            N_("A batch has between 1 and %(most)s forms."), most=LARGEST_BATCH
        )


def _check_round(of: Round) -> None:
    if of.stage not in (OPEN, CLOSED) or of.questionnaire_version_id is None:
        raise Refused(
            N_("Paper is keyed in while a round is open, or closed and not yet reported.")
        )
