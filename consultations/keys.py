"""Keys for one purpose each, derived from the installation's secret."""

import hashlib
import hmac
from functools import lru_cache


@lru_cache
def derived_key(secret: str, purpose: str) -> bytes:
    """32 bytes that belong to `purpose` alone: HMAC-SHA256 of its name under the secret."""
    return hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256)
