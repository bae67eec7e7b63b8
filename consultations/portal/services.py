"""Tags of partners: declaring them, counting in batches, taking them back."""

import re
from collections import Counter
from collections.abc import Iterable
from threading import Lock

from sqlalchemy import update

from consultations.db import db
from consultations.errors import ConsultationsError, Refused
from consultations.portal.models import OutreachVisit
from consultations.portal.queries import tagged
from consultations.rounds.models import Consultation
from consultations.rounds.plan import declared_groups, declared_policy
from consultations.words import N_

TAG = re.compile(r"[a-z0-9][a-z0-9-]{1,29}")


class Visits:
    """Visits not written down yet: in memory, until a whole batch has come together."""

    def __init__(self) -> None:
        self._waiting: Counter[str] = Counter()
        self._lock = Lock()

    def one_more(self, key: str, batch: int) -> bool:
        """Count a visit; True when a batch is full, which is then forgotten here."""
        with self._lock:
            self._waiting[key] += 1
            if self._waiting[key] < batch:
                return False
            del self._waiting[key]
            return True


def declare(
    of: Consultation, *, tag: str, partner: str, reaches: Iterable[str] = ()
) -> OutreachVisit:
    """Give a partner a tag. Raises ConsultationsError for one that will not do, and Refused.

    `reaches` are codes of the groups that the partner can reach; unknown ones are left out.
    """
    tag, partner = tag.strip().lower(), partner.strip()
    if not TAG.fullmatch(tag):
        raise ConsultationsError(
            N_("A tag has 2 to 30 small letters, digits and hyphens, without spaces.")
        )
    if not partner or len(partner) > 120:
        raise ConsultationsError(N_("Please name the partner, in at most 120 characters."))
    if tagged(of, tag):
        raise Refused(N_("The tag “%(tag)s” is given already."), tag=tag)
    known = {each.code for each in declared_groups(of.plan)}
    found = OutreachVisit(
        consultation_id=of.id, tag=tag, partner=partner, reaches=sorted(known & set(reaches))
    )
    db.session.add(found)
    db.session.flush()
    return found


def take_back(of: Consultation, tag: str) -> None:
    """Delete a tag with its number; its link goes on leading to the consultation."""
    found = tagged(of, tag)
    if found is not None:
        db.session.delete(found)
        db.session.flush()


def visited(of: Consultation, tag: str, *, visits: Visits) -> bool:
    """Count one opening of a partner's link; True where a batch was written down.

    A batch has as many visits as the smallest group that is ever shown: no single visit changes
    anything stored, so nothing stored can be held against the moment of an answer. A tag that
    nobody declared is not counted.
    """
    found = tagged(of, tag) if TAG.fullmatch(tag) else None
    if found is None:
        return False
    batch = declared_policy(of.policy).threshold
    if not visits.one_more(found.id, batch):
        return False
    grown = update(OutreachVisit).where(OutreachVisit.id == found.id)
    db.session.execute(grown.values(count=OutreachVisit.count + batch))
    return True
