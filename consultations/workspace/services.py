"""Opening a round with everything that hangs on it."""

from collections.abc import Iterator
from datetime import datetime

from consultations.errors import Refused
from consultations.questionnaires.queries import last_version
from consultations.questionnaires.services import give
from consultations.rounds.models import PLANNED, Round
from consultations.rounds.services import hold_open
from consultations.words import N_

MISSING = {
    "contact": N_("whom people can ask (contact)"),
    "privacy_notice": N_("the privacy notice"),
    "revision_id": N_("a draft"),
    "questionnaire_version_id": N_("a questionnaire"),
}


def missing_for_opening(of: Round) -> Iterator[str]:
    """What a round lacks before it can open from the workspace, as sentences for gettext."""
    about = of.consultation
    has_version = of.questionnaire_version_id or last_version(about.id)
    present = {
        "contact": about.contact,
        "privacy_notice": about.privacy_notice,
        "revision_id": of.revision_id,
        "questionnaire_version_id": has_version,
    }
    return (MISSING[name] for name, value in present.items() if not value)


def open_round_by_hand(of: Round, *, by: int | None, at: datetime) -> None:
    """Open a round; a planned one without a questionnaire takes the latest. Raises Refused."""
    if any(missing_for_opening(of)):
        raise Refused(N_("Something is missing before this round can open."))
    version = last_version(of.consultation.id)
    if of.stage == PLANNED and of.questionnaire_version_id is None and version:
        give(version, of)
    hold_open(of, by=by, at=at)
