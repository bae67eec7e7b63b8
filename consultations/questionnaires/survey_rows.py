"""One row of an XLSForm's survey or choices sheet, as a question or a choice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from consultations.codebook import POOLED
from consultations.questionnaires.bounds import Bounds, bounds
from consultations.questionnaires.form_languages import Languages
from consultations.questionnaires.kinds import KINDS
from consultations.questionnaires.structure import ROLES, Choice, Question
from consultations.questionnaires.wording import WORDING
from consultations.questionnaires.workbook import Row, Sheet, XLSFormError
from consultations.words import N_

OTHER = "other"
"""The code of the choice that `or_other` adds."""

_TYPES = {
    "text": "text",
    "string": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "select_one": "single",
    "select_multiple": "multiple",
}
_CONDITIONS = {
    "relevant": N_("conditions are not supported"),
    "calculation": N_("calculated values are not supported"),
    "choice_filter": N_("filtered choices are not supported"),
    "trigger": N_("triggers are not supported"),
    "repeat_count": N_("repeated groups are not supported"),
}
_ANSWERS = {"yes": True, "true": True, "true()": True, "1": True}
_ANSWERS |= {"no": False, "false": False, "false()": False, "0": False, "": False}

_NAME = re.compile(r"[^\W\d_][\w.-]{0,99}")
_DIMENSION = re.compile(r"[^\W\d_][\w-]{0,59}")
_PROVISION = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,119}")


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


ChoiceLists = Mapping[str, tuple[Choice, ...]]
"""List name -> choices."""


def choice_lists(
    sheet: Sheet, languages: Languages, left_out: list[LeftOut], *, name: str
) -> ChoiceLists:
    """The lists of the choices sheet; rows that cannot be used are added to `left_out`.

    A choice without a label shows its name. Raises `XLSFormError` where a name stands in one
    list twice.
    """
    lists: dict[str, dict[str, Choice]] = {}
    for row in sheet.rows:
        try:
            _refuse_nameless(row)
        except UnsupportedError as reason:
            left_out.append(reason.at(sheet.name, row))
            continue
        code = row.text("name")
        choices = lists.setdefault(row.text("list_name"), {})
        if code in choices:
            raise XLSFormError(
                N_(
                    "%(file)s, sheet %(sheet)s, row %(row)s: the choice %(choice)s stands in the"
                    " list %(list)s twice."
                ),
                file=name,
                sheet=sheet.name,
                row=row.number,
                choice=code,
                list=row.text("list_name"),
            )
        label = languages.texts(row, "label") or {languages.default: code}
        choices[code] = Choice(code, label)
    return {title: tuple(choices.values()) for title, choices in lists.items()}


def _refuse_nameless(row: Row) -> None:
    refuse_formulas(row)
    for column in ("list_name", "name"):
        if not row.text(column):
            raise UnsupportedError(column, N_("nothing is written here"))
    if row.text("name") == POOLED:
        raise UnsupportedError("name", N_("this name is reserved"))


def question_of(
    row: Row, languages: Languages, lists: ChoiceLists, section: str | None
) -> Question:
    """The question that stands in `row` of the survey sheet; raises `UnsupportedError`."""
    refuse_formulas(row)
    for column, message in _CONDITIONS.items():
        if row.text(column):
            raise UnsupportedError(column, message)
    kind, choice_list, or_other = _type(row)
    choices = _choices(choice_list, kind, lists, or_other=or_other)
    limits = _bounds(row, kind)
    return Question(
        name=_word(row, "name", _NAME),
        kind=_appearing(row, kind),
        label=_label(row, languages),
        hint=languages.texts(row, "hint"),
        message=languages.texts(row, "constraint_message"),
        required=_yes(row, "required"),
        choices=choices,
        choice_list=choice_list,
        provision=_word(row, "provision", _PROVISION) if row.text("provision") else None,
        role=_role(row),
        dimension=_dimension(row, kind),
        sensitive=_yes(row, "sensitive"),
        minimum=limits.minimum,
        maximum=limits.maximum,
        non_response=limits.non_response,
        section=section,
    )


def refuse_formulas(row: Row) -> None:
    """A formula's value is not in the file for certain: it has to be pasted as a value."""
    for column in row.formulas:
        raise UnsupportedError(column, N_("a formula, not words: paste its value instead"))


