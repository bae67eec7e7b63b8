"""What came of the points behind a receipt; guessing is slowed down."""

from typing import Any

from flask import url_for

from consultations.comments.models import Point
from consultations.comments.queries import point_with_receipt, points_of_submission
from consultations.db import db
from consultations.drafts.queries import provision_known_as, revision
from consultations.errors import ConsultationsError
from consultations.moderation.queries import why_hidden
from consultations.replies.queries import replies_to
from consultations.replies.shown import reply_shown
from consultations.reports.queries import report_of
from consultations.rounds.models import OPEN, Consultation, Round
from consultations.submissions.queries import receipt_spent, submission_with_receipt
from consultations.submissions.receipts import normalised, receipt_hash, ticket
from consultations.submissions.storing import AnswerSpent
from consultations.themes.queries import reading_of
from consultations.web.guesses import guessed
from consultations.words import N_


class UnknownReceipt(ConsultationsError):
    """No answer and no comment has this receipt."""

    status = 404
    message = N_(
        "There is no such receipt. Check the letters and digits; the code has four groups of five."
    )


def looked_up(
    typed: str, *, secret: str
) -> tuple[dict[str, Any] | None, ConsultationsError | None]:
    """What came of the points behind a code, or the error that says why there is nothing."""
    code = normalised(typed)
    keyed = receipt_hash(code, secret=secret) if code else ""
    found = _found(keyed, secret) if code else None
    if found is None and receipt_spent(keyed):
        return None, AnswerSpent()
    if found is None:
        return None, guessed(UnknownReceipt())
    return found, None


def _found(keyed: str, secret: str) -> dict[str, Any] | None:
    submission = submission_with_receipt(keyed)
    if submission is not None:
        found = _shown("answer", submission.round_id, points_of_submission(submission.id))
        changeable = found["round"].stage == OPEN
        return {**found, "ticket": ticket(keyed, secret=secret) if changeable else None}
    point = point_with_receipt(keyed)
    return _shown("comment", point.round_id, [point]) if point else None


def _shown(kind: str, round_id: str, points: list[Point]) -> dict[str, Any]:
    of = db.session.get_one(Round, round_id)
    about: Consultation = of.consultation
    report = report_of(of.id)
    replies = replies_to([each.id for each in points])
    draft = revision(of.revision_id) if of.revision_id else None
    return {
        "kind": kind,
        "consultation": about,
        "round": of,
        "counted": report is not None,
        "report_url": (
            url_for("reports.report", slug=about.slug, report_id=of.number) if report else None
        ),
        "points": [
            {
                "provision": provision_known_as(draft, each.wid) if draft else None,
                "read_as": each.read_as or reading_of(each.id),
                "hidden_because": why_hidden(each.id),
                "reply": reply_shown(replies[each.id], about) if each.id in replies else None,
            }
            for each in sorted(points, key=lambda each: each.wid)
        ],
    }
