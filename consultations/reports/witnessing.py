"""Sending heads of the log to witnesses outside: who keeps one can show what was changed."""

import json
from dataclasses import dataclass
from email.message import EmailMessage

from flask import url_for

from consultations.config import Settings
from consultations.db import db
from consultations.ledger.log import Head
from consultations.ledger.queries import read_log
from consultations.ledger.signing import fingerprint
from consultations.mail.composing import compose
from consultations.mail.sending import post_office
from consultations.participants.addresses import Addressee, hidden, revealed
from consultations.reports.models import Witness
from consultations.reports.queries import witnesses
from consultations.reports.rendering import speaking
from consultations.rounds.models import Consultation
from consultations.texts import in_language


@dataclass(frozen=True)
class Told:
    """How many witnesses were written to, and how many the mail server did not take."""

    taken: int
    refused: int


def name_witnesses(consultation: Consultation, addressees: list[Addressee], *, secret: str) -> None:
    """Let these receive every head from now on, in the place of those named before."""
    for each in witnesses(consultation.id):
        db.session.delete(each)
    for addressee in addressees:
        db.session.add(
            Witness(
                consultation_id=consultation.id,
                language=addressee.language,
                address=hidden(addressee.address, secret=secret),
            )
        )
    db.session.flush()


def named_witnesses(consultation: Consultation, *, secret: str) -> list[str]:
    """The witnesses as they were typed: an address and its language a line."""
    found = (
        f"{revealed(each.address, secret=secret)}, {each.language}"
        for each in witnesses(consultation.id)
    )
    return sorted(found)


def tell_witnesses(consultation: Consultation, *, settings: Settings, secret: str) -> Told:
    """Send the latest head of the log to every witness. Raises NoMailServer."""
    named, log = witnesses(consultation.id), read_log(consultation.id, consultation.slug)
    if not named or not log.heads:
        return Told(0, 0)
    with post_office(settings) as hand_over:
        taken = sum(
            hand_over(_message(consultation, each, log.head, settings, secret)) for each in named
        )
    return Told(taken, len(named) - taken)


def _message(
    about: Consultation, witness: Witness, head: Head, settings: Settings, secret: str
) -> EmailMessage:
    site, language = settings.site_address, witness.language
    with speaking(language):
        path = url_for("reports.log", slug=about.slug, lang=language)
        return compose(
            "tree_head",
            language,
            to=revealed(witness.address, secret=secret),
            sender=settings.mail_sender,
            name=in_language(about.organizer, language),
            title=in_language(about.title, language),
            organizer=in_language(about.organizer, language),
            head=head,
            key=fingerprint(head.public_key),
            line=json.dumps(head.signed(), sort_keys=True),
            page=f"{site.rstrip('/')}{path}" if site else None,
        )
