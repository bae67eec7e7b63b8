"""The numbers of a report's page and of its CSV, read by somebody who shares no code with them."""

import csv
import io
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

NUMBER = re.compile(r"\d(?:[\d,.]|(?<=\d)[\u00a0\u202f](?=\d{3}))*\d|\d")
SPOKEN = ("title", "alt", "aria-label", "data-label", "content", "summary", "value")
SILENT = ("style", "script", "code")


def tables_of_page(page: str, decimal: str = ".") -> dict[str, list[tuple]]:
    """Table -> its rows: (base, answered, ((count, percent), …)); none where it is withheld."""
    found = {}
    for section in _soup(page).select("section.table[id]"):
        rows = [
            _row([_told(cell, decimal) for cell in row.select("td")])
            for row in section.select("tbody tr")
        ]
        found[str(section["id"])] = rows
    return found


def _row(cells: list[list[float]]) -> tuple:
    *told, base, answered = cells
    pairs = tuple((cell[0], cell[1] if cell[1:] else None) if cell else (None, None)
                  for cell in told)  # fmt: skip
    return _alone(base), _alone(answered), pairs


def _alone(cell: list[float]) -> float | None:
    return cell[0] if cell else None


def _told(cell: Tag, decimal: str) -> list[float]:
    return [value for part in cell.select("bdi") for value in numbers_in(part.get_text(), decimal)]


def tables_of_report(report: dict) -> dict[str, list[tuple]]:
    """The same of report.json."""
    return {
        table["id"]: [
            (
                group["base"],
                group["answered"],
                tuple(
                    (cell["count"], cell["percent"])
                    for category in table["categories"]
                    for cell in table["cells"]
                    if (cell["group"], cell["category"]) == (group["codes"], category["code"])
                ),
            )
            for group in table["groups"]
        ]
        for table in report["tables"]
    }


def tables_of_csv(text: str) -> set[tuple]:
    """Every line of the CSV: table, group, category, count, percent, base, answered."""
    header, *rows = csv.reader(io.StringIO(text))
    assert header == ["table", "by", "group", "category", "count", "percent", "base", "answered"]
    return {
        (of, group, category, *(float(each) if each else None for each in told))
        for of, _, group, category, *told in rows
    }


def lines_of_report(report: dict) -> set[tuple]:
    """The same of report.json."""
    return {
        (table["id"], " ".join(cell["group"]), cell["category"], cell["count"], cell["percent"],
         group["base"], group["answered"])
        for table in report["tables"]
        for cell in table["cells"]
        for group in table["groups"]
        if group["codes"] == cell["group"]
    }  # fmt: skip


def spoken_numbers(page: str, within: str = "main", decimal: str = ".") -> set[float]:
    """Every number that is written anywhere in a part of the page, in texts and attributes."""
    found: set[float] = set()
    for part in _soup(page).select(within):
        for text in part.find_all(string=True):
            if "hash" not in (text.parent.get("class") or ()):
                found |= set(numbers_in(text, decimal))
        for element in [part, *part.find_all(True)]:
            for name in SPOKEN:
                found |= set(numbers_in(str(element.get(name, "")), decimal))
    return found


def numbers_of_report(part: object) -> Iterator[float]:
    """Every number of report.json, those in its texts as well."""
    if isinstance(part, dict):
        for name, each in part.items():
            yield from numbers_of_report(name)
            yield from numbers_of_report(each)
    elif isinstance(part, list):
        for each in part:
            yield from numbers_of_report(each)
    elif isinstance(part, str):
        yield from numbers_in(part, ".")
    elif isinstance(part, int | float):
        yield abs(part)


def numbers_in(text: str, decimal: str) -> Iterator[float]:
    """The numbers of a text without their signs."""
    for found in NUMBER.findall(text):
        plain = re.sub(r"[\u00a0\u202f]" if decimal == "." else r"[.\u00a0\u202f]", "", found)
        plain = plain.replace(",", "" if decimal == "." else ".")
        for each in [plain] if plain.count(".") < 2 else plain.split("."):
            yield float(each)


def _soup(page: str) -> BeautifulSoup:
    soup = BeautifulSoup(page, "html.parser")
    for each in soup(SILENT):
        each.decompose()
    return soup
