"""What the type of a survey row says: the kind of question, or why it is left out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from consultations.questionnaires.xlsform.left_out import UnsupportedError
from consultations.words import N_


@dataclass(frozen=True)
class RowType:
    """A type as written: `select_one colours or_other`.

    kind:       the kind of question; "range" is settled by its parameters.
    list_name:  the name of its choices.
    outside:    they are kept outside of the sheet `choices`.
    or_other:   "other, please specify" is to be added to them.
    constraint: what the type itself asks of a value.
    """

    kind: str
    list_name: str | None = None
    outside: bool = False
    or_other: bool = False
    constraint: str = ""


@dataclass(frozen=True)
class Edge:
    """A type that begins or ends a group; `kind` is group, repeat, score, …"""

    begins: bool
    kind: str


_EDGE = re.compile(
    r"(begin|end) (group|lgroup|repeat|loop|looped group|kobomatrix|score|rank)(?: over .+)?"
)
_REPEATED = {"lgroup": "repeat", "loop": "repeat", "looped group": "repeat"}
_SELECT = re.compile(
    r"(?:add |q )?select[ _]?(?P<how>one|1|multiple|all that apply)"
    r"(?P<outside>[ _](?:from[ _]file|external))?(?: prompt)?(?: from| using)?"
    r" (?P<list>\S+)(?P<other> or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
_RANK = re.compile(r"(?:odk:)?rank (?P<list>\S+)", re.IGNORECASE)
_AROUND = re.compile(r"^(?:q|add|get) | prompt$")

_KINDS = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "date time": "datetime",
    "note": "note",
    "acknowledge": "consent",
    "trigger": "consent",
    "calculate": "calculated",
    "hidden": "hidden",
    "range": "range",
    "file": "file",
    "image": "file",
    "photo": "file",
    "picture": "file",
    "audio": "file",
    "video": "file",
}
_CONSTRAINED = {
    "percentage": RowType("integer", constraint=". >= 0 and . <= 100"),
    "number of days in last month": RowType("integer", constraint=". >= 0 and . <= 31"),
    "number of days in last six months": RowType("integer", constraint=". >= 0 and . <= 183"),
    "number of days in last year": RowType("integer", constraint=". >= 0 and . <= 365"),
    "phone number": RowType("text", constraint="regex(., '^[0-9]*$')"),
}
_TRACES = [
    "start",
    "end",
    "today",
    "deviceid",
    "phonenumber",
    "simserial",
    "subscriberid",
    "username",
    "email",
    "audit",
    "imei",
]
_TRACES += [f"uri:{name}" for name in _TRACES]
_TRACES += ["start time", "end time", "device id", "sim id", "subscriber id", "get phone number"]
_PLACES = [
    "geopoint",
    "geotrace",
    "geoshape",
    "location",
    "gps",
    "start-geopoint",
    "background-geopoint",
    "osm",
]
_UNKNOWN = N_("the type “%(type)s” is not supported")
_REASONS: Mapping[str, str] = {
    **dict.fromkeys(_TRACES, N_("nothing is collected about the person or the device")),
    **dict.fromkeys(_PLACES, N_("places on a map are not collected")),
    "background-audio": N_("nothing is recorded while people answer"),
    "xml-external": N_("the list is in another file"),
    "csv-external": N_("the list is in another file"),
}


def edge(written: str) -> Edge | None:
    """What a type begins or ends, if it does."""
    match = _EDGE.fullmatch(_words(written))
    return Edge(match[1] == "begin", _REPEATED.get(match[2], match[2])) if match else None


def row_type(written: str) -> RowType:
    """The type of a question; raises `UnsupportedError`."""
    written = " ".join(written.split())
    if match := _SELECT.fullmatch(written):
        return RowType(
            "single" if match["how"].lower() in ("one", "1") else "multiple",
            match["list"],
            outside=bool(match["outside"]),
            or_other=bool(match["other"]),
        )
    if match := _RANK.fullmatch(written):
        return RowType("ranking", match["list"])
    words = _words(written)
    plain = _AROUND.sub("", words)
    if words in _REASONS or plain not in _KINDS | _CONSTRAINED:
        reason = _REASONS.get(words) or _REASONS.get(plain.split(" ")[0], _UNKNOWN)
        raise UnsupportedError("type", reason, type=written[:60])
    return _CONSTRAINED.get(plain) or RowType(_KINDS[plain])


def _words(written: str) -> str:
    return " ".join(written.lower().replace("_", " ").split())
