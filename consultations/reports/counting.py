"""Counting a closed round: anew for what is published, from memory for the team's eyes."""

from threading import Lock

from consultations.analysis.services import Counted, as_it_is, protected_counts
from consultations.errors import Refused
from consultations.rounds.models import CLOSED, REPORTED, Consultation, Round
from consultations.words import N_

_last: dict[str, Counted] = {}
"""What was counted last for the team, by its round: one round, for it is large."""

_one_at_a_time = Lock()


def counted(consultation: Consultation, of: Round) -> Counted:
    """What may be published of a round. Raises Refused while it is open. Commits."""
    _refuse_unless_countable(consultation, of)
    return protected_counts(consultation, of)


def counted_lately(consultation: Consultation, of: Round) -> Counted:
    """The same, counted anew only where answers, themes or the plan have changed: never publish it.

    Raises Refused while the round is open. Commits.
    """
    _refuse_unless_countable(consultation, of)
    with _one_at_a_time:
        known = _last.get(of.id)
        if known is None or (known.plan, known.data_digest) != as_it_is(consultation, of):
            known = protected_counts(consultation, of)
            _last.clear()
            _last[of.id] = known
    return known


def _refuse_unless_countable(consultation: Consultation, of: Round) -> None:
    if of.stage not in (CLOSED, REPORTED):
        raise Refused(
            N_("Round %(number)s of “%(slug)s” is not closed: its report can be built afterwards."),
            number=of.number,
            slug=consultation.slug,
        )
    if of.questionnaire_version_id is None:
        raise Refused(
            N_(
                "Round %(number)s of “%(slug)s” has no questionnaire, so there is nothing to count."
            ),
            number=of.number,
            slug=consultation.slug,
        )
