"""Reading the sheets of a form written in a spreadsheet, whoever made the file."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

import openpyxl
import xlrd

from consultations.errors import ConsultationsError
from consultations.words import N_

LARGEST_FILE = 10 * 1024**2
LARGEST_UNPACKED = 40 * 1024**2
"""Bytes."""

MOST_ROWS = 10_000
MOST_COLUMNS = 300

SHEETS = ("survey", "choices", "settings")

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"


class XLSFormError(ConsultationsError):
    """The file cannot be read as an XLSForm; the sentence names the file and the place."""


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet, its texts by column, the columns that hold a formula."""

    number: int
    cells: Mapping[str, str]
    formulas: frozenset[str] = frozenset()

    def text(self, column: str) -> str:
        """What stands in the column, "" where nothing does."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A sheet with its header row and the rows below that hold anything."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


_Cell = tuple[str, bool]
"""Its text, and whether it is a formula."""


def read_sheets(content: bytes, *, name: str) -> dict[str, Sheet]:
    """The sheets among `SHEETS` that the workbook `content` of the file `name` has.

    Raises `XLSFormError` for anything that is not a readable workbook of reasonable size.
    """
    if len(content) > LARGEST_FILE:
        raise XLSFormError(N_("%(file)s is too large for a questionnaire."), file=name)
    if content.startswith(_ZIP):
        read = _read_xlsx
    elif content.startswith(_OLE):
        read = _read_xls
    else:
        raise XLSFormError(N_("%(file)s is not an .xlsx or .xls workbook."), file=name)
    try:
        raw = read(content)
    except _BombError as error:
        raise XLSFormError(
            N_("%(file)s unpacks to more than a questionnaire needs."), file=name
        ) from error
    except Exception as error:  # the readers raise whatever a broken file leads them to
        raise XLSFormError(
            N_("%(file)s cannot be read: the workbook is damaged, or locked by a password."),
            file=name,
        ) from error
    return {title: _sheet(title, rows, name) for title, rows in raw.items()}


class _BombError(Exception):
    """A small file that unpacks to a large one."""


def _refuse_bombs(content: bytes) -> None:
    """Sizes as declared are sizes to be trusted: zipfile reads no more than it declares."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_UNPACKED:
            raise _BombError


def _read_xlsx(content: bytes) -> dict[str, list[list[_Cell]]]:
    _refuse_bombs(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of validations and styles, which are not looked at
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            found = {}
            for title in _wanted(workbook.sheetnames):
                sheet = workbook[title]
                sheet.reset_dimensions()  # they are only what the file claims
                cells = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
                found[title.strip().lower()] = [
                    _trimmed((_text(cell.value), cell.data_type == "f") for cell in row)
                    for row in cells
                ]
            return found
        finally:
            workbook.close()


def _read_xls(content: bytes) -> dict[str, list[list[_Cell]]]:
    workbook = xlrd.open_workbook(
        file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True
    )
    found = {}
    for title in _wanted(workbook.sheet_names()):
        sheet = workbook.sheet_by_name(title)
        found[title.strip().lower()] = [
            [(_text_of_xls(cell), False) for cell in sheet.row(number)[:MOST_COLUMNS]]
            for number in range(min(sheet.nrows, MOST_ROWS + 1))
        ]
    return found


def _trimmed(row: Iterable[_Cell]) -> list[_Cell]:
    """Without the empty cells at its end, with which a row may be padded."""
    cells = list(row)
    while cells and not cells[-1][0]:
        cells.pop()
    return cells


def _wanted(titles: Iterable[str]) -> Iterator[str]:
    return (title for title in titles if title.strip().lower() in SHEETS)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).strip()


def _text_of_xls(cell: xlrd.sheet.Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ""
    return _text(bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value)


def _sheet(title: str, raw: Sequence[Sequence[_Cell]], name: str) -> Sheet:
    if len(raw) > MOST_ROWS:
        raise XLSFormError(
            N_("%(file)s, sheet %(sheet)s: more than %(most)s rows."),
            file=name,
            sheet=title,
            most=MOST_ROWS,
        )
    header = tuple(_column(text) for text, _ in raw[0]) if raw else ()
    named = [column for column in header if column]
    for column in named:
        if named.count(column) > 1:
            raise XLSFormError(
                N_("%(file)s, sheet %(sheet)s: the column %(column)s stands there twice."),
                file=name,
                sheet=title,
                column=column,
            )
    rows = (_row(number, header, cells) for number, cells in enumerate(raw[1:], start=2))
    return Sheet(title, tuple(named), tuple(row for row in rows if row.cells))


def _row(number: int, header: Sequence[str], cells: Sequence[_Cell]) -> Row:
    named = [
        (column, cell) for column, cell in zip(header, cells, strict=False) if column and cell[0]
    ]
    return Row(
        number,
        {column: text for column, (text, _) in named},
        frozenset(column for column, (_, formula) in named if formula),
    )


def _column(text: str) -> str:
    """`Label : English (en)` is `label::English (en)`, `List Name` is `list_name`."""
    part, colon, language = re.sub(r"\s*::?\s*", "::", text, count=1).partition("::")
    return "_".join(part.lower().split()) + colon + language
