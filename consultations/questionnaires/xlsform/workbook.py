"""Reading the sheets of a form written in a spreadsheet, whoever made the file."""

import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice, zip_longest

import openpyxl
import xlrd
from openpyxl.utils.escape import unescape

from consultations.errors import ConsultationsError
from consultations.questionnaires.xlsform.columns import column, is_known
from consultations.questionnaires.xpath.notation import REFERENCE
from consultations.words import N_

LARGEST_FILE = 10 * 1024**2
LARGEST_UNPACKED = 40 * 1024**2
"""Bytes."""

MOST_ROWS = 10_000
MOST_COLUMNS = 300
LAST_ROW_LOOKED_AT = 100_000
"""Below it there may be empty rows with a border, a million of them."""

SHEETS = ("survey", "choices", "external_choices", "settings")

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

_Rows = dict[int, list[_Cell]]
"""The rows of a sheet that hold anything, by their number."""

NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


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


def _read_xlsx(content: bytes) -> dict[str, _Rows]:
    _refuse_bombs(content)
    found = _cells(content, values=False)
    if not any(formula for rows in found.values() for row in rows.values() for _, formula in row):
        return found
    values = _cells(content, values=True)
    return {
        title: {number: _valued(row, values[title].get(number, ())) for number, row in rows.items()}
        for title, rows in found.items()
    }


def _cells(content: bytes, *, values: bool) -> dict[str, _Rows]:
    """values: what formulas gave when they were last worked out, in place of the formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of validations and styles, which are not looked at
        workbook = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, keep_links=False, data_only=values
        )
        try:
            found = {}
            for title in _wanted(workbook.sheetnames):
                sheet = workbook[title]
                sheet.reset_dimensions()  # they are only what the file claims
                found[_standard(title)] = _filled(
                    ((_text(cell.value), cell.data_type == "f") for cell in row)
                    for row in sheet.iter_rows(max_row=LAST_ROW_LOOKED_AT, max_col=MOST_COLUMNS)
                )
            return found
        finally:
            workbook.close()


def _valued(row: Sequence[_Cell], values: Sequence[_Cell]) -> list[_Cell]:
    """A formula whose value is not in the file stays a formula."""
    pairs = zip_longest(row, values, fillvalue=("", False))
    return [value if cell[1] and value[0] else cell for cell, value in pairs]


def _read_xls(content: bytes) -> dict[str, _Rows]:
    workbook = xlrd.open_workbook(
        file_contents=content, logfile=io.StringIO(), on_demand=True, ragged_rows=True
    )
    found = {}
    for title in _wanted(workbook.sheet_names()):
        sheet = workbook.sheet_by_name(title)
        found[_standard(title)] = _filled(
            (
                (_text(_value_of_xls(cell, workbook.datemode)), False)
                for cell in sheet.row(row)[:MOST_COLUMNS]
            )
            for row in range(sheet.nrows)
        )
    return found


def _filled(rows: Iterable[Iterable[_Cell]]) -> _Rows:
    """The rows that hold anything, without the empty cells at their end."""
    numbered = ((number, _trimmed(row)) for number, row in enumerate(rows, start=1))
    found = ((number, cells) for number, cells in numbered if cells)
    return dict(islice(found, MOST_ROWS + 1))


def _trimmed(row: Iterable[_Cell]) -> list[_Cell]:
    cells = list(row)
    while cells and not cells[-1][0]:
        cells.pop()
    return cells


def _wanted(titles: Iterable[str]) -> Iterator[str]:
    """The first sheet of each name."""
    seen = set()
    for title in titles:
        if _standard(title) in SHEETS and _standard(title) not in seen:
            seen.add(_standard(title))
            yield title


def _standard(title: str) -> str:
    return "_".join(title.lower().split())


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return _clean(str(value))


def _clean(text: str) -> str:
    """Line ends and `${ name }` of one kind, only signs that are text, nothing empty around."""
    text = unescape(text).replace("\r\n", "\n").replace("\r", "\n")
    text = REFERENCE.sub(r"${\1}", text)
    return NOT_TEXT.sub("", text).strip().strip("\ufeff").strip()


def _value_of_xls(cell: xlrd.sheet.Cell, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return None
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _moment(cell.value, datemode)
    return cell.value


def _moment(number: float, datemode: int) -> object:
    """A day, a time of day (numbers below 1), or the number where it is no day of any calendar."""
    try:
        moment = xlrd.xldate_as_datetime(number, datemode)
    except (xlrd.XLDateError, OverflowError, ValueError):
        return number
    return moment.time() if number < 1 else moment


def _sheet(title: str, raw: _Rows, name: str) -> Sheet:
    if max(raw, default=0) > MOST_ROWS:
        raise XLSFormError(
            N_("%(file)s, sheet %(sheet)s: more than %(most)s rows."),
            file=name,
            sheet=title,
            most=MOST_ROWS,
        )
    header = [column(text, title) for text, _ in raw.get(1, ())]
    for twice in (each for each, times in Counter(header).items() if times > 1):
        if is_known(twice, title):
            raise XLSFormError(
                N_("%(file)s, sheet %(sheet)s: the column %(column)s stands there twice."),
                file=name,
                sheet=title,
                column=twice,
            )
    rows = (_row(number, header, cells) for number, cells in raw.items() if number > 1)
    named = tuple(dict.fromkeys(each for each in header if each))
    return Sheet(title, named, tuple(row for row in rows if row.cells))


def _row(number: int, header: Sequence[str], cells: Sequence[_Cell]) -> Row:
    named: dict[str, _Cell] = {}
    for name, cell in zip(header, cells, strict=False):
        if name and cell[0]:
            named.setdefault(name, cell)
    return Row(
        number,
        {name: text for name, (text, _) in named.items()},
        frozenset(name for name, (_, formula) in named.items() if formula),
    )
