"""The operators of XPath 1.0 and the functions of XLSForm, on plain values; none ever fails.

`static/logic.js` does the same in a browser, and a test compares the two.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from consultations.questionnaires.xpath.values import (
    LONGEST,
    NAN,
    Value,
    moment,
    number,
    part_of_day,
    text,
    truth,
    words,
)

_MOST = 1_000
_DIGITS = 30
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIGN = re.compile(r"%(.)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True)
class Function:
    """What takes between `least` and `most` values and gives one."""

    least: int
    most: int
    run: Callable[..., Value]


def _texts(run: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *values: run(*map(text, values))


def _numbers(run: Callable[..., Value]) -> Callable[..., Value]:
    return lambda *values: run(*map(number, values))


def _calculus(run: Callable[..., float]) -> Callable[..., Value]:
    """On finite numbers; NaN where the result is not defined, Infinity where it is too large."""

    def total(*values: Value) -> float:
        numbers = [number(value) for value in values]
        if not all(map(math.isfinite, numbers)):
            return NAN
        try:
            return float(run(*numbers))
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return total


def _equal(a: Value, b: Value) -> bool:
    """XPath 1.0, 3.4: compared as truths, else as numbers, else as texts."""
    if isinstance(a, bool) or isinstance(b, bool):
        return truth(a) == truth(b)
    if isinstance(a, float) or isinstance(b, float):
        return number(a) == number(b)
    return a == b


def _down(a: float) -> float:
    return math.floor(a) if math.isfinite(a) else a


def _ordered(run: Callable[[float, float], bool]) -> Callable[..., Value]:
    """Compared as numbers; a date and a time on some date by their days, as ODK does."""

    def ordered(a: Value, b: Value) -> bool:
        first, second = number(a), number(b)
        if isinstance(a, str) and isinstance(b, str) and (_DAY.fullmatch(a) or _DAY.fullmatch(b)):
            return run(_down(first), _down(second))
        return run(first, second)

    return ordered


def _divided(a: float, b: float) -> float:
    if b:
        return a / b
    sign = math.copysign(1, a) * math.copysign(1, b)
    return NAN if a == 0 or math.isnan(a) else sign * math.inf


def _remainder(a: float, b: float) -> float:
    return math.fmod(a, b) if math.isfinite(a) and b else NAN


def _whole(run: Callable[[float], int]) -> Callable[..., Value]:
    """Rounding that leaves NaN and infinity as they are."""
    return _numbers(lambda a: float(run(a)) if math.isfinite(a) else a)


def _nearest(a: float) -> float:
    below = math.floor(a)
    return float(below + 1 if a - below >= 0.5 else below)


def _rounded(a: float, digits: float = 0.0) -> float:
    """To so many digits as it is written, not as it is stored: 1.005 becomes 1.01."""
    if not abs(digits) <= _DIGITS:
        return NAN
    shifted = _shifted(a, int(digits)) if math.isfinite(a) else a
    return _shifted(_nearest(shifted), -int(digits)) if math.isfinite(shifted) else a


def _shifted(a: float, digits: int) -> float:
    return float(Decimal(repr(a)).scaleb(digits))


def _power(a: float, b: float) -> float:
    if a == 0 and b < 0:
        return math.inf
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 else math.inf


def _extreme(choose: Callable[[list[float]], float]) -> Callable[..., Value]:
    """Of the numbers among the values; NaN where there are none."""

    def extreme(*values: Value) -> float:
        numbers = [found for value in values if not math.isnan(found := number(value))]
        return choose(numbers) if numbers else NAN

    return extreme


def _slice(a: Value, start: Value, length: Value = math.inf) -> str:
    """XPath 1.0, 4.2, substring(): counted from 1, both numbers rounded."""
    first = _rounded(number(start))
    end = first + _rounded(number(length))
    return "".join(sign for at, sign in enumerate(text(a), 1) if first <= at < end)


def _substr(a: Value, start: Value, end: Value = math.inf) -> str:
    """ODK's substr(): counted from 0, up to `end`, negative ones from the back."""
    whole = text(a)
    first, last = (_place(number(each), len(whole)) for each in (start, end))
    return whole[first:last]


def _place(at: float, length: int) -> int:
    if math.isnan(at):
        return 0
    whole = int(max(-length, min(length, at)))
    return whole + length if whole < 0 else whole


def _before(a: str, b: str) -> str:
    return a.partition(b)[0] if b and b in a else ""


def _after(a: str, b: str) -> str:
    return a.partition(b)[2] if b else a


def _translated(a: str, old: str, new: str) -> str:
    signs = {sign: new[at : at + 1] for at, sign in reversed([*enumerate(old)])}
    return "".join(signs.get(sign, sign) for sign in a)


def _cut(joined: str) -> str:
    return joined[:LONGEST]


def _selected(listed: Value, code: Value) -> bool:
    wanted = text(code).strip(" \t\r\n")
    return wanted != "" and (wanted == text(listed) or wanted in words(listed))


def _word_at(listed: Value, at: Value) -> str:
    them, place = words(listed), number(at)
    return them[int(place)] if 0 <= place < len(them) else ""


def _first_filled(*values: Value) -> Value:
    return next((value for value in values if value != ""), "")


def _checklist(least: Value, most: Value, *checked: Value) -> bool:
    """A bound below 0 is none."""
    count, low, high = sum(truth(each) for each in checked), number(least), number(most)
    return (low < 0 or count >= low) and (high < 0 or count <= high)


