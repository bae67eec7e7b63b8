"""Reading an XLSForm (survey, choices, settings) into a questionnaire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultations.questionnaires.logic import LogicError, logic_of
from consultations.questionnaires.structure import Question, Questionnaire, Section
from consultations.questionnaires.xlsform.choice_rows import ChoiceLists, choice_lists
from consultations.questionnaires.xlsform.dangling import standing
from consultations.questionnaires.xlsform.form_languages import Languages, languages_of
from consultations.questionnaires.xlsform.left_out import LeftOut
from consultations.questionnaires.xlsform.survey_cells import said_yes
from consultations.questionnaires.xlsform.survey_sheet import Survey
from consultations.questionnaires.xlsform.tables import with_tables
from consultations.questionnaires.xlsform.workbook import Row, Sheet, XLSFormError, read_sheets
from consultations.words import N_

__all__ = ["LeftOut", "Reading", "XLSFormError", "read"]


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
    sheets = read_sheets(content, name=name)
    survey = _required(sheets, "survey", ("type", "name"), name)
    settings = _settings(sheets)
    left_out: list[LeftOut] = []
    languages = languages_of(
        sheets.values(), settings, left_out, source_language=source_language, name=name
    )
    lists = _lists(sheets, languages, settings, left_out, name)
    reading = Survey(languages, lists, left_out, name)
    for row in survey.rows:
        reading.take(row)
    questionnaire = _questionnaire(reading, languages, settings, left_out, name)
    if strict and left_out:
        raise _refused(left_out, name)
    return Reading(questionnaire, tuple(sorted(left_out, key=_place)))


def _questionnaire(
    survey: Survey, languages: Languages, settings: Row, left_out: list[LeftOut], name: str
) -> Questionnaire:
    entries = standing(survey.finished(), survey.named, left_out)
    kept = [entry.what for entry in entries]
    questions = [each for each in kept if isinstance(each, Question)]
    if not questions:
        raise XLSFormError(N_("%(file)s holds no question that can be asked."), file=name)
    sections = _used([each for each in kept if isinstance(each, Section)], questions)
    questionnaire = Questionnaire(
        title=languages.texts(settings, "form_title"),
        languages=languages.tags,
        default_language=languages.default,
        questions=tuple(questions),
        sections=with_tables(sections, questions, survey.tables),
        random_provisions=said_yes(settings, "random_provisions"),
    )
    try:
        logic_of(questionnaire)
    except LogicError as error:
        raise XLSFormError("%(file)s: %(reason)s", file=name, reason=str(error)) from error
    return questionnaire


def _required(sheets: Mapping[str, Sheet], title: str, columns: Sequence[str], name: str) -> Sheet:
    sheet = sheets.get(title)
    if sheet is None:
        raise XLSFormError(N_("%(file)s has no sheet named %(sheet)s."), file=name, sheet=title)
    for column in columns:
        if column not in sheet.header:
            raise XLSFormError(
                N_("%(file)s, sheet %(sheet)s: the column %(column)s is missing."),
                file=name,
                sheet=title,
                column=column,
            )
    return sheet


def _settings(sheets: Mapping[str, Sheet]) -> Row:
    sheet = sheets.get("settings")
    return sheet.rows[0] if sheet and sheet.rows else Row(2, {})


def _lists(
    sheets: Mapping[str, Sheet],
    languages: Languages,
    settings: Row,
    left_out: list[LeftOut],
    name: str,
) -> ChoiceLists:
    """The lists of both sheets of choices; one of the same name on `choices` comes first."""
    allow_twice = said_yes(settings, "allow_choice_duplicates")
    found: ChoiceLists = {}
    for title in ("external_choices", "choices"):
        if title in sheets and sheets[title].rows:
            sheet = _required(sheets, title, ("list_name", "name"), name)
            twice = allow_twice or title == "external_choices"
            lists = choice_lists(sheet, languages, left_out, name=name, allow_twice=twice)
            found = {**found, **lists}
    return found


def _used(sections: Sequence[Section], questions: Sequence[Question]) -> tuple[Section, ...]:
    """The sections in which a question stands, or a section in which one does."""
    within = {section.name: section.within for section in sections}
    used: set[str] = set()
    for question in questions:
        name = question.section
        while name and name not in used:
            used.add(name)
            name = within.get(name)
    return tuple(section for section in sections if section.name in used)


def _place(each: LeftOut) -> tuple[str, int]:
    return each.sheet, each.row


def _refused(left_out: Sequence[LeftOut], name: str) -> XLSFormError:
    first = left_out[0]
    return XLSFormError(
        N_(
            "%(file)s holds %(count)s rows that are not supported; the first: sheet %(sheet)s,"
            " row %(row)s, column %(column)s: %(reason)s."
        ),
        file=name,
        count=len(left_out),
        sheet=first.sheet,
        row=first.row,
        column=first.column,
        reason=first.reason,
    )
