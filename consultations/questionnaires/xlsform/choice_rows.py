"""The sheets `choices` and `external_choices` of an XLSForm, as lists of choices."""

import re
from collections.abc import Mapping

from consultations.codebook import POOLED
from consultations.questionnaires.structure import Choice
from consultations.questionnaires.xlsform.columns import is_known
from consultations.questionnaires.xlsform.form_languages import Languages
from consultations.questionnaires.xlsform.left_out import LeftOut, UnsupportedError, refuse_formulas
from consultations.questionnaires.xlsform.survey_cells import note_what_is_missing, yes
from consultations.questionnaires.xlsform.workbook import Row, Sheet, XLSFormError
from consultations.words import N_

ChoiceLists = Mapping[str, tuple[Choice, ...]]
"""List name -> choices."""

_FILTERED_BY = re.compile(r"[^\W\d][\w.-]*")


def choice_lists(
    sheet: Sheet,
    languages: Languages,
    left_out: list[LeftOut],
    *,
    name: str,
    allow_twice: bool = False,
) -> ChoiceLists:
    """The lists of a sheet; rows that cannot be used are added to `left_out`.

    A choice without a label shows its name. A name that stands in one list twice is left out
    with `allow_twice`, and else raises `XLSFormError`.
    """
    lists: dict[str, dict[str, Choice]] = {}
    for row in sheet.rows:
        try:
            choice = _choice(row, languages, sheet.name)
            choices = lists.setdefault(row.text("list_name"), {})
            if choice.code in choices and not allow_twice:
                raise _twice(row, sheet.name, name)
            if choice.code in choices:
                raise UnsupportedError("name", N_("the list has a choice of this name already"))
        except UnsupportedError as reason:
            left_out.append(reason.at(sheet.name, row))
        else:
            choices[choice.code] = choice
            note_what_is_missing(row, sheet.name, left_out)
    return {title: tuple(choices.values()) for title, choices in lists.items()}


def _choice(row: Row, languages: Languages, sheet: str) -> Choice:
    refuse_formulas(row)
    for column in ("list_name", "name"):
        if not row.text(column):
            raise UnsupportedError(column, N_("nothing is written here"))
    code = row.text("name")
    if code == POOLED:
        raise UnsupportedError("name", N_("this name is reserved"))
    return Choice(
        code,
        languages.texts(row, "label") or {languages.default: code},
        exclusive=yes(row, "exclusive"),
        specify=yes(row, "specify"),
        values={
            column: text
            for column, text in row.cells.items()
            if not is_known(column, sheet) and _FILTERED_BY.fullmatch(column)
        },
    )


def _twice(row: Row, sheet: str, name: str) -> XLSFormError:
    return XLSFormError(
        N_(
            "%(file)s, sheet %(sheet)s, row %(row)s: the choice %(choice)s stands in the"
            " list %(list)s twice."
        ),
        file=name,
        sheet=sheet,
        row=row.number,
        choice=row.text("name"),
        list=row.text("list_name"),
    )
