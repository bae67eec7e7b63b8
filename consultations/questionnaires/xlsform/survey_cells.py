"""What single cells of an XLSForm say: names, yes or no, expressions, parameters."""

import re
from collections.abc import Iterable

from consultations.questionnaires.xlsform.left_out import LeftOut, UnsupportedError
from consultations.questionnaires.xlsform.workbook import Row
from consultations.words import N_

NAME = re.compile(r"(?:[^\W\d_]|_(?=[0-9A-Z]))[\w.-]{0,199}")
"""Names that begin with _ and a small letter are our own."""

_MEDIA = ("image", "big-image", "video")
_ANSWERS = {"yes": True, "true": True, "true()": True, "1": True, "y": True}
_ANSWERS |= {"no": False, "false": False, "false()": False, "0": False, "": False, "n": False}
_BENT = str.maketrans("‘’“”\u00a0", "''\"\" ")
_LITERAL = re.compile(r"('[^']*'|\"[^\"]*\")")


def word(row: Row, column: str, pattern: re.Pattern[str]) -> str:
    """A name; raises `UnsupportedError` for what is none."""
    written = row.text(column)
    if not pattern.fullmatch(written):
        raise UnsupportedError(
            column,
            N_("“%(word)s” is not a name: letters, digits and _ . - only, a letter first"),
            word=written[:60],
        )
    return written


def yes(row: Row, column: str) -> bool:
    """Whether the cell says yes; raises `UnsupportedError` for what is neither yes nor no."""
    answer = _ANSWERS.get(row.text(column).lower())
    if answer is None:
        raise UnsupportedError(column, N_("only yes or no is supported"))
    return answer


def said_yes(row: Row, column: str) -> bool:
    """Whether the cell says yes; anything else is not yes."""
    return _ANSWERS.get(row.text(column).lower(), False)


def expression_in(row: Row, column: str) -> str:
    """An expression, with the quotes that word processors bend made straight."""
    written = row.text(column)
    outside = "".join(_LITERAL.split(written)[::2])
    return written.translate(_BENT).strip() if outside != outside.translate(_BENT) else written


def parameters(row: Row) -> dict[str, str]:
    """`start=0 end = 10; step=2` by name."""
    pairs = re.findall(r"([\w-]+)\s*=\s*([^\s;,=]+)", row.text("parameters"))
    return {name.lower(): value for name, value in pairs}


def chosen_one_of(name: str, codes: Iterable[str]) -> str:
    """The condition under which words are written beside one of the choices."""
    return " or ".join(f"selected(${{{name}}}, '{code}')" for code in codes)


def note_what_is_missing(row: Row, sheet: str, left_out: list[LeftOut]) -> None:
    """Add to `left_out` what a row asks for beside its words, where the row stays without it."""
    for column in row.cells:
        if column.partition("::")[0] in _MEDIA:
            left_out.append(LeftOut(sheet, row.number, column, _NO_PICTURES))
    if row.text("required").lower() not in _ANSWERS:
        left_out.append(LeftOut(sheet, row.number, "required", _NEVER_REQUIRED))


_NO_PICTURES = N_("pictures and films are not shown; the words stay")
_NEVER_REQUIRED = N_("required only under a condition: it is asked, and may be left empty")
