"""Going down the survey sheet of an XLSForm, knowing which groups are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from consultations.questionnaires.structure import Question, Section
from consultations.questionnaires.xlsform.choice_rows import ChoiceLists
from consultations.questionnaires.xlsform.dangling import INSIDE, Entry
from consultations.questionnaires.xlsform.form_languages import Languages
from consultations.questionnaires.xlsform.left_out import LeftOut, UnsupportedError, refuse_formulas
from consultations.questionnaires.xlsform.row_types import edge, row_type
from consultations.questionnaires.xlsform.survey_cells import (
    NAME,
    chosen_one_of,
    expression_in,
    note_what_is_missing,
    parameters,
    said_yes,
)
from consultations.questionnaires.xlsform.survey_rows import question_of
from consultations.questionnaires.xlsform.workbook import Row, XLSFormError
from consultations.words import N_

_LEFT_OUT: Mapping[str, str] = {
    "repeat": N_("repeated groups are not supported"),
    "kobomatrix": N_("tables with several questions to a row are not supported"),
}


@dataclass
class _OpenGroup:
    """A group that has begun.

    section:  the section that its questions are in.
    left_out: they are not taken.
    rows_of:  the list of choices that all its rows share (Kobo's score).
    passed_over: its rows say nothing that its first row has not said (Kobo's rank).
    """

    kind: str
    row: Row
    section: str | None = None
    left_out: bool = False
    rows_of: str = ""
    passed_over: bool = False


@dataclass
class Survey:
    """Takes one row after the other.

    named:  the names of all rows that might be questions.
    tables: the sections that are laid out as tables.
    """

    languages: Languages
    lists: ChoiceLists
    left_out: list[LeftOut]
    file: str
    entries: list[Entry] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    _open: list[_OpenGroup] = field(default_factory=list)
    _sections: set[str] = field(default_factory=set)
    _taken: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    _beside: dict[str, str] = field(default_factory=dict)
    _feeding: dict[str, Question] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """Take the next row; raises `XLSFormError` where the sheet as a whole is broken."""
        if said_yes(row, "disabled"):
            return
        if not any(column.partition("::")[0] in ("type", "name", "label") for column in row.cells):
            return  # a remark
        if listed := row.text("select_from_list_name"):  # as Kobo keeps it
            row = _typed(row, f"{row.text('type')} {listed}")
        found = edge(row.text("type"))
        if found is None:
            self._question(row)
        elif found.begins:
            self._begin(found.kind, row)
        else:
            self._end(found.kind, row)

    def finished(self) -> list[Entry]:
        """All questions and sections that their own rows allow."""
        if self._open:
            raise self._broken(
                self._open[-1].row,
                N_("%(file)s, sheet %(sheet)s, row %(row)s: this group is not ended."),
            )
        return self.entries

    def _begin(self, kind: str, row: Row) -> None:
        around = self._open[-1] if self._open else _OpenGroup("", row)
        group = _OpenGroup(kind, row, around.section, left_out=around.left_out)
        self._open.append(group)
        try:
            if group.left_out:
                raise UnsupportedError("type", INSIDE)
            if kind in _LEFT_OUT:
                raise UnsupportedError("type", _LEFT_OUT[kind])
            refuse_formulas(row)
        except UnsupportedError as reason:
            group.left_out = True
            self.left_out.append(reason.at("survey", row))
            return
        if kind == "rank":
            group.passed_over = True
            self._question(_typed(row, f"rank {row.text('kobo--rank-items')}"))
        else:
            self._section(group, around.section)

    def _section(self, group: _OpenGroup, within: str | None) -> None:
        row = group.row
        if row.text("section") in self._sections:
            group.section = row.text("section")
            return
        group.section = self._section_name(row)
        words = row.text("appearance").lower().split()
        if group.kind == "score":
            group.rows_of = row.text("kobo--score-choices")
        if "table-list" in words or group.kind == "score":
            self.tables.add(group.section)
        section = Section(
            group.section,
            self.languages.texts(row, "label"),
            relevant=expression_in(row, "relevant"),
            within=within,
            layout="votes" if "votes" in words else "",
            random=parameters(row).get("randomize", "").lower() == "true",
        )
        self.entries.append(Entry(row, section))

    def _section_name(self, row: Row) -> str:
        written = row.text("name")
        name = row.text("section") or (
            written if NAME.fullmatch(written) else f"group_{row.number}"
        )
        if name in self._sections:
            name = f"{name}_{row.number}"
        self._sections.add(name)
        return name

    def _end(self, kind: str, row: Row) -> None:
        if not self._open or self._open[-1].kind != kind:
            raise self._broken(
                row, N_("%(file)s, sheet %(sheet)s, row %(row)s: what ends here was not begun.")
            )
        self._open.pop()

    def _question(self, row: Row) -> None:
        group = self._open[-1] if self._open else _OpenGroup("", row)
        if group.passed_over and row is not group.row and not row.text("kobo--rank-items"):
            return
        self.named.add(row.text("name"))
        try:
            if group.left_out:
                raise UnsupportedError("type", INSIDE)
            if group.rows_of and row.text("type") == "score__row":
                row = _typed(row, f"select_one {group.rows_of}")
            if self._only_shows(row, group) or self._is_beside(row):
                return
            question = question_of(row, self.languages, self.lists, group.section)
        except UnsupportedError as reason:
            self.left_out.append(reason.at("survey", row))
            return
        self._keep(self._with_a_name_of_its_own(question, row), row)

    def _keep(self, question: Question, row: Row) -> None:
        for name in question.fields:
            self._taken[name] = (row.number, question.section)
            beside = [code for code, field in question.words_beside.items() if field == name]
            self._beside[name] = chosen_one_of(question.name, beside)
        if question.dimension:
            self._refuse_fed_twice(question, row)
        self.entries.append(Entry(row, question))
        note_what_is_missing(row, "survey", self.left_out)

    def _only_shows(self, row: Row, group: _OpenGroup) -> bool:
        """Whether it is the head of a table, which shows the choices of the rows below."""
        if "label" not in row.text("appearance").lower().split():
            return False
        if row_type(row.text("type")).list_name is None:
            return False
        if group.section:
            self.tables.add(group.section)
        return True

    def _is_beside(self, row: Row) -> bool:
        """Whether it asks for the words beside a choice that takes words anyway."""
        relevant = expression_in(row, "relevant")
        return bool(relevant) and self._beside.get(row.text("name")) == relevant

    def _with_a_name_of_its_own(self, question: Question, row: Row) -> Question:
        """Questions in different groups may have the same name."""
        taken = [name for name in question.fields if name in self._taken]
        if not taken:
            return question
        other, section = self._taken[taken[0]]
        longer = replace(question, name=f"{question.section}_{question.name}")
        if (
            section == question.section
            or not question.section
            or self._taken.keys() & longer.fields
        ):
            raise self._taken_already(row, taken[0], other)
        return longer

    def _taken_already(self, row: Row, name: str, other: int) -> XLSFormError:
        return self._broken(
            row,
            N_(
                "%(file)s, sheet %(sheet)s, row %(row)s: the name %(field)s is taken"
                " already by row %(other)s."
            ),
            field=name,
            other=other,
        )

    def _refuse_fed_twice(self, question: Question, row: Row) -> None:
        """Only the rows of a battery feed one dimension together."""
        first = self._feeding.setdefault(question.dimension or "", question)
        alike = (first.section, first.choices) == (question.section, question.choices)
        if first is not question and not (alike and question.section):
            raise self._broken(
                row,
                N_(
                    "%(file)s, sheet %(sheet)s, row %(row)s: the dimension %(dimension)s is"
                    " fed already by %(other)s."
                ),
                dimension=question.dimension,
                other=first.name,
            )

    def _broken(self, row: Row, sentence: str, **values: object) -> XLSFormError:
        return XLSFormError(
            sentence,
            file=self.file,
            sheet="survey",
            row=row.number,
            **values,
        )


def _typed(row: Row, written: str) -> Row:
    return replace(row, cells={**row.cells, "type": written})
