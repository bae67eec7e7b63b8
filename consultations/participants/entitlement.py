"""The code that an invited participant goes on with: it proves itself, so nothing is stored.

It is born at random when a personal code is struck off, and has nothing in common with it. Part
of its digits is a keyed hash of the others: that is how it is known again, without a row that
could say when it was given out, or for which personal code.
"""

import hashlib
import hmac

from consultations.codes import KEYED, LONG, RANDOM, random_digits, with_check
from consultations.keys import derived_key


def new_entitlement(secret: str, round_id: str) -> str:
    """A new code in its printed form: 26 random digits, 12 keyed ones, 2 check digits."""
    digits = random_digits()
    return with_check(digits + _keyed_digits(digits, secret, round_id))


def is_entitled(code: str, secret: str, round_id: str) -> bool:
    """Whether a code in its printed form was given out here, for this round."""
    digits = code.replace("-", "")
    if len(digits) != LONG:
        return False
    proof = _keyed_digits(digits[:RANDOM], secret, round_id)
    return hmac.compare_digest(digits[RANDOM : RANDOM + KEYED], proof)


def entitled_token(code: str, secret: str) -> str:
    """The form token that belongs to a code: whoever comes back with it sends the same answer."""
    key = derived_key(secret, "entitled token")
    return hmac.digest(key, code.encode(), hashlib.sha256)[:16].hex()


def _keyed_digits(digits: str, secret: str, round_id: str) -> str:
    digest = hmac.digest(
        derived_key(secret, f"entitlement {round_id}"), digits.encode(), hashlib.sha256
    )
    return str(int.from_bytes(digest, "big") % 10**KEYED).zfill(KEYED)
