"""Reading an XLSForm (survey, choices, settings) into a questionnaire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consultations.questionnaires.form_languages import Languages, languages_of
from consultations.questionnaires.structure import Question, Questionnaire, Section
from consultations.questionnaires.survey_rows import (
    ChoiceLists,
    LeftOut,
    UnsupportedError,
    choice_lists,
    question_of,
    refuse_formulas,
)
from consultations.questionnaires.workbook import Row, Sheet, XLSFormError, read_sheets
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
    choices = sheets.get("choices") or Sheet("choices", (), ())
    if choices.rows:
        _required(sheets, "choices", ("list_name", "name"), name)
    settings = _settings(sheets)
    languages = languages_of(
        sheets.values(),
        default=_default_language(settings),
        source_language=source_language,
        name=name,
    )
    left_out: list[LeftOut] = []
    lists = choice_lists(choices, languages, left_out, name=name)
    survey_reading = _Survey(languages, lists, left_out, name)
    for row in survey.rows:
        survey_reading.take(row)
    survey_reading.finish()
    if strict and left_out:
        raise _refused(left_out, name)
    questionnaire = Questionnaire(
        title=languages.texts(settings, "form_title"),
        languages=languages.tags,
        default_language=languages.default,
        questions=tuple(survey_reading.questions),
        sections=survey_reading.used_sections(),
    )
    return Reading(questionnaire, tuple(left_out))


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


def _default_language(settings: Row) -> str:
    language = settings.text("default_language")
    return "" if language.lower() == "default" else language


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


class _Survey:
    """Goes down the survey sheet, knowing which groups are open."""

    def __init__(
        self, languages: Languages, lists: ChoiceLists, left_out: list[LeftOut], file: str
    ) -> None:
        self.languages, self.lists, self.left_out, self.file = languages, lists, left_out, file
        self.questions: list[Question] = []
        self.sections: list[Section] = []
        self.open: list[_OpenGroup] = []
        self.taken: dict[str, int] = {}
        self.feeding: dict[str, str] = {}

    def take(self, row: Row) -> None:
        kind = row.text("type").lower().replace("begin ", "begin_").replace("end ", "end_")
        if kind in ("begin_group", "begin_repeat"):
            self._begin(kind.removeprefix("begin_"), row)
        elif kind in ("end_group", "end_repeat"):
            self._end(kind.removeprefix("end_"), row)
        else:
            self._question(row)

    def finish(self) -> None:
        if self.open:
            raise self._broken(
                self.open[-1].row,
                N_("%(file)s, sheet %(sheet)s, row %(row)s: this group is not ended."),
            )
        if not self.questions:
            raise XLSFormError(N_("%(file)s holds no question that can be asked."), file=self.file)

    def used_sections(self) -> tuple[Section, ...]:
        used = {question.section for question in self.questions}
        named = {section.name: section for section in self.sections if section.name in used}
        return tuple(named.values())

    def _begin(self, kind: str, row: Row) -> None:
        inside = bool(self.open) and self.open[-1].left_out
        self.open.append(_OpenGroup(kind, row.text("name"), row, left_out=True))
        try:
            if inside:
                raise UnsupportedError("type", N_("inside a group that is left out"))
            if kind == "repeat":
                raise UnsupportedError("type", N_("repeated groups are not supported"))
            if row.text("relevant"):
                raise UnsupportedError("relevant", N_("conditions are not supported"))
            refuse_formulas(row)
        except UnsupportedError as reason:
            self.left_out.append(reason.at("survey", row))
        else:
            self.open[-1].left_out = False
            self.sections.append(Section(row.text("name"), self.languages.texts(row, "label")))

    def _end(self, kind: str, row: Row) -> None:
        if not self.open or self.open[-1].kind != kind:
            raise self._broken(
                row, N_("%(file)s, sheet %(sheet)s, row %(row)s: what ends here was not begun.")
            )
        self.open.pop()

    def _question(self, row: Row) -> None:
        section = self.open[-1].name if self.open else None
        try:
            if self.open and self.open[-1].left_out:
                raise UnsupportedError("type", N_("inside a group that is left out"))
            question = question_of(row, self.languages, self.lists, section)
        except UnsupportedError as reason:
            self.left_out.append(reason.at("survey", row))
            return
        self._refuse_double(question, row)
        self.questions.append(question)

    def _refuse_double(self, question: Question, row: Row) -> None:
        for field in question.fields:
            if field in self.taken:
                raise self._broken(
                    row,
                    N_(
                        "%(file)s, sheet %(sheet)s, row %(row)s: the name %(field)s is taken"
                        " already by row %(other)s."
                    ),
                    field=field,
                    other=self.taken[field],
                )
            self.taken[field] = row.number
        if question.dimension:
            if question.dimension in self.feeding:
                raise self._broken(
                    row,
                    N_(
                        "%(file)s, sheet %(sheet)s, row %(row)s: the dimension %(dimension)s is"
                        " fed already by %(other)s."
                    ),
                    dimension=question.dimension,
                    other=self.feeding[question.dimension],
                )
            self.feeding[question.dimension] = question.name

    def _broken(self, row: Row, sentence: str, **values: object) -> XLSFormError:
        return XLSFormError(
            sentence,
            file=self.file,
            sheet="survey",
            row=row.number,
            **values,
        )


@dataclass
class _OpenGroup:
    kind: str
    name: str
    row: Row
    left_out: bool
