"""The simple constraints of an XLSForm: a range, and codes that are not numbers."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from consultations.codebook import NON_RESPONSE

_COMPARISON = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d{1,15}(?:\.\d{1,9})?)")
_LONGEST = 200
_CODE = re.compile(r"\.\s*=\s*'?(-[4-9])'?")


@dataclass(frozen=True)
class Bounds:
    """The smallest and largest number allowed, and the non-response codes declared."""

    minimum: float | None = None
    maximum: float | None = None
    non_response: tuple[str, ...] = ()


def bounds(constraint: str, *, whole: bool) -> Bounds | None:
    """Read `. >= 0 and . <= 120 or . = -7`; None for what is not of this form.

    whole: of integers, for which `. > 0` means at least 1.
    """
    if len(constraint) > _LONGEST:
        return None
    alternatives = [_bare(part) for part in re.split(r"\bor\b", _bare(constraint))]
    codes = [match[1] for part in alternatives if (match := _CODE.fullmatch(part))]
    ranges = [part for part in alternatives if not _CODE.fullmatch(part)]
    if len(ranges) != 1:
        return None
    non_response = tuple(code for code in NON_RESPONSE if code in codes)
    return _range(map(_bare, re.split(r"\band\b", ranges[0])), non_response, whole=whole)


def _range(
    comparisons: Iterable[str], non_response: tuple[str, ...], *, whole: bool
) -> Bounds | None:
    lowest, highest = -math.inf, math.inf
    for comparison in comparisons:
        match = _COMPARISON.fullmatch(comparison)
        if not match or (len(match[1]) == 1 and not whole):
            return None
        number = float(match[2])
        if match[1].startswith(">"):
            lowest = max(lowest, math.floor(number) + 1 if match[1] == ">" else number)
        else:
            highest = min(highest, math.ceil(number) - 1 if match[1] == "<" else number)
    return Bounds(
        minimum=None if lowest == -math.inf else lowest,
        maximum=None if highest == math.inf else highest,
        non_response=non_response,
    )


def _bare(part: str) -> str:
    """Without spaces and parentheses around the whole."""
    part = part.strip()
    if part.startswith("(") and part.endswith(")") and _balanced(part[1:-1]):
        return _bare(part[1:-1])
    return part


def _balanced(part: str) -> bool:
    depth = 0
    for sign in part:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0
