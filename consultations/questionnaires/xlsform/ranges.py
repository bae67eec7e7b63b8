"""The type `range` of an XLSForm: a scale where it has few points, and else a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from consultations.codebook import NON_RESPONSE
from consultations.questionnaires.structure import Choice
from consultations.questionnaires.xlsform.choice_rows import ChoiceLists
from consultations.questionnaires.xlsform.left_out import UnsupportedError
from consultations.words import N_

MOST_POINTS = 11
_USUAL = {"start": "1", "end": "10", "step": "1"}


@dataclass(frozen=True)
class Range:
    """What a range is asked as."""

    kind: str
    choices: tuple[Choice, ...]
    list_name: str | None
    constraint: str


def range_of(
    parameters: Mapping[str, str], lists: ChoiceLists, language: str, constraint: str
) -> Range:
    """The range from `start` to `end` by `step`, its points labelled where `tick_labelset` says so.

    language: of the digits that label the other points. Raises `UnsupportedError`.
    """
    start, end, step = (_number(parameters, name) for name in _USUAL)
    if step == 0 or start == end:
        raise UnsupportedError("parameters", N_("this is not a range"))
    step = abs(step) if end > start else -abs(step)
    count = (end - start) / step
    codes = [_plain(start + step * place) for place in range(min(int(count), MOST_POINTS) + 1)]
    if count == int(count) and len(codes) <= MOST_POINTS and not set(codes) & set(NON_RESPONSE):
        labelled = parameters.get("tick_labelset", "")
        labels = {each.code: each.label for each in lists.get(labelled, ())}
        choices = tuple(Choice(code, labels.get(code, {language: code})) for code in codes)
        words = [_plain(start), _plain(end), _plain(step), labelled]
        return Range("scale", choices, "_".join(["range", *filter(None, words)]), constraint)
    return _as_number(start, end, step, constraint)


def _as_number(start: Decimal, end: Decimal, step: Decimal, constraint: str) -> Range:
    whole = all(number == int(number) for number in (start, end, step))
    parts = [f". >= {_plain(min(start, end))}", f". <= {_plain(max(start, end))}"]
    if abs(step) != 1 and whole:
        parts.append(f"(. - {_plain(start)}) mod {_plain(abs(step))} = 0")
    parts += [f"({constraint})"] if constraint else []
    return Range("integer" if whole else "decimal", (), None, " and ".join(parts))


def _number(parameters: Mapping[str, str], name: str) -> Decimal:
    written = parameters.get(name, _USUAL[name])
    try:
        number = Decimal(written)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 10**12 or number.as_tuple().exponent < -9:  # type: ignore[operator]
        raise UnsupportedError("parameters", N_("“%(word)s” is not a number"), word=written[:60])
    return number


def _plain(number: Decimal) -> str:
    """Without an exponent, and without zeros at the end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