def _weighted(least: Value, most: Value, *checked: Value) -> bool:
    pairs = zip(checked[::2], checked[1::2], strict=False)
    weight = sum(number(weight) for each, weight in pairs if truth(each))
    return number(least) <= weight <= number(most)


def _date(value: Value) -> str:
    return _formatted(value, "%Y-%m-%d")


def _date_time(value: Value) -> str:
    return _formatted(value, "%Y-%m-%dT%H:%M:%S")


def _formatted(value: Value, pattern: Value) -> str:
    at = moment(value)
    if at is None:
        return ""
    signs = {
        "Y": f"{at.year:04}", "y": f"{at.year % 100:02}", "m": f"{at.month:02}", "n": f"{at.month}",
        "b": _MONTHS[at.month - 1], "d": f"{at.day:02}", "e": f"{at.day}",
        "H": f"{at.hour:02}", "h": f"{at.hour}", "M": f"{at.minute:02}", "S": f"{at.second:02}",
        "3": f"{at.microsecond // 1000:03}", "a": _WEEKDAYS[at.weekday()], "%": "%",
    }  # fmt: skip
    return _SIGN.sub(lambda found: signs.get(found[1], found[0]), text(pattern))


def chance(key: str) -> float:
    """A number from 0 up to 1, the same for the same key (FNV-1a with MurmurHash3's finish)."""
    mixed = 0x811C9DC5
    for byte in key.encode():
        mixed = (mixed ^ byte) * 0x01000193 & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return (mixed ^ mixed >> 16) / 2**32


OPERATORS: Mapping[str, Callable[..., Value]] = {
    "=": _equal,
    "!=": lambda a, b: not _equal(a, b),
    "<": _ordered(lambda a, b: a < b),
    "<=": _ordered(lambda a, b: a <= b),
    ">": _ordered(lambda a, b: a > b),
    ">=": _ordered(lambda a, b: a >= b),
    "+": _numbers(lambda a, b: a + b),
    "-": _numbers(lambda a, b: a - b),
    "*": _numbers(lambda a, b: a * b),
    "div": _numbers(_divided),
    "mod": _numbers(_remainder),
    "negative": _numbers(lambda a: -a),
}

FUNCTIONS: Mapping[str, Function] = {
    # truths
    "true": Function(0, 0, lambda: True),
    "false": Function(0, 0, lambda: False),
    "not": Function(1, 1, lambda a: not truth(a)),
    "boolean": Function(1, 1, truth),
    "boolean-from-string": Function(1, 1, lambda a: text(a).lower() in ("1", "true")),
    "checklist": Function(3, _MOST, _checklist),
    "weighted-checklist": Function(4, _MOST, _weighted),
    # choices
    "selected": Function(2, 2, _selected),
    "selected-at": Function(2, 2, _word_at),
    "count-selected": Function(1, 1, lambda a: float(len(words(a)))),
    "coalesce": Function(2, _MOST, _first_filled),
    "count-non-empty": Function(1, _MOST, lambda *them: float(sum(each != "" for each in them))),
    # texts
    "string": Function(1, 1, text),
    "string-length": Function(1, 1, _texts(lambda a: float(len(a)))),
    "concat": Function(1, _MOST, _texts(lambda *them: _cut("".join(them)))),
    "join": Function(1, _MOST, _texts(lambda between, *them: _cut(between.join(them)))),
    "contains": Function(2, 2, _texts(lambda a, b: b in a)),
    "starts-with": Function(2, 2, _texts(lambda a, b: a.startswith(b))),
    "ends-with": Function(2, 2, _texts(lambda a, b: a.endswith(b))),
    "substr": Function(2, 3, _substr),
    "substring": Function(2, 3, _slice),
    "substring-before": Function(2, 2, _texts(_before)),
    "substring-after": Function(2, 2, _texts(_after)),
    "translate": Function(3, 3, _texts(_translated)),
    "normalize-space": Function(1, 1, lambda a: " ".join(words(a))),
    # numbers
    "number": Function(1, 1, number),
    "int": Function(1, 1, _whole(math.trunc)),
    "floor": Function(1, 1, _whole(math.floor)),
    "ceiling": Function(1, 1, _whole(math.ceil)),
    "round": Function(1, 2, _numbers(_rounded)),
    "abs": Function(1, 1, _numbers(abs)),
    "min": Function(1, _MOST, _extreme(min)),
    "max": Function(1, _MOST, _extreme(max)),
    "pow": Function(2, 2, _calculus(_power)),
    "sqrt": Function(1, 1, _calculus(math.sqrt)),
    "exp": Function(1, 1, _calculus(math.exp)),
    "exp10": Function(1, 1, _calculus(lambda a: _power(10.0, a))),
    "log": Function(1, 1, _calculus(math.log)),
    "log10": Function(1, 1, _calculus(math.log10)),
    "sin": Function(1, 1, _calculus(math.sin)),
    "cos": Function(1, 1, _calculus(math.cos)),
    "tan": Function(1, 1, _calculus(math.tan)),
    "asin": Function(1, 1, _calculus(math.asin)),
    "acos": Function(1, 1, _calculus(math.acos)),
    "atan": Function(1, 1, _calculus(math.atan)),
    "atan2": Function(2, 2, _calculus(math.atan2)),
    "pi": Function(0, 0, lambda: math.pi),
    # days
    "date": Function(1, 1, _date),
    "date-time": Function(1, 1, _date_time),
    "format-date": Function(2, 2, _formatted),
    "format-date-time": Function(2, 2, _formatted),
    "decimal-date-time": Function(1, 1, number),
    "decimal-time": Function(1, 1, _texts(part_of_day)),
}
