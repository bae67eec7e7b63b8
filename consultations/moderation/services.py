"""Publishing and hiding comments, each with a note of who decided and why."""

from datetime import datetime

from consultations.comments.models import COMMENT, HIDDEN, PUBLISHED, Point
from consultations.comments.queries import last_number
from consultations.db import db
from consultations.drafts.queries import provision_known_as, revision
from consultations.errors import ConsultationsError, Refused
from consultations.moderation.models import Decision
from consultations.rounds.models import Round
from consultations.rounds.services import note
from consultations.words import N_

LONGEST_REASON = 500


def publish(point: Point, *, by: int | None, at: datetime) -> None:
    """Show a comment beside its provision; it receives its number, such as "3.2", once.

    Raises Refused for words of an answer: those are never shown.
    """
    _require_comment(point)
    if point.status == PUBLISHED:
        return
    of = db.session.get_one(Round, point.round_id)
    if not point.label:
        number = last_number(of.id, point.wid) + 1
        point.label = f"{_number_of_provision(of, point.wid)}.{number}"
    _decide(point, of, PUBLISHED, "", by=by, at=at)


def hide(point: Point, reason: str, *, by: int | None, at: datetime) -> None:
    """Do not show a comment; its author reads the reason with the receipt.

    Raises ConsultationsError without a reason, Refused for words of an answer.
    """
    _require_comment(point)
    reason = " ".join(reason.replace("\0", "").split())
    if not reason:
        raise ConsultationsError(N_("Write why it is not shown: the author reads it."))
    if len(reason) > LONGEST_REASON:
        raise ConsultationsError(
            N_("Please use at most %(longest)s characters; these are %(length)s."),
            longest=LONGEST_REASON,
            length=len(reason),
        )
    _decide(point, db.session.get_one(Round, point.round_id), HIDDEN, reason, by=by, at=at)


def _require_comment(point: Point) -> None:
    if point.origin != COMMENT:
        raise Refused(N_("Words of an answer are read and answered, but never shown."))


def _decide(
    point: Point, of: Round, status: str, reason: str, *, by: int | None, at: datetime
) -> None:
    point.status = status
    db.session.add(Decision(point_id=point.id, account_id=by, at=at, action=status, reason=reason))
    action = "point.publish" if status == PUBLISHED else "point.hide"
    note(of.consultation, action, by=by, at=at, detail=point.label or reason)


def _number_of_provision(of: Round, wid: str) -> str:
    """`3` for art_3; the whole id for anything but an article."""
    draft = revision(of.revision_id) if of.revision_id else None
    provision = provision_known_as(draft, wid) if draft else None
    eid = provision.eid if provision else wid
    return eid.removeprefix("art_")
