"""Writing a questionnaire as an XLSForm, which `xlsform.reading` reads back as the same.

What XLSForm has no word for stands in columns of our own, which other readers pass over.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from consultations.codebook import Texts
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section
from consultations.questionnaires.xlsform.appearances import WRITTEN
from consultations.questionnaires.xlsform.bounds import Limits, written
from consultations.questionnaires.xlsform.form_languages import headers
from consultations.questionnaires.xlsform.survey_cells import NAME, chosen_one_of
from consultations.questionnaires.xlsform.workbook_writing import workbook
from consultations.questionnaires.xlsform.written_lists import WrittenLists

_TYPES = {
    "single": "select_one",
    "scale": "select_one",
    "vote": "select_one",
    "multiple": "select_multiple",
    "ranking": "rank",
    "text": "text",
    "long_text": "text",
    "datetime": "dateTime",
    "consent": "acknowledge",
    "calculated": "calculate",
}
"""Kind -> type, where it has another name."""

_LOOKS = {"scale": "likert", "vote": "vote", "long_text": "multiline"}
_LAYOUTS = {"matrix": "table-list"}
_FIRST = ("type", "list_name", "name", "label", "hint")
_PLAIN = re.compile(r"[\w.-]+")
_YES = "yes"
_RANDOM = "randomize=true"

Cells = Mapping[str, str | Texts]
"""A row: column -> what stands there, texts for one that is written in each language."""


def write(questionnaire: Questionnaire) -> bytes:
    """The questionnaire as an .xlsx workbook.

    Texts lose what is empty at their ends. Names of questions have to differ by more than capitals
    for pyxform not to warn.
    """
    lists = WrittenLists()
    survey = [*_survey(questionnaire, lists)]
    choices = [_choice(name, choice) for name, each in lists.written() for choice in each]
    named = headers([*questionnaire.languages, *_languages([*survey, *choices])])
    sheets = {"survey": _table(survey, named), "choices": _table(choices, named)}
    settings = _table([_settings(questionnaire, named)], named)
    return workbook(
        {title: rows for title, rows in sheets.items() if rows} | {"settings": settings}
    )


def _table(rows: Iterable[Cells], named: Mapping[str, str]) -> list[list[str]]:
    """The header and the rows, with the columns that hold anything."""
    rows = [{name: cell for name, cell in row.items() if cell} for row in rows]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    columns.sort(key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))
    translated = {name for row in rows for name, cell in row.items() if not isinstance(cell, str)}
    places = [(name, tag) for name in columns for tag in (named if name in translated else [""])]
    if not rows:
        return []
    header = [f"{name}::{named[tag]}" if tag else name for name, tag in places]
    return [header, *([_text(row.get(name, ""), tag) for name, tag in places] for row in rows)]


def _text(cell: str | Texts, tag: str) -> str:
    return cell if isinstance(cell, str) else cell.get(tag, "")


def _languages(rows: Iterable[Cells]) -> Iterator[str]:
    return (tag for row in rows for cell in row.values() if not isinstance(cell, str)
            for tag in cell)  # fmt: skip


def _survey(questionnaire: Questionnaire, lists: WrittenLists) -> Iterator[Cells]:
    groups = _Groups(questionnaire)
    for question in questionnaire.questions:
        yield from groups.to(question.section)
        yield _question(question, lists)
        yield from _beside(question)
    yield from groups.to(None)


class _Groups:
    """The groups that are open, outermost first."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.taken = Counter(
            name.casefold() for each in questionnaire.questions for name in each.fields
        )
        self.open: Sequence[Section] = ()

    def to(self, name: str | None) -> Iterator[Cells]:
        """The rows that end and begin groups until those around the section `name` are open."""
        path = self.questionnaire.around(name)[::-1]
        shared = sum(1 for _ in _shared(self.open, path))
        yield from ({"type": "end_group"} for _ in self.open[shared:])
        yield from (self._begin(section) for section in path[shared:])
        self.open = path

    def _begin(self, section: Section) -> Cells:
        group = self._free(section.name if NAME.fullmatch(section.name) else "group")
        return {
            "type": "begin_group",
            "name": group,
            "label": section.label,
            "relevant": section.relevant,
            "appearance": _LAYOUTS.get(section.layout, section.layout),
            "parameters": _RANDOM if section.random else "",
            "section": section.name if section.name != group else "",
        }

    def _free(self, name: str) -> str:
        """A group is named like no question and no other group, whatever the capitals."""
        self.taken[name.casefold()] += 1
        times = self.taken[name.casefold()]
        return name if times == 1 else self._free(f"{name}_{times}")


def _shared(some: Iterable[Section], others: Iterable[Section]) -> Iterator[Section]:
    for one, other in zip(some, others, strict=False):
        if one is not other:
            return
        yield one


def _question(question: Question, lists: WrittenLists) -> Cells:
    words = [_LOOKS.get(question.kind, ""), *question.appearance.split()]
    kind = "year" if question.looks("year") else question.kind
    limits = Limits(question.minimum, question.maximum, question.non_response, question.constraint)
    return {
        "type": " ".join(filter(None, [_TYPES.get(question.kind, question.kind),
                                       lists.list_of(question)])),
        "name": question.name,
        "label": question.label,
        "hint": question.hint,
        "required": _YES if question.required else "",
        "required_message": question.required_message,
        "relevant": question.relevant,
        "constraint": written(limits, kind),
        "constraint_message": question.message,
        "calculation": question.calculation,
        "choice_filter": question.choice_filter,
        "default": question.default,
        "appearance": " ".join(WRITTEN.get(word, word) for word in words if word),
        "parameters": _RANDOM if question.random else "",
        "audio": question.audio,
        "provision": question.provision or "",
        "role": question.role or "",
        "bracket": str(question.bracket or ""),
        "dimension": question.dimension or "",
        "sensitive": _YES if question.sensitive else "",
        "unit": question.unit,
        "choice_list": lists.family_of(question),
    }  # fmt: skip


def _beside(question: Question) -> Iterator[Cells]:
    """Rows that ask for the words beside choices, for programs that do not know `specify`."""
    for name in question.fields[1:]:
        beside = [each for each in question.choices if question.words_beside.get(each.code) == name]
        if NAME.fullmatch(name) and all(_PLAIN.fullmatch(each.code) for each in beside):
            yield {
                "type": "text",
                "name": name,
                "label": beside[0].label,
                "relevant": chosen_one_of(question.name, [each.code for each in beside]),
            }


def _choice(list_name: str, choice: Choice) -> Cells:
    return {
        "list_name": list_name,
        "name": choice.code,
        "label": choice.label,
        "exclusive": _YES if choice.exclusive else "",
        "specify": _YES if choice.specify else "",
        **choice.values,
    }


def _settings(questionnaire: Questionnaire, named: Mapping[str, str]) -> Cells:
    default = questionnaire.default_language
    others = {tag: title for tag, title in questionnaire.title.items() if tag != default}
    return {
        "form_title": questionnaire.title.get(default, ""),
        "form_id": "consultation",
        "default_language": named[default],
        "languages": " ".join(questionnaire.languages),
        "random_provisions": _YES if questionnaire.random_provisions else "",
        **{f"form_title ({tag})": title for tag, title in others.items()},
    }
