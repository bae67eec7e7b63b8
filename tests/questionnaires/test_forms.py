"""Workbooks of our own after the specification: what must come out, and back."""

import io

import pytest
from pyxform.xls2xform import convert

from consultations.questionnaires.logic import logic_of
from consultations.questionnaires.xlsform.reading import read
from consultations.questionnaires.xlsform.writing import write
from tests.questionnaires.forms import (
    of_choices,
    of_kinds,
    of_languages,
    of_layout,
    of_logic,
    of_the_field,
)
from tests.questionnaires.forms.building import Form

FORMS = [
    *of_kinds.FORMS,
    *of_choices.FORMS,
    *of_logic.FORMS,
    *of_layout.FORMS,
    *of_languages.FORMS,
    *of_the_field.FORMS,
]


def _id(form: Form) -> str:
    return form.title


@pytest.mark.parametrize("form", FORMS, ids=_id)
def test_what_is_read(form: Form) -> None:
    reading = read(form.content(), name="form.xlsx", source_language="en")

    found = reading.questionnaire
    left_out = tuple(f"{each.sheet} {each.row} {each.column}" for each in reading.left_out)
    assert left_out == form.left_out, [each.reason for each in reading.left_out]
    assert " ".join(f"{each.name}:{each.kind}" for each in found.questions) == form.asks
    assert " ".join(found.languages) == form.languages
    for name, attributes in form.has.items():
        question = found.by_name[name]
        assert {each: getattr(question, each) for each in attributes} == attributes
    for name, attributes in form.sections.items():
        section = found.section(name)
        assert {each: getattr(section, each) for each in attributes} == attributes


@pytest.mark.parametrize("form", FORMS, ids=_id)
def test_what_is_read_can_be_asked_and_written_again(form: Form) -> None:
    found = read(form.content(), name="form.xlsx", source_language="en").questionnaire

    logic_of(found)
    written = write(found)
    again = read(written, name="again.xlsx", source_language="zu")
    assert (again.questionnaire, again.left_out) == (found, ())
    warnings: list[str] = []
    convert(io.BytesIO(written), validate=False, warnings=warnings, file_type=".xlsx")
    assert warnings == []


def test_there_are_enough_of_them() -> None:
    assert len({form.title for form in FORMS}) == len(FORMS)
