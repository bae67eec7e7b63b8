"""One row of an XLSForm's survey sheet as a question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import ROLES, Choice, Question
from consultations.questionnaires.wording import WORDING
from consultations.questionnaires.xlsform.appearances import CHOOSING, appearing
from consultations.questionnaires.xlsform.bounds import NUMBERS, limits
from consultations.questionnaires.xlsform.choice_rows import ChoiceLists
from consultations.questionnaires.xlsform.form_languages import Languages
from consultations.questionnaires.xlsform.left_out import UnsupportedError, refuse_formulas
from consultations.questionnaires.xlsform.ranges import range_of
from consultations.questionnaires.xlsform.row_types import RowType, row_type
from consultations.questionnaires.xlsform.survey_cells import (
    NAME,
    expression_in,
    parameters,
    said_yes,
    word,
    yes,
)
from consultations.questionnaires.xlsform.workbook import Row
from consultations.words import N_

OTHER = "other"
"""The code of the choice that `or_other` adds."""

OPEN_BRACKET = "open_bracket"
"""The list that stands for the alternatives of an open bracket, which come from the draft."""

OWN_LIST = "-"
"""In `choice_list`: the choices belong to no list."""

_FEEDING = ("single", "multiple", "scale")
_DIMENSION = re.compile(r"[^\W\d_][\w-]{0,59}")
_PROVISION = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,119}")
_BRACKET = re.compile(r"[1-9][0-9]{0,3}")


def question_of(
    row: Row, languages: Languages, lists: ChoiceLists, section: str | None
) -> Question:
    """The question that stands in `row` of the survey sheet; raises `UnsupportedError`.

    Its expressions are as written: whether they can be used is seen when all names are known.
    """
    refuse_formulas(row)
    _refuse(row, "trigger", N_("triggers are not supported"))
    kind, choices, list_name, constraint = _asked(row, lists, languages)
    kind, appearance = appearing(kind, row.text("appearance"), choices)
    answered = KINDS[kind].answered
    limit = limits(constraint, "year" if appearance == "year" else kind)
    return Question(
        name=_name(row, kind),
        kind=kind,
        label=_label(row, languages, kind),
        hint=languages.texts(row, "hint"),
        message=languages.texts(row, "constraint_message"),
        required=answered and said_yes(row, "required"),
        required_message=languages.texts(row, "required_message"),
        choices=choices,
        choice_list=list_name,
        provision=word(row, "provision", _PROVISION) if row.text("provision") else None,
        role=_role(row),
        bracket=_bracket(row, kind),
        dimension=_dimension(row, kind),
        sensitive=yes(row, "sensitive"),
        minimum=limit.minimum,
        maximum=limit.maximum,
        unit=languages.texts(row, "unit"),
        non_response=limit.non_response,
        section=section,
        appearance=appearance,
        random=bool(choices) and parameters(row).get("randomize", "").lower() == "true",
        relevant=expression_in(row, "relevant"),
        constraint=limit.constraint if answered else "",
        choice_filter=expression_in(row, "choice_filter") if choices else "",
        calculation=_calculation(row, kind),
        default=row.text("default"),
        audio=languages.texts(row, "audio"),
    )


def _asked(
    row: Row, lists: ChoiceLists, languages: Languages
) -> tuple[str, tuple[Choice, ...], str | None, str]:
    """Kind, choices, the name of their list, constraint."""
    written = expression_in(row, "constraint")
    if row.text("bracket") and row.text("type").lower() in ("select_one", "select one"):
        return "single", (), None, written
    asked = row_type(row.text("type"))
    own = [part for part in (asked.constraint, written) if part]
    constraint = own[0] if len(own) == 1 else " and ".join(f"({part})" for part in own)
    if asked.kind == "range":
        ranged = range_of(parameters(row), lists, languages.default, constraint)
        return ranged.kind, ranged.choices, ranged.list_name, ranged.constraint
    if asked.list_name is None:
        kind = asked.kind
        if row.text("read_only") and yes(row, "read_only"):
            kind = _read_only(row, kind)
        return kind, (), None, constraint
    if row.text("bracket") and asked.list_name == OPEN_BRACKET:
        return asked.kind, (), None, constraint
    choices = _choices(asked, lists)
    return asked.kind, choices, _list_name(row, asked.list_name), constraint


def _read_only(row: Row, kind: str) -> str:
    """What nobody can write into is words to read, or worked out and not shown."""
    if row.text("calculation"):
        return "calculated"
    if kind == "text" and not row.text("default"):
        return "note"
    if kind in ("note", "calculated", "hidden"):
        return kind
    raise UnsupportedError("read_only", N_("it could not be answered"))


def _list_name(row: Row, list_name: str) -> str | None:
    written = row.text("choice_list") or list_name
    return None if written == OWN_LIST else written


def _choices(asked: RowType, lists: ChoiceLists) -> tuple[Choice, ...]:
    name = asked.list_name or ""
    if "${" in name:
        raise UnsupportedError("type", N_("choices made of other answers are not supported"))
    choices = lists.get(name) or (lists.get(name.rpartition(".")[0]) if asked.outside else None)
    if not choices and asked.outside:
        raise UnsupportedError(
            "type", N_("the list %(list)s is not in the workbook: put it on its sheet"), list=name
        )
    if not choices:
        raise UnsupportedError("type", N_("there is no list of choices named %(list)s"), list=name)
    if asked.kind != "single" and any(" " in choice.code for choice in choices):
        raise UnsupportedError("type", N_("a name in the list %(list)s holds a space"), list=name)
    return _with_other(choices) if asked.or_other else choices


def _with_other(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    if all(each.code != OTHER for each in choices):
        choices = (*choices, Choice(OTHER, WORDING["other"]["choice"]))
    return tuple(replace(each, specify=each.specify or each.code == OTHER) for each in choices)


def _name(row: Row, kind: str) -> str:
    if kind == "note" and not row.text("name"):
        return f"note_{row.number}"
    return word(row, "name", NAME)


def _label(row: Row, languages: Languages, kind: str) -> Mapping[str, str]:
    label = languages.texts(row, "label")
    if kind in ("calculated", "hidden"):
        return label
    label = label or languages.texts(row, "hint")
    if not label:
        raise UnsupportedError("label", N_("the question has no words in any language"))
    return label


def _calculation(row: Row, kind: str) -> str:
    """A default that nobody sees is a calculation as well."""
    calculation = expression_in(row, "calculation")
    if kind == "calculated":
        calculation = calculation or expression_in(row, "default")
        if not calculation:
            raise UnsupportedError("calculation", N_("nothing is written here"))
    elif calculation and kind != "hidden":
        raise UnsupportedError("calculation", N_("only a row of the type calculate is worked out"))
    return calculation


def _role(row: Row) -> str | None:
    role = row.text("role").lower() or None
    if role not in (None, *ROLES):
        raise UnsupportedError("role", N_("not one of %(roles)s"), roles=", ".join(ROLES))
    return role


def _bracket(row: Row, kind: str) -> int | None:
    if row.text("bracket") and kind not in CHOOSING:
        raise UnsupportedError("bracket", N_("only a question with choices asks about a bracket"))
    return int(word(row, "bracket", _BRACKET)) if row.text("bracket") else None


def _dimension(row: Row, kind: str) -> str | None:
    if not row.text("dimension"):
        return None
    dimension = word(row, "dimension", _DIMENSION)
    if KINDS[kind].counted not in _FEEDING and (dimension != "age" or kind not in NUMBERS):
        raise UnsupportedError(
            "dimension", N_("only a question with choices, or a number for age, feeds a dimension")
        )
    return dimension


def _refuse(row: Row, column: str, reason: str) -> None:
    if row.text(column):
        raise UnsupportedError(column, reason)
