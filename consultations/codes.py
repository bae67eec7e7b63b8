"""Codes that people type to come back or to come in: digits only, in groups of four.

Nobody has to type the letters of another script, and any script's digits will do. The last two
digits are the check of ISO 7064 MOD 97-10: one wrong digit, or two neighbours that changed
places, are told at once and never looked for in a database.
"""

import hashlib
import hmac
import secrets
import unicodedata

from consultations.errors import ConsultationsError
from consultations.keys import derived_key
from consultations.words import N_

SHORT, LONG = LENGTHS = (28, 40)
"""Digits of a code, and of one whose digits prove that it was given out here."""

RANDOM = 26
"""Random digits in either: 86 bits."""

KEYED = LONG - RANDOM - 2
"""Digits of a long code that only the holder of a key can write: 40 bits."""

GROUP = 4
_LONGEST = 400
_IGNORED = {"Pd", "Zs", "Cf", "Cc"}
"""Dashes, spaces, marks of direction and line ends, by their Unicode category."""


class CodeError(ConsultationsError):
    """What was typed cannot be a code."""

    status = 422
    message = N_("A code is made of digits only. Please type it again.")


class WrongLength(CodeError):
    """Digits are missing, or there are too many."""

    message = N_(
        "Digits typed: %(count)s. The code has %(length)s, in groups of four:"
        " please compare them one by one."
    )


class NothingTyped(WrongLength):
    """There is no code yet."""

    message = N_("Please type the code.")


class Mistyped(CodeError):
    """The check digits do not fit the others."""

    message = N_("There is a mistake in the code. Please compare it, group by group.")


def new_code() -> str:
    """A new random code, as it is printed: seven groups of four digits."""
    return with_check(random_digits())


def random_digits() -> str:
    """The random part of a code."""
    return str(secrets.randbelow(10**RANDOM)).zfill(RANDOM)


def with_check(digits: str) -> str:
    """The code that begins with these digits, as it is printed."""
    return grouped(f"{digits}{98 - int(digits) * 100 % 97:02}")


def grouped(digits: str) -> str:
    """Digits in groups of four, joined by dashes: they stay in this order in every script."""
    return "-".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def read_code(typed: str) -> str:
    """The code that somebody typed, in its printed form.

    Takes the digits of any script, with or without spaces and dashes. Raises CodeError,
    WrongLength or Mistyped; each says in its sentence what to look at.
    """
    digits = ""
    for sign in typed[:_LONGEST]:
        value = unicodedata.decimal(sign, None)
        if value is not None:
            digits += str(value)
        elif unicodedata.category(sign) not in _IGNORED:
            raise CodeError
    if not digits:
        raise NothingTyped
    if len(digits) not in LENGTHS:
        length = min(LENGTHS, key=lambda each: abs(each - len(digits)))
        raise WrongLength(count=len(digits), length=length)
    if int(digits) % 97 != 1:
        raise Mistyped
    return grouped(digits)


def code_hash(code: str, secret: str, purpose: str) -> str:
    """What is stored instead of a code: 128 bits in hexadecimal, other ones for each purpose."""
    key = derived_key(secret, f"code hash {purpose}")
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()[:32]
