"""An answer in words, to be put into another question's."""

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list

from consultations.questionnaires.answer import Answer
from consultations.questionnaires.structure import Question
from consultations.questionnaires.xpath.expressions import seen
from consultations.questionnaires.xpath.values import text
from consultations.texts import in_language


def spoken(question: Question, field: str, answer: Answer | None, language: str) -> str:
    """The answer in a field of `question` for a reader of `language`; "" for none.

    Choices are named by their labels, listed as the language lists things; a full date is written
    out; everything else stays as it is.
    """
    if seen(answer) == "" or answer is None:
        return ""
    if field != question.name or not question.choices:
        return _plain(question, text(seen(answer)), language)
    codes = answer if isinstance(answer, list) else [text(seen(answer))]
    return _listed([label(question, code, language) for code in codes], language)


def label(question: Question, code: str, language: str) -> str:
    """The label of the choice of that code; "" where there is none."""
    found = next((choice for choice in question.choices if choice.code == code), None)
    return in_language(found.label, language) if found else ""


def _plain(question: Question, written: str, language: str) -> str:
    if question.kind != "date":
        return written
    try:
        return format_date(date.fromisoformat(written), "long", locale=_locale(language))
    except ValueError:  # a month or a year alone
        return written


def _listed(labels: list[str], language: str) -> str:
    return format_list([each for each in labels if each], locale=_locale(language))


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
