"""Publishing into the log: appending entries and signing the head. Nothing is ever taken out."""

from collections.abc import Sequence
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultations.db import db
from consultations.ledger.log import Head
from consultations.ledger.models import LedgerEntry, TreeHead
from consultations.ledger.queries import entries, size
from consultations.ledger.signing import sign
from consultations.ledger.tree import Tree


def append(consultation_id: str, payloads: Sequence[bytes]) -> list[int]:
    """Append entries to the consultation's log and return the index of each.

    Two publications at the same moment cannot both succeed: the second meets the first one's
    index and raises IntegrityError.
    """
    start = size(consultation_id)
    places = list(range(start, start + len(payloads)))
    for index, payload in zip(places, payloads, strict=True):
        db.session.add(LedgerEntry(consultation_id=consultation_id, index=index, payload=payload))
    db.session.flush()
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
            signed_on=at,
        )
        db.session.add(kept)
        db.session.flush()
    return Head(slug, kept.size, kept.root, kept.signed_on.isoformat())
