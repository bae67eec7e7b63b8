"""The kinds of question: how each is shown, read, stored and counted; one entry for each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from babel import Locale

from consultations.codebook import NOT_ASKED, SKIPPED
from consultations.questionnaires.answer import Answer, MissingError, Read
from consultations.questionnaires.structure import Question
from consultations.questionnaires.typed.choosing import (
    read_consent,
    read_ranking,
    read_several,
    read_single,
)
from consultations.questionnaires.typed.dates import (
    day_shown,
    read_date,
    read_datetime,
    read_time,
)
from consultations.questionnaires.typed.free_text import (
    read_long_text,
    read_text,
    refused,
)
from consultations.questionnaires.typed.numbers import decimal_shown, read_decimal, read_integer
from consultations.words import N_


@dataclass(frozen=True)
class Kind:
    """One kind of question.

    read:     from the values sent (never empty ones) to the answer; raises `AnswerError`.
    counted:  the kind it has in tables (single, multiple, scale, votes, ranking), if any.
    several:  whether the answer is a list of codes, and its form field may be repeated.
    on_page:  whether it stands on a page of the form: what is worked out, and files, do not.
    answered: whether people answer it at all.
    missing:  what to say when it must be answered and is not.
    shown:    how an answer without a choice's label reads in the language of a page.
    seconds:  how long it takes to answer, once it is read; words count by how few write any.
    """

    name: str
    read: Read
    seconds: int
    counted: str | None = None
    several: bool = False
    on_page: bool = True
    answered: bool = True
    missing: str = MissingError.message
    shown: Callable[[str, Locale], str] = lambda answer, _: answer

    @property
    def template(self) -> str:
        """The partial that shows it."""
        return f"questionnaires/kinds/{self.name}.html"


_NOTHING = N_("Nothing is asked here.")
_FILE = N_("Files are added on the page where you check your answers.")

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("single", read_single, 5, counted="single"),
        Kind("multiple", read_several, 10, counted="multiple", several=True),
        Kind("scale", read_single, 5, counted="scale"),
        Kind("vote", read_single, 4, counted="votes"),
        Kind("ranking", read_ranking, 20, counted="ranking", several=True),
        Kind("text", read_text, 15),
        Kind("long_text", read_long_text, 30),
        Kind("integer", read_integer, 8),
        Kind("decimal", read_decimal, 8, shown=decimal_shown),
        Kind("date", read_date, 12, shown=day_shown),
        Kind("time", read_time, 8),
        Kind("datetime", read_datetime, 15, shown=day_shown),
        Kind("file", refused(_FILE), 30, on_page=False, missing=N_("Please add a file.")),
        Kind("consent", read_consent, 5, missing=N_("Please tick the box to go on.")),
        Kind("note", refused(_NOTHING), 0, answered=False),
        Kind("calculated", read_text, 0, on_page=False, answered=False),
        Kind("hidden", read_text, 0, on_page=False, answered=False),
    )
}


def no_answer(question: Question, code: str) -> Answer | None:
    """How a question without an answer is stored: the code, or not at all (texts, numbers)."""
    kind = KINDS[question.kind]
    if kind.counted is None:
        return None
    return [code] if kind.several else code


def field_values(answer: Answer | None) -> list[str]:
    """What a form field has to hold to show `answer` again."""
    values = answer if isinstance(answer, list) else [] if answer is None else [answer]
    return [str(value) for value in values if value not in (SKIPPED, NOT_ASKED)]
