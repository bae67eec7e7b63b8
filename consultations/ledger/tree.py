"""The Merkle tree of RFC 6962, section 2.1: roots, and proofs that anyone can check.

Leaves are bytes; hashes are 32 bytes of SHA-256. A leaf is hashed behind a zero byte and a node
behind a one, so neither can pass for the other. The checks follow RFC 9162, 2.1.3.2 and 2.1.4.2.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(payload: bytes) -> bytes:
    """Hash of one leaf."""
    return sha256(b"\x00" + payload).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two neighbours."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """A log's tree; every subtree is hashed once, however many proofs are asked for."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._hashes = tuple(leaf_hash(leaf) for leaf in leaves)
        self._subroot = cache(self._hash_of)

    def __len__(self) -> int:
        return len(self._hashes)

    def root(self, size: int | None = None) -> bytes:
        """Root of the first `size` leaves; of all of them unless a size is given."""
        size = len(self) if size is None else size
        if not 0 <= size <= len(self):
            raise ValueError(f"a tree of {len(self)} leaves has no root of size {size}")
        return self._subroot(0, size)

    def inclusion(self, index: int) -> list[bytes]:
        """The audit path of a leaf in the whole tree, from the leaf upward."""
        if not 0 <= index < len(self):
            raise ValueError(f"a tree of {len(self)} leaves has no leaf {index}")
        return self._path(index, 0, len(self))

    def consistency(self, size: int) -> list[bytes]:
        """Proof that the first `size` leaves were only ever appended to."""
        if not 0 <= size <= len(self):
            raise ValueError(f"a tree of {len(self)} leaves never had the size {size}")
        return self._subproof(size, 0, len(self), True) if 0 < size < len(self) else []

    def _hash_of(self, start: int, end: int) -> bytes:
        if end - start < 2:
            return self._hashes[start] if end > start else EMPTY_ROOT
        middle = start + _split(end - start)
        return node_hash(self._subroot(start, middle), self._subroot(middle, end))

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._subroot(middle, end)]
        return [*self._path(index, middle, end), self._subroot(start, middle)]

    def _subproof(self, size: int, start: int, end: int, known: bool) -> list[bytes]:
        if size == end:
            return [] if known else [self._subroot(start, end)]
        middle = start + _split(end - start)
        if size <= middle:
            return [*self._subproof(size, start, middle, known), self._subroot(middle, end)]
        return [*self._subproof(size, middle, end, False), self._subroot(start, middle)]


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def included(payload: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path proves that the payload is leaf `index` of the tree of `size` leaves."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf_hash(payload)
    for sibling in path:
        if last == 0:
            return False
        if node % 2 or node == last:
            found = node_hash(sibling, found)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def consistent(
    size: int, root: bytes, later_size: int, later_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the path proves that the later tree begins with the whole earlier one."""
    if not 0 <= size <= later_size:
        return False
    if size in (0, later_size):
        expected = EMPTY_ROOT if size == 0 else later_root
        return not path and root == expected
    node, last = size - 1, later_size - 1
    while node % 2:
        node, last = node >> 1, last >> 1
    steps = list(path) if node else [root, *path]
    if not steps:
        return False
    earlier = later = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if node % 2 or node == last:
            earlier, later = node_hash(step, earlier), node_hash(step, later)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            later = node_hash(later, step)
        node, last = node >> 1, last >> 1
    return last == 0 and earlier == root and later == later_root
