"""Texts in files that spreadsheets open."""

import re

_FORMULA = re.compile(r"[=+@\t\r\n]|-(?!\d*$)")
"""How a text begins that a spreadsheet takes for a formula: OWASP, CSV Injection. A code of
non-response such as -9 is a number to it."""

_MARK = "'"


def harmless(text: str) -> str:
    """`text`, with an apostrophe before what would be worked out instead of shown."""
    return _MARK + text if _FORMULA.match(text) else text
