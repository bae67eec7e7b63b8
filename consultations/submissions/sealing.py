"""What earlier pages held, sealed into the form itself: readable and changeable only by us."""

import json
import zlib
from base64 import urlsafe_b64encode
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from consultations.errors import ConsultationsError, TooLarge
from consultations.keys import derived_key
from consultations.words import N_

LARGEST_STATE = 256 * 1024
"""Bytes of JSON that one form may carry."""

LARGEST_SEAL = 512 * 1024
"""Characters of a sealed state that are looked at."""


class SealError(ConsultationsError):
    """The sealed state was changed, cut, or sealed for another form or by another server."""

    message = N_("This page is not complete any more. Please start again from the first page.")


def seal(state: dict[str, Any], *, secret: str, form: str) -> str:
    """Encrypt and authenticate `state` for `form` (such as "chile-1988/1"), without the time.

    Raises `TooLarge` over `LARGEST_STATE`.
    """
    content = _ENCODE(state).encode()
    if len(content) > LARGEST_STATE:
        raise TooLarge
    return _fernet(secret, form).encrypt_at_time(zlib.compress(content, wbits=_WINDOW), 0).decode()


def unseal(sealed: str, *, secret: str, form: str) -> dict[str, Any]:
    """The state that `seal` put in; raises `SealError`."""
    try:
        if len(sealed) > LARGEST_SEAL:
            raise InvalidToken
        compressed = _fernet(secret, form).decrypt(sealed.encode())
    except (InvalidToken, UnicodeError) as error:
        raise SealError from error
    state: dict[str, Any] = json.loads(zlib.decompress(compressed))
    return state


_WINDOW = 13
"""Most states are shorter than these 8 KiB: a larger window would only take time to prepare."""

_ENCODE = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


@lru_cache(maxsize=64)
def _fernet(secret: str, form: str) -> Fernet:
    return Fernet(urlsafe_b64encode(derived_key(secret, f"sealed form {form}")))
