"""A saved form, locked under its save-and-return code: without the code nobody can open it.

The key comes from the code and from the server's secret, so neither the database nor the server
opens the form alone. Contents are filled up, so that their length does not tell how much was
written, and hold no time.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from consultations.codes import code_hash
from consultations.errors import TooLarge
from consultations.keys import derived_key

LARGEST = 256 * 1024
"""Bytes of text that one saved form may hold."""

STEP = 4 * 1024
"""The length of every content is a multiple of this."""

END = b"\x80"
"""Stands between what was written and what it is filled up with."""


def saved_form_key(code: str, *, secret: str) -> str:
    """Under which key the form of a code in its printed form is kept."""
    return code_hash(code, secret, "saved form")


def lock(text: str, code: str, *, secret: str) -> str:
    """Encrypt and authenticate `text` under the code in its printed form.

    Raises TooLarge over `LARGEST` bytes of UTF-8.
    """
    content = text.encode()
    if len(content) > LARGEST:
        raise TooLarge
    filled = content + END + bytes(-len(content + END) % STEP)
    return _fernet(code, secret).encrypt_at_time(filled, 0).decode()


def unlock(locked: str, code: str, *, secret: str) -> str | None:
    """The text that `lock` was given; None where the code or the secret is another one."""
    try:
        return _fernet(code, secret).decrypt(locked.encode()).rstrip(b"\0")[:-1].decode()
    except InvalidToken:
        return None


def _fernet(code: str, secret: str) -> Fernet:
    derive = HKDF(SHA256(), 32, salt=derived_key(secret, "saved form"), info=b"saved form")
    return Fernet(urlsafe_b64encode(derive.derive(code.encode())))
