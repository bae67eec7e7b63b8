"""Publishing into the log: appending entries and signing the head. Nothing is ever taken out."""

from collections.abc import Sequence
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy.exc import IntegrityError

from consultations.db import db
from consultations.errors import Refused
from consultations.ledger.log import Head
from consultations.ledger.models import LedgerEntry, TreeHead
from consultations.ledger.queries import as_value, entries, size
from consultations.ledger.signing import public_hex, sign
from consultations.ledger.tree import Tree
from consultations.words import N_


class Overtaken(Refused):
    """Somebody else published at the same moment: what was prepared knows nothing of it."""

    message = N_(
        "Something else was published at the same moment, so nothing was published now. "
        "Please look at it, and try again."
    )


def append(
    consultation_id: str, payloads: Sequence[bytes], *, start: int | None = None
) -> list[int]:
    """Append entries to the consultation's log and return the index of each.

    `start` is the size of the log that the entries were prepared against; without it, the size
    it has now. Of two publications at the same moment the second meets the first one's index:
    it raises Overtaken, and its session can only be rolled back.
    """
    there = size(consultation_id)
    if start not in (None, there):
        raise Overtaken
    places = list(range(there, there + len(payloads)))
    for index, payload in zip(places, payloads, strict=True):
        db.session.add(LedgerEntry(consultation_id=consultation_id, index=index, payload=payload))
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Overtaken from error
    return places


def sign_head(consultation_id: str, slug: str, key: Ed25519PrivateKey, *, at: date) -> Head:
    """Sign the root of all entries, unless a head of this size stands already; return it."""
    leaves = entries(consultation_id)
    kept = db.session.get(TreeHead, (consultation_id, len(leaves)))
    if kept is None:
        head = Head(slug, len(leaves), Tree(leaves).root().hex(), at.isoformat())
        kept = TreeHead(
            consultation_id=consultation_id,
            size=head.size,
            root=head.root,
            signature=sign(key, head.statement()),
            public_key=public_hex(key),
            signed_on=at,
        )
        db.session.add(kept)
        db.session.flush()
    return as_value(kept, slug)
