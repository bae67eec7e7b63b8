"""Workbooks written down as small tables."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook

Table = str
"""A line for each row, `|` between cells; "\\n" stands for a line end in a cell."""


@dataclass(frozen=True)
class Form:
    """A workbook and what has to come out of it.

    asks:     "name:kind" of every question, in order.
    left_out: "sheet row column" of every row that cannot be used.
    has:      question -> what its attributes are.
    sections: section -> what its attributes are.
    languages: the tags, the default first.
    """

    title: str
    survey: Table
    asks: str
    choices: Table = ""
    settings: Table = ""
    external_choices: Table = ""
    left_out: tuple[str, ...] = ()
    has: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    sections: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    languages: str = "en"

    def content(self) -> bytes:
        """The .xlsx file."""
        titles = ("survey", "choices", "settings", "external_choices")
        return workbook({title: cells(getattr(self, title)) for title in titles})


def cells(table: Table) -> list[list[str]]:
    """The rows of a table."""
    return [
        [cell.strip().replace("\\n", "\n") for cell in line.split("|")]
        for line in table.strip().splitlines()
    ]


def workbook(sheets: Mapping[str, list[list[Any]]]) -> bytes:
    """An .xlsx file of the sheets that have any row."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        if rows:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append([None if cell == "" else cell for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


YES_NO = """
list_name | name | label
yn        | yes  | Yes
yn        | no   | No
"""
