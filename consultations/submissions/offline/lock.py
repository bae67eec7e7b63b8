"""Answers taken for others, locked on the phone: only the server opens them again.

A key of its own for each record: ECDH on P-256 between a key made on the phone and thrown away
there, and the server's, then HKDF-SHA256, then AES-256-GCM (as in SEC 1, 5.1, ECIES). The record is
the phone's public key and the ciphertext; it is filled up like a saved form, so that its length
does not tell how much was said. `static/offline-lock.js` locks.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from consultations.errors import ConsultationsError
from consultations.keys import derived_key
from consultations.words import N_

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group: SEC 2, 2.4.2."""

POINT = 65
"""Bytes of a public key, uncompressed."""

ONCE = bytes(12)
"""The initial vector: no key is used twice."""

LARGEST = 512 * 1024
"""Characters of a record that are looked at."""


class LockError(ConsultationsError):
    """The record was changed, cut, or locked for another server."""

    message = N_("These answers cannot be opened here: they were locked for another server.")


def public_key(secret: str) -> str:
    """What phones lock with, in base 64."""
    return urlsafe_b64encode(_point(_private_key(secret).public_key())).decode()


def unlock(record: str, *, secret: str) -> str:
    """The text that was locked on a phone; raises LockError."""
    try:
        if len(record) > LARGEST:
            raise LockError
        content = urlsafe_b64decode(record)
        theirs, locked = content[:POINT], content[POINT:]
        key = _key(_private_key(secret), theirs)
        return AESGCM(key).decrypt(ONCE, locked, None).rstrip(b"\0")[:-1].decode()
    except (InvalidTag, ValueError) as error:
        raise LockError from error


def _key(own: ec.EllipticCurvePrivateKey, theirs: bytes) -> bytes:
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    info = theirs + _point(own.public_key())
    return HKDF(SHA256(), 32, salt=None, info=info).derive(shared)


def _private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    drawn = int.from_bytes(derived_key(secret, "assisted answers"), "big")
    return ec.derive_private_key(drawn % (ORDER - 1) + 1, CURVE)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