def _type(row: Row) -> tuple[str, str | None, bool]:
    """Kind, name of the choice list, and whether "other" is to be added."""
    written = re.sub(r"^select[ _](one|multiple)\b", r"select_\1", row.text("type"), flags=re.I)
    word, *details = written.split() or [""]
    kind = _TYPES.get(word.lower())
    choosing = kind in ("single", "multiple")
    or_other = choosing and len(details) == 2 and details[1] in ("or_other", "or_specify_other")
    if kind is None or len(details) != choosing + or_other:
        raise UnsupportedError(
            "type", N_("the type “%(type)s” is not supported"), type=row.text("type")[:60]
        )
    return kind, details[0] if details else None, or_other


def _choices(
    choice_list: str | None, kind: str, lists: ChoiceLists, *, or_other: bool
) -> tuple[Choice, ...]:
    if choice_list is None:
        return ()
    choices = lists.get(choice_list)
    if not choices:
        raise UnsupportedError(
            "type", N_("there is no list of choices named %(list)s"), list=choice_list
        )
    if kind == "multiple" and any(" " in choice.code for choice in choices):
        raise UnsupportedError(
            "type", N_("a name in the list %(list)s holds a space"), list=choice_list
        )
    if or_other and OTHER not in (choice.code for choice in choices):
        choices = (*choices, Choice(OTHER, WORDING["other"]["choice"]))
    if or_other:
        return tuple(replace(each, specify=each.code == OTHER) for each in choices)
    return choices


def _appearing(row: Row, kind: str) -> str:
    appearance = row.text("appearance").lower().split()
    if kind == "single" and "label" in appearance:
        raise UnsupportedError("appearance", N_("only shows the choices of the rows below it"))
    if kind == "single" and "likert" in appearance:
        return "scale"
    return "long_text" if kind == "text" and "multiline" in appearance else kind


def _label(row: Row, languages: Languages) -> Mapping[str, str]:
    label = languages.texts(row, "label")
    if not label:
        raise UnsupportedError("label", N_("the question has no words in any language"))
    return label


def _bounds(row: Row, kind: str) -> Bounds:
    if not row.text("constraint"):
        return Bounds()
    number = kind in ("integer", "decimal")
    found = bounds(row.text("constraint"), whole=kind == "integer") if number else None
    if found is None:
        raise UnsupportedError(
            "constraint", N_("only ranges of numbers are supported, such as . >= 0 and . <= 120")
        )
    return found


def _role(row: Row) -> str | None:
    role = row.text("role").lower() or None
    if role not in (None, *ROLES):
        raise UnsupportedError("role", N_("not one of %(roles)s"), roles=", ".join(ROLES))
    return role


def _dimension(row: Row, kind: str) -> str | None:
    if not row.text("dimension"):
        return None
    dimension = _word(row, "dimension", _DIMENSION)
    if KINDS[kind].counted is None and (dimension != "age" or kind == "text"):
        raise UnsupportedError(
            "dimension", N_("only a question with choices, or a number for age, feeds a dimension")
        )
    return dimension


def _word(row: Row, column: str, pattern: re.Pattern[str]) -> str:
    word = row.text(column)
    if not pattern.fullmatch(word):
        raise UnsupportedError(
            column,
            N_("“%(word)s” is not a name: letters, digits and _ . - only, a letter first"),
            word=word[:60],
        )
    return word


def _yes(row: Row, column: str) -> bool:
    answer = _ANSWERS.get(row.text(column).lower())
    if answer is None:
        raise UnsupportedError(column, N_("only yes or no is supported"))
    return answer
