"""Reading responses.csv, row by row: a row is taken whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, TextIO

from consultations.errors import ConsultationsError
from consultations.questionnaires.answers import Answers
from consultations.questionnaires.structure import Questionnaire

RESERVED = ("_language", "_channel", "_received_on", "_kind", "_weight")


class ResponsesError(ConsultationsError):
    """The file cannot be read at all; the sentence names the line."""


@dataclass(frozen=True)
class Response:
    """One accepted row."""

    line: int
    answers: Answers
    language: str
    channel: str
    received_on: date | None
    kind: str
    weight: float | None


@dataclass(frozen=True)
class Reject:
    """One refused row: where it stands, which column, why, and the row as it was."""

    line: int
    column: str
    reason: ConsultationsError
    row: tuple[str, ...]


@dataclass(frozen=True)
class ResponsesFile:
    """A file whose form is in order; `rows` reads it, `total` rows long."""

    header: tuple[str, ...]
    total: int
    rows: Iterator[Response | Reject]


def open_responses(
    stream: BinaryIO,
    questionnaire: Questionnaire,
    *,
    name: str,
    source_language: str,
    channel: str = "import",
) -> ResponsesFile:
    """Look through the whole of `stream` (seekable) once, then hand out its rows.

    Raises `ResponsesError` for an unknown column (naming the nearest), a wrong encoding, broken
    quotes, a NUL or a field too large, before the first row is handed out.
    """
    raise NotImplementedError


def write_rejects(
    stream: TextIO,
    header: Sequence[str],
    rejects: Iterable[Reject],
    *,
    say: Callable[[ConsultationsError], str] = str,
) -> None:
    """Write line, column and reason before each original row; `say` puts the reason into words."""
    raise NotImplementedError
