"""Addresses to write to: read from a list, kept encrypted under the server's key."""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass

from cryptography.fernet import Fernet

from consultations.keys import derived_key

LONGEST = 254
ADDRESS = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@.,;<>\"]+")
SEPARATORS = re.compile(r"[,;\t]")


@dataclass(frozen=True)
class Addressee:
    """Somebody to invite: an e-mail address, and the language to write in."""

    address: str
    language: str


@dataclass(frozen=True)
class AddressList:
    """What a list holds; `wrong` are the numbers of lines that are no address, from 1 on."""

    addressees: tuple[Addressee, ...]
    wrong: tuple[int, ...]


def read_addresses(text: str, languages: Collection[str], default: str) -> AddressList:
    """Read one address a line; behind a comma, semicolon or tab its language may stand.

    A language that is not among `languages` makes a line wrong. Empty lines are passed over, and
    a first line without an @ is taken for the names of the columns.
    """
    known = {each.lower(): each for each in languages}
    found: dict[str, Addressee] = {}
    wrong = []
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        address, language, *_ = (part.strip(" \"'") for part in [*SEPARATORS.split(line), "", ""])
        if not line.strip() or (number == 1 and "@" not in line):
            continue
        chosen = known.get(language.lower()) if language else default
        if chosen is None or len(address) > LONGEST or not ADDRESS.fullmatch(address):
            wrong.append(number)
        else:
            found.setdefault(address.lower(), Addressee(address, chosen))
    return AddressList(tuple(found.values()), tuple(wrong))


def address_key(address: str, round_id: str, *, secret: str) -> str:
    """Under which key an address is kept: 128 bits that tell it to nobody without the secret."""
    key = derived_key(secret, f"address {round_id}")
    return hmac.new(key, address.lower().encode(), hashlib.sha256).hexdigest()[:32]


def hidden(text: str, *, secret: str) -> str:
    """A text as it is kept: encrypted, without the time."""
    return _fernet(secret).encrypt_at_time(text.encode(), 0).decode()


def revealed(kept: str, *, secret: str) -> str:
    """The text that `hidden` was given."""
    return _fernet(secret).decrypt(kept.encode()).decode()


def _fernet(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(derived_key(secret, "contact")))
