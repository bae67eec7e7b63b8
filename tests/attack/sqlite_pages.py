"""SQLite's file as somebody reads it who has a copy of it: pages, not rows.

Enough of https://www.sqlite.org/fileformat2.html to find where a table without row numbers keeps
each of its rows.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LEAF, INTERIOR = 0x0A, 0x02
TEXT = 13


@dataclass(frozen=True)
class Place:
    """Where a row is kept: its page, and the page on which it goes on, if it does (else 0)."""

    key: str
    page: int
    further: int


def places(path: Path, table: str) -> list[Place]:
    """Every row of a table that is kept by its key, in the order of its keys."""
    with sqlite3.connect(path) as file:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (root,) = file.execute(query, [table]).fetchone()
    file.close()
    content = path.read_bytes()
    size = int.from_bytes(content[16:18], "big")
    return list(_walk(content, 65_536 if size == 1 else size, root))


def _walk(content: bytes, size: int, number: int) -> Iterator[Place]:
    page = content[(number - 1) * size : number * size]
    kind, cells = page[0], int.from_bytes(page[3:5], "big")
    head = 12 if kind == INTERIOR else 8
    assert kind in (LEAF, INTERIOR)
    for place in range(cells):
        start = int.from_bytes(page[head + 2 * place : head + 2 * place + 2], "big")
        if kind == INTERIOR:
            yield from _walk(content, size, int.from_bytes(page[start : start + 4], "big"))
            start += 4
        yield _row(page, size, start, number)
    if kind == INTERIOR:
        yield from _walk(content, size, int.from_bytes(page[8:12], "big"))


def _row(page: bytes, size: int, start: int, number: int) -> Place:
    length, start = _varint(page, start)
    local = _local(length, size)
    head, types = _varint(page, start)
    kind, _ = _varint(page, types)
    key = page[start + head : start + head + (kind - TEXT) // 2].decode()
    further = int.from_bytes(page[start + local : start + local + 4], "big")
    return Place(key, number, further if local < length else 0)


def _local(length: int, size: int) -> int:
    """How many bytes of a row stand on its own page."""
    most = (size - 12) * 64 // 255 - 23
    least = (size - 12) * 32 // 255 - 23
    if length <= most:
        return length
    some = least + (length - least) % (size - 4)
    return some if some <= most else least


def _varint(page: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = page[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise AssertionError
