"""Receipt codes: a keyed hash of the form's token, so the same form always has the same code."""

import hashlib
import hmac
import secrets

from consultations.keys import derived_key
from consultations.submissions.sealing import seal, unseal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""

LENGTH = 20
"""Characters of 5 bits each: 100 bits."""

GROUP = 5
TICKET = "ticket"
_LONGEST = 200
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def form_token() -> str:
    """A new random token of 128 bits, born when a first page is posted."""
    return secrets.token_hex(16)


def receipt_code(token: str, *, secret: str) -> str:
    """The receipt of the form with this token: four groups of five characters."""
    digest = hmac.digest(derived_key(secret, "receipt code"), token.encode(), hashlib.sha256)
    number = int.from_bytes(digest, "big")
    return _grouped("".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH)))


def normalised(typed: str) -> str | None:
    """The code that somebody meant to type, in its printed form; None where it cannot be one."""
    code = "".join(sign for sign in typed[:_LONGEST].upper() if sign.isalnum()).translate(
        _LOOKALIKES
    )
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return None
    return _grouped(code)


def receipt_hash(code: str, *, secret: str) -> str:
    """What is stored with the submission instead of the code: 64 hexadecimal digits."""
    return hmac.new(derived_key(secret, "receipt hash"), code.encode(), hashlib.sha256).hexdigest()


def ticket(keyed: str, *, secret: str) -> str:
    """What stands on a page for a receipt that was looked up, by its hash: never the code."""
    return seal({"receipt": keyed}, secret=secret, form=TICKET)


def receipt_of(sealed: str, *, secret: str) -> str:
    """The hash of the receipt that a ticket was made for; raises SealError."""
    return str(unseal(sealed, secret=secret, form=TICKET)["receipt"])


def _grouped(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))
