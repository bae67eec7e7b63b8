"""Codes as they are handed out: the address that carries one, a file of many."""

import csv
from collections.abc import Iterable
from io import StringIO


def link(page: str, code: str) -> str:
    """The address that carries a code: behind the "#", which no server sees."""
    return f"{page}#{code}"


def codes_csv(codes: Iterable[str], page: str) -> str:
    """A line for each code in its printed form: the code, the address that carries it."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(["code", "link"])
    writer.writerows([code, link(page, code)] for code in codes)
    return written.getvalue()
