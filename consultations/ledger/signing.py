"""Ed25519: the host's key, made on first use, and signatures over canonical JSON."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from consultations.errors import Refused, SetupError
from consultations.ledger.canonical import canonical
from consultations.words import N_

LARGEST_KEY = 64 * 1024
"""Bytes."""


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key kept at `path` (PKCS 8, PEM); made there, for its owner's eyes only, if missing.

    The public key is written beside it as `NAME.pub`, to be handed to those who verify.
    """
    if not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SetupError(N_("%(file)s does not hold a private key."), file=path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SetupError(N_("The key in %(file)s is not an Ed25519 key."), file=path)
    return key


def _make(path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    path.parent.mkdir(parents=True, exist_ok=True)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    # Born under the final mode and moved into place whole: nobody ever sees it open or half.
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(private)
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    finally:
        fresh.unlink()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    path.with_name(path.name + ".pub").write_bytes(public)


def public_hex(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """The 32 bytes of the public key, in hexadecimal."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def fingerprint(public: str) -> str:
    """SHA-256 of a public key's 32 bytes, both in hexadecimal: what people compare."""
    return sha256(bytes.fromhex(public)).hexdigest()


def _beginning(path: Path) -> bytes:
    """As much of a file as a key can take: a device has no end."""
    with path.open("rb") as file:
        return file.read(LARGEST_KEY)


def read_public(path: Path) -> str:
    """The public key in a file, PEM or 64 hexadecimal digits, as hexadecimal.

    Raises Refused where the file holds neither.
    """
    try:
        content = _beginning(path).strip()
        if content.startswith(b"-----"):
            key = load_pem_public_key(content)
            if isinstance(key, Ed25519PublicKey):
                return public_hex(key)
        raw = bytes.fromhex(content.decode("ascii"))
        return public_hex(Ed25519PublicKey.from_public_bytes(raw))
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise Refused(
            N_("%(file)s does not hold an Ed25519 public key (PEM, or 64 hexadecimal digits)."),
            file=path,
        ) from error


def sign(key: Ed25519PrivateKey, statement: Any) -> str:
    """Signature over the canonical JSON of a statement, in hexadecimal."""
    return key.sign(canonical(statement)).hex()


def verified(public: str, statement: Any, signature: str) -> bool:
    """Whether the holder of this public key (hexadecimal) signed the statement."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), canonical(statement))
    except (ValueError, InvalidSignature):
        return False
    return True
