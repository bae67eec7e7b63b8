"""A small calculation that a browser can do instead of asking a person: proof of work.

Like ALTCHA's first protocol: a number is hidden in a hash, and only trying finds it. It belongs to
the form's token, which counts once however often it is sent: so no list of used ones is needed.
"""

import hashlib
import hmac
from dataclasses import dataclass

from consultations.keys import derived_key

MOST = 100_000
"""The largest number that may be hidden: one or two seconds of an inexpensive phone."""


@dataclass(frozen=True)
class Work:
    """Find the `number` from 0 to `most` for which SHA-256 of `salt` and it is `target` (hex)."""

    salt: str
    target: str
    most: int = MOST


def work(token: str, *, secret: str) -> Work:
    """The calculation that belongs to the form with this token."""
    salt, number = _hidden(token, secret)
    return Work(salt, hashlib.sha256(f"{salt}{number}".encode()).hexdigest())


def done(found: str, token: str, *, secret: str) -> bool:
    """Whether `found` is the number that is hidden in the form with this token."""
    return hmac.compare_digest(found[:20].encode(), str(_hidden(token, secret)[1]).encode())


def _hidden(token: str, secret: str) -> tuple[str, int]:
    digest = hmac.digest(derived_key(secret, "proof of work"), token.encode(), hashlib.sha256)
    return digest[:16].hex(), int.from_bytes(digest[16:], "big") % (MOST + 1)
