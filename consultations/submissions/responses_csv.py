"""Reading responses.csv, row by row: a row is taken whole or not at all."""

import codecs
import csv
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import BinaryIO, TextIO, TypeVar

from consultations.errors import ConsultationsError
from consultations.questionnaires import kinds
from consultations.questionnaires.answer import AnswerError, Answers, OutOfRangeError
from consultations.questionnaires.answers import check, complete
from consultations.questionnaires.logic import Logic
from consultations.questionnaires.structure import Questionnaire
from consultations.spreadsheets import harmless
from consultations.texts import in_language
from consultations.words import N_

CHANNELS = ("web", "paper", "assisted", "workshop", "panel", "import", "offline")
KINDS = ("individual", "organisation")

RESERVED = ("_language", "_channel", "_received_on", "_kind", "_weight")

LONGEST_LINE = 4 * 1024**2
"""Bytes."""

_Read = TypeVar("_Read")

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_SHOWN = 60


class ResponsesError(ConsultationsError):
    """The file cannot be read at all; the sentence names the file and the line."""


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
    logic: Logic | None = None,
) -> ResponsesFile:
    """Look through the whole of `stream` (seekable) once, then hand out its rows.

    With `logic`, what the conditions leave out is "-9" where nothing is written, and refused
    where something is.

    Raises `ResponsesError` for an unknown column (naming the nearest), a wrong encoding, broken
    quotes, a NUL or a field too large, before the first row is handed out.
    """
    header, total = _look_through(stream, name)
    reader = _RowReader(header, questionnaire, source_language, channel, logic)
    _check_header(header, reader.fields, name)
    rows = (reader.read(line, row) for line, row in _rows(stream, name) if line > 1)
    return ResponsesFile(header, total, rows)


def write_rejects(
    stream: TextIO,
    header: Sequence[str],
    rejects: Iterable[Reject],
    *,
    say: Callable[[ConsultationsError], str] = str,
) -> None:
    """Write line, column and reason before each original row; `say` puts the reason into words.

    The file is opened in a spreadsheet to be put right: what is a formula there is made harmless.
    """
    writer = csv.writer(stream)
    writer.writerow(["line", "column", "reason", *map(harmless, header)])
    for reject in rejects:
        cells = (reject.column, say(reject.reason), *reject.row)
        writer.writerow([reject.line, *map(harmless, cells)])


def _look_through(stream: BinaryIO, name: str) -> tuple[tuple[str, ...], int]:
    """The header and the number of rows below it."""
    rows = _rows(stream, name)
    _, header = next(rows, (0, []))
    if not any(header):
        raise ResponsesError(N_("%(file)s holds no header row."), file=name)
    return tuple(column.strip() for column in header), sum(1 for _ in rows)


