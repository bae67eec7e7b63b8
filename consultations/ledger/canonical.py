"""One way to write a value as bytes: JSON by RFC 8785, so that a hash means the same everywhere."""

from hashlib import sha256
from typing import Any

import rfc8785


def canonical(value: Any) -> bytes:
    """The canonical JSON (RFC 8785) of plain values.

    Raises rfc8785.CanonicalizationError for what JSON cannot hold exactly: NaN, infinities,
    whole numbers beyond 2**53.
    """
    return rfc8785.dumps(value)


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return sha256(canonical(value)).hexdigest()
