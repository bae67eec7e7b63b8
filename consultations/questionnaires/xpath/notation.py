"""How an expression of an XLSForm is written, and the error that says what is wrong with it."""

import re
from typing import Any

from consultations.errors import ConsultationsError
from consultations.questionnaires.xpath.functions import FUNCTIONS

Tree = Any
"""A text, a number, or a list: what is done, then the trees with which it is done."""

REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
PIECES = re.compile(
    r"""(?P<literal>'(?:[^']|'')*'|"(?:[^"]|"")*")"""
    rf"""|{REFERENCE.pattern.replace("(", "(?P<name>", 1)}"""
    r"""|(?P<dollar>\$)"""
    r"""|(?<![\w.])(?P<function>(?:jr:)?[^\W\d][\w.-]*+)\s*+\("""
)
COUNTS = {  # of values that a function takes
    **{name: (function.least, function.most) for name, function in FUNCTIONS.items()},
    "if": (3, 3),
    "once": (1, 1),
    "regex": (2, 2),
    "choice-name": (2, 2),
    "random": (0, 0),
    "today": (0, 0),
    "now": (0, 0),
}


class LogicError(ConsultationsError):
    """An expression that cannot be used; `message` with `values` says why.

    question, column: where it stands, if that is known.
    """

    question: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = f"{self.question}, {self.column}: " if self.question else ""
        return place + super().__str__()


def is_expression(written: str) -> bool:
    """Whether a default is to be worked out: it names an answer or calls a function."""
    functions = (piece["function"] for piece in PIECES.finditer(written))
    return bool(REFERENCE.search(written)) or any(name in COUNTS for name in functions)