def _rows(stream: BinaryIO, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line on which it begins."""
    stream.seek(0)
    reader = csv.reader(_lines(stream, name), strict=True)
    begins = 1
    try:
        for row in reader:
            if row:
                yield begins, row
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ResponsesError(
            N_(
                "%(file)s, line %(line)s: the row cannot be read: a quotation mark is missing or"
                " stands in the wrong place, or a field is too large."
            ),
            file=name,
            line=begins,
        ) from error


def _lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """Lines with their ends, as the csv module wants them; UTF-8, with or without its mark."""
    for number, raw in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), start=1):
        if len(raw) == LONGEST_LINE:
            raise ResponsesError(
                N_("%(file)s, line %(line)s: the line is too long."), file=name, line=number
            )
        if number == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ResponsesError(
                N_("%(file)s, line %(line)s: this is not UTF-8. Save the file as CSV UTF-8."),
                file=name,
                line=number,
            ) from error
        if "\0" in line:
            raise ResponsesError(
                N_("%(file)s, line %(line)s: a NUL character. Save the file as CSV UTF-8."),
                file=name,
                line=number,
            )
        yield line


def _check_header(header: Sequence[str], known: Iterable[str], name: str) -> None:
    if len(header) == 1 and re.search(r"[;\t]", header[0]):
        raise ResponsesError(N_("%(file)s: columns are to be separated by commas."), file=name)
    names, times = list(known), Counter(header)
    for position, column in enumerate(header, start=1):
        if not column:
            raise ResponsesError(
                N_("%(file)s: column %(position)s has no name."), file=name, position=position
            )
        if times[column] > 1:
            raise ResponsesError(
                N_("%(file)s: the column %(column)s stands there twice."),
                file=name,
                column=column[:_SHOWN],
            )
        if column not in names:
            raise ResponsesError(
                N_(
                    "%(file)s: the column %(column)s is neither a question nor reserved; the"
                    " nearest is %(nearest)s."
                ),
                file=name,
                column=column[:_SHOWN],
                nearest=get_close_matches(column[:_SHOWN], names, n=1, cutoff=0.0)[0],
            )


class _ColumnError(ConsultationsError):
    """What one of the reserved columns holds is wrong."""


class _RowReader:
    """Turns the rows of one file into responses."""

    def __init__(
        self,
        header: Sequence[str],
        questionnaire: Questionnaire,
        language: str,
        channel: str,
        logic: Logic | None,
    ) -> None:
        self.header, self.language, self.channel = header, language, channel
        self.questionnaire, self.logic = questionnaire, logic
        questions = questionnaire.questions
        self.several = {each.name for each in questions if kinds.KINDS[each.kind].several}
        self.asked = [each for each in questions if {*each.fields} & {*header}]
        self.in_header = {each.name for each in questions if each.name in header}
        beside = (name for each in questions for name in each.fields[1:])
        self.fields = [*(each.name for each in questions), *beside, *RESERVED]

    def read(self, line: int, row: list[str]) -> Response | Reject:
        if len(row) != len(self.header):
            reason = ConsultationsError(
                N_("This row has %(found)s fields instead of %(wanted)s."),
                found=len(row),
                wanted=len(self.header),
            )
            return Reject(line, "", reason, tuple(row))
        cells = dict(zip(self.header, row, strict=True))
        checked = check(self.asked, self._sent(cells), logic=self.logic, imported=True)
        for column in self.header:
            if column in checked.errors:
                return Reject(line, column, self._said(column, checked.errors[column]), tuple(row))
        try:
            return self._response(line, self._whole(checked.answers), cells)
        except _ColumnError as error:
            return Reject(line, str(error.values["column"]), error, tuple(row))

    def _said(self, column: str, error: AnswerError) -> ConsultationsError:
        """The error; where its question has words of its own for it, those."""
        question = self.questionnaire.by_name.get(column)
        if question is None or not question.message or not isinstance(error, OutOfRangeError):
            return error
        return AnswerError("%(said)s", said=in_language(question.message, self.language))

    def _whole(self, answers: Answers) -> Answers:
        """The answers with what nobody in this file, or not this person, was asked."""
        return complete(self.questionnaire, answers, self.in_header, logic=self.logic)

    def _sent(self, cells: Mapping[str, str]) -> dict[str, list[str]]:
        return {
            name: cell.split() if name in self.several else [cell]
            for name, cell in cells.items()
            if cell
        }

    def _response(self, line: int, answers: Answers, cells: Mapping[str, str]) -> Response:
        return Response(
            line=line,
            answers=answers,
            language=_reserved(cells, "_language", _language) or self.language,
            channel=_reserved(cells, "_channel", _one_of(CHANNELS)) or self.channel,
            received_on=_reserved(cells, "_received_on", _day),
            kind=_reserved(cells, "_kind", _one_of(KINDS)) or KINDS[0],
            weight=_reserved(cells, "_weight", _weight),
        )


def _reserved(cells: Mapping[str, str], column: str, read: Callable[[str], _Read]) -> _Read | None:
    cell = cells.get(column, "").strip()
    if not cell:
        return None
    try:
        return read(cell)
    except ValueError as error:
        raise _ColumnError(
            N_("“%(value)s” cannot stand in the column %(column)s."),
            value=cell[:_SHOWN],
            column=column,
        ) from error


def _language(cell: str) -> str:
    if not _TAG.fullmatch(cell):
        raise ValueError(cell)
    return cell


def _one_of(allowed: Sequence[str]) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(cell)
        return cell

    return read


def _day(cell: str) -> date:
    if len(cell) != len("2026-11-24"):
        raise ValueError(cell)
    return date.fromisoformat(cell)


def _weight(cell: str) -> float:
    weight = float(cell)
    if not (math.isfinite(weight) and weight > 0):
        raise ValueError(cell)
    return weight
