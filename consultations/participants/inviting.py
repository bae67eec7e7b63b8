"""Writing to contacts: an invitation to those who had none, a reminder to those not yet in."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from consultations.config import Settings
from consultations.db import db
from consultations.mail.composing import compose
from consultations.mail.sending import post_office
from consultations.participants.addresses import revealed
from consultations.participants.links import link
from consultations.participants.models import Contact
from consultations.rounds.models import Round
from consultations.texts import in_language
from consultations.web.templating import outside

AT_ONCE = 50
"""Messages that one press of a button sends: a mail server may take a second for each."""


@dataclass(frozen=True)
class Sent:
    """How many messages were handed over, how many the mail server did not take."""

    taken: int
    refused: int


def write_to(
    contacts: Sequence[Contact], of: Round, template: str, *, settings: Settings, secret: str
) -> Sent:
    """Send contacts a message each. Commits after each, so that nobody is written to twice.

    Whoever came in meanwhile is passed over; who could not be written to stays as before, to be
    tried again. Raises NoMailServer.
    """
    taken = refused = 0
    with post_office(settings) as hand_over:
        for key in [each.id for each in contacts]:
            contact = db.session.get(Contact, key, populate_existing=True)
            if contact is None or contact.code_id is None:
                continue
            if hand_over(_message(contact, of, template, settings.mail_sender, secret)):
                contact.messages += 1
                taken += 1
            else:
                refused += 1
            db.session.commit()
    return Sent(taken, refused)


def _message(contact: Contact, of: Round, template: str, sender: str, secret: str) -> EmailMessage:
    about, language = of.consultation, contact.language
    page = outside("participants.invited", slug=about.slug, lang=language)
    code = revealed(contact.code, secret=secret)
    organizer = in_language(about.organizer, language)
    return compose(
        template,
        language,
        to=revealed(contact.address, secret=secret),
        sender=sender,
        name=organizer,
        organizer=organizer,
        title=in_language(about.title, language),
        contact=in_language(about.contact, language),
        closes=None if of.held_open else of.closes,
        page=page,
        link=link(page, code),
        code=code,
    )
