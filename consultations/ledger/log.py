"""A log as plain values: what was published in one consultation, and its signed heads."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from consultations.ledger.tree import Tree


@dataclass(frozen=True)
class Head:
    """The root (hexadecimal) of the first `size` entries, as stated on a day (ISO 8601).

    `signature` is of `statement` under `public_key`, both in hexadecimal.
    """

    consultation: str
    size: int
    root: str
    signed_on: str
    signature: str = ""
    public_key: str = ""

    def statement(self) -> dict[str, Any]:
        """What is signed, and printed for witnesses to keep."""
        return {
            "consultation": self.consultation,
            "size": self.size,
            "root": self.root,
            "signed_on": self.signed_on,
        }

    def signed(self) -> dict[str, Any]:
        """The statement with its signature and key, as witnesses receive it."""
        return self.statement() | {"signature": self.signature, "public_key": self.public_key}


@dataclass(frozen=True)
class Log:
    """Every entry ever published, in order, and every head ever signed, the latest last."""

    entries: tuple[bytes, ...]
    heads: tuple[Head, ...]

    @property
    def head(self) -> Head:
        """The latest head."""
        return self.heads[-1]

    @cached_property
    def tree(self) -> Tree:
        """The tree of the latest head: entries after it are not yet published."""
        return Tree(self.entries[: self.head.size])
