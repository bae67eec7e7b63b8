"""A workbook of texts, which no program takes for formulas."""

import io
import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.workbook.child import _WorkbookChild

from consultations.questionnaires.xlsform.workbook import NOT_TEXT, XLSFormError
from consultations.words import N_

LONGEST_CELL = 32_767
"""Characters."""

_ESCAPE = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
"""What a cell would show as one sign."""


def workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """An .xlsx workbook of these sheets, their first rows the headers.

    Every cell is text, whatever it begins with: no program takes it for a formula. Raises
    `XLSFormError` for a text that no cell can hold.
    """
    cleaned = {title: [[_text(cell) for cell in row] for row in rows]
               for title, rows in sheets.items()}  # fmt: skip
    book = Workbook(write_only=True)
    for title, rows in cleaned.items():
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for row in rows:
            sheet.append([_cell(sheet, text) if text else None for text in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _text(text: str) -> str:
    text = _ESCAPE.sub("_x005F_x", NOT_TEXT.sub("", text).replace("\r", "\n"))
    if len(text) > LONGEST_CELL:
        raise XLSFormError(
            N_("A cell of a workbook holds %(longest)s characters at most."), longest=LONGEST_CELL
        )
    return text


def _cell(sheet: _WorkbookChild, text: str) -> Cell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell
