"""What the team finds noticeable: a village behind one address, a machine that filled in all."""

from itertools import islice

from consultations.rounds.models import Consultation
from consultations.submissions.marks import ADDRESS, HONEYPOT
from consultations.submissions.queries import submissions_of

NOTICED = {ADDRESS: 23, HONEYPOT: 12}


def notice(of: Consultation) -> None:
    """Mark some of the answers to the open round; the caller flushes."""
    sent = iter([*submissions_of(of.rounds[-1].id)])  # to the end: a cursor would stay open
    for mark, count in NOTICED.items():
        for submission in list(islice(sent, count)):
            submission.marks = [mark]
