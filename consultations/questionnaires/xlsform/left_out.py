"""What of a form cannot be used, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from consultations.questionnaires.xlsform.workbook import Row
from consultations.words import N_


@dataclass(frozen=True)
class LeftOut:
    """A row that is not supported; `message` with `values` says why, `reason` in English."""

    sheet: str
    row: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The reason in English."""
        return self.message % self.values if self.values else self.message


class UnsupportedError(Exception):
    """A row asks for something that is not supported."""

    def __init__(self, column: str, message: str, **values: object) -> None:
        super().__init__(message)
        self.column, self.message, self.values = column, message, values

    def at(self, sheet: str, row: Row) -> LeftOut:
        """As a row of the list of what was left out."""
        return LeftOut(sheet, row.number, self.column, self.message, self.values)


def refuse_formulas(row: Row) -> None:
    """A formula whose value is not in the file has to be pasted as a value."""
    for column in row.formulas:
        raise UnsupportedError(column, N_("a formula, not words: paste its value instead"))
