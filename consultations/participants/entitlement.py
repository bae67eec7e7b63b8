"""The code that an invited participant goes on with: it proves itself, so nothing is stored.

It is born when a personal code is struck off, out of a random number in the page that did it, and
has nothing in common with the personal code. Part of its digits is a keyed hash of the others:
that is how it is known again, without a row that could say when it was given out, or to whom.
"""

import hashlib
import hmac

from consultations.codes import KEYED, LONG, RANDOM, random_digits, with_check
from consultations.keys import derived_key


def new_entitlement(secret: str, round_id: str, *, born_of: str | None = None) -> str:
    """A new code in its printed form: 26 random digits, 12 keyed ones, 2 check digits.

    The same `born_of` (a secret of at least 128 random bits) gives the same code; without it,
    every call gives another one.
    """
    digits = _digits(born_of, secret, RANDOM) if born_of else random_digits()
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
    return _digits(f"{round_id} {digits}", secret, KEYED)


def _digits(of: str, secret: str, count: int) -> str:
    """Decimal digits of a keyed hash; 256 bits leave no bias in 26 of them."""
    key = derived_key(secret, f"entitlement {count}")
    number = int.from_bytes(hmac.digest(key, of.encode(), hashlib.sha256), "big")
    return str(number % 10**count).zfill(count)
