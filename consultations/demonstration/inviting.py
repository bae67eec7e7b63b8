"""People who were invited: codes that partners hand out, some used, and addresses to write to."""

from datetime import datetime

from consultations.accounts.models import Account
from consultations.codes import new_code
from consultations.participants.addresses import Addressee
from consultations.participants.services import invite, make_codes, strike_off
from consultations.rounds.models import Consultation
from consultations.submissions.models import INVITED
from consultations.submissions.queries import submissions_of

PARTNERS = (("Rural women’s network", 120, 34), ("Union of the delta villages", 80, 21))
"""Who hands codes out, how many, and how many of them let somebody in."""

TO_WRITE_TO = (
    Addressee("harbour.school@mail.example", "en"),
    Addressee("maison.du.delta@mail.example", "fr"),
    Addressee("hill.clinic@mail.example", "ar"),
)


def invite_people(of: Consultation, *, secret: str, by: Account, at: datetime) -> None:
    """Some of those who answer the open round came in by invitation; others are to be invited."""
    to = of.rounds[-1]
    for partner, made, entered in PARTNERS:
        codes = make_codes(to, partner, made, secret=secret, by=by.id, at=at)
        for code in codes[:entered]:
            strike_off(to, code, page=new_code(), secret=secret)
    in_all = sum(entered for _, _, entered in PARTNERS)
    for submission in [*submissions_of(to.id)][:in_all]:  # to the end: a cursor would stay open
        submission.entry = INVITED
    invite(to, PARTNERS[0][0], TO_WRITE_TO, secret=secret, by=by.id, at=at)
