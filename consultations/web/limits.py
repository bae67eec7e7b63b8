"""Counting answers by address without keeping one: in memory, under keys that are forgotten."""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import date
from ipaddress import IPv6Address, ip_address
from threading import Lock

from flask import Flask, current_app, request

from consultations.clock import today

MOST_ADDRESSES = 100_000
"""How many addresses are told apart in a day; what comes from further ones is not counted."""

SAME_PLACE = 64
"""Bits of an IPv6 address that one household has in common."""


_COUNT = "consultations.answers_from_here"


class Addresses:
    """How many answers came from an address today: never who, never kept.

    An address is known by a keyed hash in memory. The key is random, is written nowhere, and is
    thrown away at midnight (UTC) with all that was counted.
    """

    def __init__(self, day: Callable[[], date] = today) -> None:
        self._day = day
        self._today: date | None = None
        self._key = b""
        self._counts: Counter[bytes] = Counter()
        self._lock = Lock()

    def count(self, address: str | None) -> int:
        """Count one more answer; how many there were today from the same place, it included.

        0 where nothing can be told: no address, or the machine's own, as behind a web server
        that does not pass addresses on.
        """
        place = _place(address)
        if place is None:
            return 0
        with self._lock:
            self._begin_day()
            name = hmac.digest(self._key, place, hashlib.sha256)
            if name not in self._counts and len(self._counts) >= MOST_ADDRESSES:
                return 0
            self._counts[name] += 1
            return self._counts[name]

    def _begin_day(self) -> None:
        if self._today != self._day():
            self._today = self._day()
            self._key = secrets.token_bytes(32)
            self._counts.clear()


def many_from_here() -> bool:
    """Count the answer that this request sends, once; whether its address sent very many today."""
    settings = current_app.extensions["settings"]
    if _COUNT not in request.environ:
        addresses: Addresses = current_app.extensions["addresses"]
        request.environ[_COUNT] = addresses.count(_address(settings.proxies))
    return int(request.environ[_COUNT]) > int(settings.answers_per_address)


def init_app(app: Flask) -> None:
    """Begin to count, in the memory of this process alone."""
    app.extensions["addresses"] = Addresses()


def _address(proxies: int) -> str | None:
    """Where the request comes from: as the farthest of our own servers before this one saw it."""
    if not proxies:
        return request.remote_addr
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    return seen[-proxies].strip() if len(seen) >= proxies else None


def _place(address: str | None) -> bytes | None:
    try:
        found = ip_address(address or "")
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        found = found.ipv4_mapped or found
    if found.is_loopback or found.is_unspecified:
        return None
    return found.packed[: SAME_PLACE // 8]
