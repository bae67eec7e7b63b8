"""Building and publishing reports: one frozen set of numbers per round."""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultations.analysis.services import data_digest, protected_counts
from consultations.clock import today
from consultations.db import db
from consultations.drafts.queries import revision
from consultations.errors import Refused
from consultations.ledger.queries import read_log
from consultations.ledger.services import append, sign_head
from consultations.ledger.signing import signing_key
from consultations.questionnaires.queries import questionnaire
from consultations.reports.document import report_document
from consultations.reports.manifest import ledger_entries, seal
from consultations.reports.models import Report
from consultations.reports.numbers import frozen
from consultations.reports.published import positions_of_organisations, published_on_provisions
from consultations.reports.queries import report_of
from consultations.rounds.models import CLOSED, REPORTED, Consultation, Round
from consultations.rounds.services import day_at, mark_reported
from consultations.words import N_

log = logging.getLogger(__name__)

KEY_FILE = "signing.key"


@dataclass(frozen=True)
class Publication:
    """A published report, and whether it was there already."""

    report: Report
    reused: bool


def preview(consultation: Consultation, of: Round) -> dict[str, Any]:
    """The numbers that publishing now would freeze. Raises Refused while the round is open."""
    return _numbers(consultation, of, today(consultation.time_zone))[0]


def publish(
    consultation: Consultation,
    of: Round,
    *,
    key: Ed25519PrivateKey,
    by: int | None,
    at: datetime,
) -> Publication:
    """Freeze a round's numbers, enter them in the ledger and sign its head.

    Building again without new data finds what was published. Raises Refused while the round is
    open, and where the answers have changed since a report was published.
    """
    found = report_of(of.id)
    if found is not None:
        if data_digest(consultation, of) != found.data_digest:
            raise Refused(
                N_(
                    "A report of round %(number)s of “%(slug)s” was published, and the answers "
                    "have changed since. A second set of numbers beside the first could give "
                    "someone away, so it is not published."
                ),
                number=of.number,
                slug=consultation.slug,
            )
        return Publication(found, reused=True)
    on = day_at(consultation, at)
    numbers, digest = _numbers(consultation, of, on)
    entries = ledger_entries(_in_source_language(consultation, numbers))
    places = append(consultation.id, list(entries.values()))
    report = Report(
        consultation_id=consultation.id,
        round_id=of.id,
        published_on=on,
        data_digest=digest,
        numbers=numbers,
        entry=places[0],
    )
    db.session.add(report)
    mark_reported(of, by=by, at=at)
    db.session.flush()
    sign_head(consultation.id, consultation.slug, key, at=report.published_on)
    log.info("Report of round %s published: %s tables", of.number, len(numbers["tables"]))
    return Publication(report, reused=False)


def sealed_document(
    consultation: Consultation, document: dict[str, Any], key: Ed25519PrivateKey
) -> dict[str, Any]:
    """A report document with its manifest: its hash and the log's head, signed together."""
    return seal(document, read_log(consultation.id, consultation.slug), key)


def instance_key(instance: Path) -> Ed25519PrivateKey:
    """The key with which this instance signs what it publishes."""
    return signing_key(instance / KEY_FILE)


def places_in_log(consultation: Consultation, report: Report) -> dict[str, int]:
    """At which index of the log each entry of a report stands."""
    names = ledger_entries(_in_source_language(consultation, report.numbers))
    return {name: report.entry + place for place, name in enumerate(names)}


def _numbers(consultation: Consultation, of: Round, on: date) -> tuple[dict[str, Any], str]:
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
    counted = protected_counts(consultation, of)
    positions, named = positions_of_organisations(of)
    numbers = frozen(
        consultation,
        of,
        revision(of.revision_id) if of.revision_id else None,
        questionnaire(of.questionnaire_version_id),
        counted,
        organisations=positions,
        named=named,
        provisions=published_on_provisions(of),
        on=on,
    )
    return numbers, counted.data_digest


def _in_source_language(consultation: Consultation, numbers: dict[str, Any]) -> dict[str, Any]:
    return report_document(numbers, language=consultation.source_language)
