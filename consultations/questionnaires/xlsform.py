"""Reading an XLSForm (survey, choices, settings) into a questionnaire."""

from dataclasses import dataclass

from consultations.errors import ConsultationsError
from consultations.questionnaires.structure import Questionnaire


class XLSFormError(ConsultationsError):
    """The file cannot be read as an XLSForm; the sentence names the file and the place."""


@dataclass(frozen=True)
class LeftOut:
    """A row that is not supported: `message` and `values` are the reason, in English `reason`."""

    sheet: str
    row: int
    column: str
    message: str
    values: dict[str, object]

    @property
    def reason(self) -> str:
        """The reason in English."""
        return self.message % self.values if self.values else self.message


@dataclass(frozen=True)
class Reading:
    """What came out of a file."""

    questionnaire: Questionnaire
    left_out: tuple[LeftOut, ...]


def read(content: bytes, *, name: str, source_language: str, strict: bool = False) -> Reading:
    """Read the workbook `content` (.xlsx or .xls) of the file `name`.

    source_language: the language of a plain `label` column where the form names none.
    Raises `XLSFormError`; with `strict` also where a row had to be left out.
    """
    raise NotImplementedError
