"""The constraints of an XLSForm: a range, codes that are not numbers, and whatever else."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consultations.codebook import NON_RESPONSE

NUMBERS = ("integer", "decimal")
_WORDS = ("text", "long_text")

_NUMBER = r"(-?\d{1,18}(?:\.\d{1,18})?)"
_MEASURED = {
    **dict.fromkeys(NUMBERS, "."),
    **dict.fromkeys(("multiple", "ranking"), "count-selected(.)"),
    **dict.fromkeys(_WORDS, "string-length(.)"),
    "year": "format-date(., '%Y')",
}
"""Kind -> what is between its minimum and its maximum; words have a maximum only."""

_MIRRORED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "="}
_SPACED = re.compile(r"\s*([().,])\s*")
_CODE = re.compile(r"\.\s*=\s*['\"]?(-[4-9])['\"]?")
_ANYTHING = "true()"
_LONGEST = 1_000
_PIECE = re.compile(r"'[^']*'|\"[^\"]*\"|[()\[\]]|(?<![\w.-])(?:and|or)(?![\w.-])|.", re.DOTALL)


@dataclass(frozen=True)
class Limits:
    """What a value has to be.

    minimum, maximum: the smallest and largest allowed.
    non_response:     the non-response codes declared as not being numbers.
    constraint:       what a range does not say.
    """

    minimum: float | None = None
    maximum: float | None = None
    non_response: tuple[str, ...] = ()
    constraint: str = ""


def limits(constraint: str, kind: str) -> Limits:
    """Read `(. >= 0 and . <= 120 and COND) or . = -7` of a question of a kind.

    Of whole numbers, `. > 0` means at least 1.
    """
    if kind not in _MEASURED or len(constraint) > _LONGEST:
        return Limits(constraint=constraint)
    alternatives = _parts(_bare(constraint), "or")
    codes = _codes(alternatives) if kind in NUMBERS else ()
    rest = [part for part in alternatives if not (codes and _CODE.fullmatch(_bare(part)))]
    if not rest:
        return Limits(constraint=constraint)
    if len(rest) > 1:
        return Limits(non_response=codes, constraint=" or ".join(rest) if codes else constraint)
    found = _range(_bare(rest[0]), kind)
    return Limits(found.minimum, found.maximum, codes, found.constraint)


def written(limits: Limits, kind: str) -> str:
    """The constraint that `limits` reads back."""
    own = _MEASURED.get(kind, ".")
    parts = [f"{own} >= {_plain(limits.minimum)}"] if limits.minimum is not None else []
    parts += [f"{own} <= {_plain(limits.maximum)}"] if limits.maximum is not None else []
    if not limits.non_response and not parts:
        return limits.constraint
    parts += [f"({limits.constraint})"] if limits.constraint else []
    allowed = " and ".join(parts or [_ANYTHING])
    codes = [f". = {code}" for code in limits.non_response]
    return " or ".join([f"({allowed})", *codes]) if codes else allowed


def _plain(number: float) -> str:
    """Digits only: 0.000001, never 1e-06."""
    return f"{number:.18f}".rstrip("0").rstrip(".") if number % 1 else str(int(number))


def _codes(alternatives: Sequence[str]) -> tuple[str, ...]:
    found = {match[1] for part in alternatives if (match := _CODE.fullmatch(_bare(part)))}
    return tuple(code for code in NON_RESPONSE if code in found)


def _range(condition: str, kind: str) -> Limits:
    if condition == _ANYTHING:
        return Limits()
    parts = [*_conditions(condition, kind)]
    if not all(parts):
        return Limits(constraint=condition)
    compared = [_comparison(_bare(part), kind) for part in parts]
    if not any(compared):
        return Limits(constraint=condition)
    lows = [low for low, _ in filter(None, compared)]
    highs = [high for _, high in filter(None, compared)]
    rest = [part for part, found in zip(parts, compared, strict=True) if not found]
    return Limits(
        minimum=max(lows) if max(lows) > -math.inf else None,
        maximum=min(highs) if min(highs) < math.inf else None,
        constraint=_bare(rest[0]) if len(rest) == 1 else " and ".join(rest),
    )


def _conditions(condition: str, kind: str) -> Iterator[str]:
    """What has to be true together; parentheses are opened only for the comparisons in them."""
    parts = _parts(_bare(condition), "and")
    if len(parts) == 1:
        yield condition
        return
    for part in parts:
        inside = [*_conditions(part, kind)]
        compares = any(_comparison(_bare(each), kind) for each in inside)
        yield from inside if compares else [part]


def _comparison(part: str, kind: str) -> tuple[float, float] | None:
    """The smallest and the largest that one comparison allows; None where it is none."""
    own = re.escape(_SPACED.sub(r"\1", _MEASURED[kind]))
    part = part if kind in NUMBERS else _SPACED.sub(r"\1", part)
    sign, number = "", 0.0
    if match := re.fullmatch(rf"{own}\s*(>=|<=|>|<|=)\s*{_NUMBER}", part):
        sign, number = match[1], float(match[2])
    elif match := re.fullmatch(rf"{_NUMBER}\s*(>=|<=|>|<|=)\s*{own}", part):
        sign, number = _MIRRORED[match[2]], float(match[1])
    if not sign or (sign in "<>" and kind == "decimal") or (kind in _WORDS and sign[0] != "<"):
        return None
    low = math.floor(number) + 1 if sign == ">" else number
    high = math.ceil(number) - 1 if sign == "<" else number
    return (
        low if ">" in sign or sign == "=" else -math.inf,
        high if "<" in sign or sign == "=" else math.inf,
    )


def _bare(part: str) -> str:
    """Without spaces and parentheses around the whole."""
    part = part.strip()
    while part.startswith("(") and part.endswith(")") and _balanced(part[1:-1]):
        part = part[1:-1].strip()
    return part


def _balanced(part: str) -> bool:
    depth = 0
    for piece in _PIECE.findall(part):
        depth += (piece == "(") - (piece == ")")
        if depth < 0:
            return False
    return depth == 0


def _parts(condition: str, word: str) -> list[str]:
    """What stands between the `and` or `or` that are in no parentheses, quotes or brackets."""
    parts, depth = [""], 0
    for piece in _PIECE.findall(condition):
        depth += (piece in "([") - (piece in ")]")
        if piece == word and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]
