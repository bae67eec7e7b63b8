"""What earlier pages held, sealed into the form itself: readable and changeable only by us."""

import json
import os
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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
    packed, once = zlib.compress(content, wbits=_WINDOW), os.urandom(_ONCE)
    return urlsafe_b64encode(once + _key(secret, form).encrypt(once, packed, None)).decode()


def unseal(sealed: str, *, secret: str, form: str) -> dict[str, Any]:
    """The state that `seal` put in; raises `SealError`."""
    if len(sealed) > LARGEST_SEAL:
        raise SealError
    try:
        raw = urlsafe_b64decode(sealed)
        packed = _key(secret, form).decrypt(raw[:_ONCE], raw[_ONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise SealError from error
    state: dict[str, Any] = json.loads(zlib.decompress(packed))
    return state


_WINDOW = 13
"""Most states are shorter than these 8 KiB: a larger window would only take time to prepare."""

_ONCE = 12
"""Random bytes that no two seals under a key share: after 2^32 of them one in 2^33 might."""

_ENCODE = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


@lru_cache(maxsize=64)
def _key(secret: str, form: str) -> AESGCM:
    return AESGCM(derived_key(secret, f"sealed form {form}"))
