import io
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest

from consultations.questionnaires.structure import Choice, Questionnaire, Section
from consultations.questionnaires.xlsform.reading import XLSFormError, read

CHOICES = [
    ["list_name", "name", "label"],
    ["yn", "yes", "Yes"],
    ["yn", "no", "No"],
    ["five", "1", "Very bad"],
    ["five", "5", "Very good"],
]


def workbook(survey, choices=CHOICES, settings=None, **more):
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheets = {"survey": survey, "choices": choices, "settings": settings, **more}
    for title, rows in sheets.items():
        if rows is not None:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def form(*rows, columns="type name label", settings=None, **how):
    survey = [columns.split(), *rows]
    content = workbook(survey, settings=settings)
    return read(content, name="form.xlsx", source_language="en", **how)


def refused(content, **how):
    with pytest.raises(XLSFormError) as error:
        read(content, name="form.xlsx", source_language="en", **how)
    assert "form.xlsx" in str(error.value)
    return str(error.value)


def left_out(reading):
    return [(each.row, each.column, each.reason) for each in reading.left_out]


def chile():
    """The shape of a real bundle's form: two languages, a group, dimensions, a provision."""
    columns = "type name label::Español_(es) label::English_(en) required provision dimension"
    survey = [
        [column.replace("_(", " (") for column in columns.split()],
        ["select_one vote", "vote", "¿Cómo?", "How?", None, "art_1", None],
        ["decimal", "statusquo", "Índice", "Scale", None, "art_1", None],
        ["begin_group", "about_you", "Sobre usted", "About you", None, None, None],
        ["select_one sex", "sex", "Sexo", "Sex", None, None, "gender"],
        ["integer", "age", "Edad", "Age", None, None, "age"],
        ["end_group"],
    ]
    choices = [
        ["list_name", "name", "label::Español (es)", "label::English (en)"],
        ["vote", "Y", "Sí", "Yes"],
        ["vote", "N", "No", "No"],
        ["sex", "F", "Mujer", "Woman"],
        ["sex", "M", "Hombre", "Man"],
    ]
    settings = [["form_title", "form_id", "default_language"], ["Chile", "c", "Español (es)"]]
    return workbook(survey, choices, settings)


def test_a_form_in_two_languages():
    reading = read(chile(), name="questionnaire.xlsx", source_language="en")

    found = reading.questionnaire
    assert reading.left_out == ()
    assert (found.languages, found.default_language) == (("es", "en"), "es")
    assert found.title == {"es": "Chile"}
    assert found.sections == (Section("about_you", {"es": "Sobre usted", "en": "About you"}),)
    assert [(each.name, each.kind, each.section) for each in found.questions] == [
        ("vote", "single", None),
        ("statusquo", "decimal", None),
        ("sex", "single", "about_you"),
        ("age", "integer", "about_you"),
    ]
    vote, _, sex, _ = found.questions
    assert (vote.provision, vote.choice_list) == ("art_1", "vote")
    assert vote.choices[0] == Choice("Y", {"es": "Sí", "en": "Yes"})
    assert (sex.dimension, found.feeding["age"][0].name) == ("gender", "age")
    assert Questionnaire.from_json(found.to_json()) == found


def test_an_old_workbook_is_read_as_well():
    content = (Path(__file__).parent.parent / "files" / "old.xls").read_bytes()

    found = read(content, name="old.xls", source_language="en").questionnaire

    vote, age = found.questions
    assert vote.label == {"en": "How do you vote?", "ar": "كيف تصوّت؟"}
    assert [choice.code for choice in vote.choices] == ["1", "2"]
    assert (vote.required, age.dimension, found.title) == (True, "age", {"en": "Old form"})


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("select_one yn", "single"),
        ("select one yn", "single"),
        ("select_multiple yn", "multiple"),
        ("text", "text"),
        ("integer", "integer"),
        ("decimal", "decimal"),
    ],
)
def test_types(written, kind):
    assert form([written, "q", "Q"]).questionnaire.questions[0].kind == kind


def test_an_appearance_makes_a_scale_or_a_long_text():
    columns = "type name label appearance"
    reading = form(
        ["select_one five", "scale", "Q", "likert"],
        ["text", "words", "Q", "multiline"],
        ["select_one five", "rest", "Q", "minimal"],
        columns=columns,
    )

    kinds = [question.kind for question in reading.questionnaire.questions]
    assert kinds == ["scale", "long_text", "single"]


def test_other_please_specify():
    question = form(["select_one yn or_other", "q", "Q"]).questionnaire.questions[0]

    assert question.words_beside == {"other": "q_other"}
    assert question.choices[-1].code == "other"
    assert question.choices[-1].label["ar"] == "غير ذلك"


def test_everything_that_may_stand_beside_a_question():
    columns = "type name label hint required provision role dimension sensitive"
    reading = form(
        ["select_one yn", "q", "Q", "Help", "yes", "art_3", "position", None, "yes"],
        ["select_one yn", "d", "D", None, "false()", None, None, "gender", "no"],
        columns=columns,
    )

    about, feeding = reading.questionnaire.questions
    assert (about.hint, about.required, about.sensitive) == ({"en": "Help"}, True, True)
    assert (about.provision, about.role) == ("art_3", "position")
    assert (feeding.dimension, feeding.required, feeding.sensitive) == ("gender", False, False)


def test_ranges_of_numbers():
    columns = "type name label constraint constraint_message"
    reading = form(
        ["integer", "q", "Q", "(. >= 0 and . <= 120) or . = -7", "Years, please"], columns=columns
    )

    question = reading.questionnaire.questions[0]
    assert (question.minimum, question.maximum, question.non_response) == (0, 120, ("-7",))
    assert question.message == {"en": "Years, please"}


def test_five_languages_and_both_directions():
    columns = [f"label::{name}" for name in ("English (en)", "français (fr)", "العربية (ar)")]
    columns += ["label::فارسی (fa-af)", "label::Српски (sr-Cyrl)"]
    survey = [["type", "name", *columns], ["integer", "q", "a", "b", "ج", "د", "ђ"]]

    found = read(workbook(survey, None), name="form.xlsx", source_language="ar").questionnaire

    assert found.languages == ("ar", "en", "fr", "fa-AF", "sr-Cyrl")
    assert found.questions[0].label["fa-AF"] == "د"


@pytest.mark.parametrize("header", ["label::French", "Label : fr", "label::Français (fr)"])
def test_a_language_is_understood_however_it_is_written(header):
    survey = [["type", "name", header], ["integer", "q", "Âge"]]

    found = read(workbook(survey), name="form.xlsx", source_language="fr").questionnaire

    assert found.questions[0].label == {"fr": "Âge"}


def test_a_plain_label_is_in_the_source_language_unless_the_form_says_otherwise():
    survey = [["type", "name", "label", "label::English (en)"], ["integer", "q", "Edad", "Age"]]
    settings = [["default_language"], ["Português (pt)"]]

    plain = read(workbook(survey), name="form.xlsx", source_language="es").questionnaire
    said = read(workbook(survey, settings=settings), name="form.xlsx", source_language="es")

    assert plain.questions[0].label == {"es": "Edad", "en": "Age"}
    assert said.questionnaire.questions[0].label == {"pt": "Edad", "en": "Age"}


def test_numbers_as_names_and_a_choice_without_label():
    choices = [["list_name", "name", "label"], ["n", 1, None], ["n", 2.0, 5]]
    survey = [["type", "name", "label"], ["select_one n", "q", "Q"]]

    question = read(workbook(survey, choices), name="f", source_language="en").questionnaire

    assert question.questions[0].choices == (Choice("1", {"en": "1"}), Choice("2", {"en": "5"}))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["text", "q", "Q", "${a} = 1"], "relevant"),
        (["text", "q", "Q", "position(..) = 1"], "relevant"),
        (["text", "q", "Q", None, "1 + 1"], "calculation"),
        (["geopoint", "q", "Q"], "type"),
        (["start", "q"], "type"),
        ([None, "q", "Q"], "type"),
        (["select_one nowhere", "q", "Q"], "type"),
        (["select_one yn extra", "q", "Q"], "type"),
        (["select_one", "q", "Q"], "type"),
        (["text", "q", None], "label"),
        (["text", None, "Q"], "name"),
        (["text", "_secret", "Q"], "name"),
        (["text", "two words", "Q"], "name"),
        (["text", "q", "=1+1"], "label"),
        (["integer", "q", "Q", None, None, "pulldata('a', 'b', 'c', .)"], "constraint"),
        (["text", "q", "Q", None, None, ". > "], "constraint"),
        (["text", "q", "Q", None, None, None, None, "opinion"], "role"),
        (["text", "q", "Q", None, None, None, None, None, "gender"], "dimension"),
        (["integer", "q", "Q", None, None, None, None, None, "gender"], "dimension"),
        (["text", "q", "Q", None, None, None, None, None, "age"], "dimension"),
        (["text", "q", "Q", None, None, None, None, None, None, "very"], "sensitive"),
    ],
)
def test_a_row_that_is_not_supported_is_left_out_and_listed(row, column):
    columns = "type name label relevant calculation constraint required role dimension sensitive"

    reading = form(["text", "kept", "Kept"], row, columns=columns)

    assert [question.name for question in reading.questionnaire.questions] == ["kept"]
    ((number, where, reason),) = left_out(reading)
    assert (number, where) == (3, column)
    assert reason
    assert reading.left_out[0].sheet == "survey"


def test_a_question_required_under_a_condition_stays_and_is_listed():
    reading = form(["text", "q", "Q", "${q} = 1"], columns="type name label required")

    assert not reading.questionnaire.by_name["q"].required
    assert [(row, column) for row, column, _ in left_out(reading)] == [(2, "required")]


def test_what_stands_in_a_group_with_a_condition_or_in_a_repeat_is_left_out_too():
    reading = form(
        ["begin_group", "g", "G", "${a} = 1"],
        ["text", "a", "A"],
        ["begin group", "inner", "Inner"],
        ["text", "b", "B"],
        ["end group"],
        ["end_group"],
        ["begin_repeat", "r", "R"],
        ["text", "c", "C"],
        ["end_repeat"],
        ["text", "kept", "Kept"],
        columns="type name label relevant",
    )

    assert [row for row, _, _ in left_out(reading)] == [2, 3, 4, 5, 8, 9]
    assert [question.section for question in reading.questionnaire.questions] == [None]
    assert reading.questionnaire.sections == ()


def test_groups_within_groups():
    reading = form(
        ["begin_group", "outer", "Outer"],
        ["text", "a", "A"],
        ["begin_group", "inner", "Inner"],
        ["text", "b", "B"],
        ["end_group"],
        ["text", "c", "C"],
        ["end_group"],
        ["text", "d", "D"],
    )

    sections = [question.section for question in reading.questionnaire.questions]
    assert sections == ["outer", "inner", "outer", None]


def test_choices_that_cannot_be_used_are_left_out():
    choices = [
        ["list_name", "name", "label"],
        ["yn", "yes", "Y"],
        [None, "x", "X"],
        ["yn", "-", "?"],
    ]
    survey = [["type", "name", "label"], ["select_one yn", "q", "Q"]]

    reading = read(workbook(survey, choices), name="form.xlsx", source_language="en")

    assert [(each.sheet, each.row, each.column) for each in reading.left_out] == [
        ("choices", 3, "list_name"),
        ("choices", 4, "name"),
    ]
    assert reading.questionnaire.questions[0].codes == {"yes"}


def test_strict_refuses_what_would_be_left_out():
    rows = [["type", "name", "label"], ["text", "a", "A"], ["barcode", "n", "N"], ["osm", "i", "I"]]

    says = refused(workbook(rows), strict=True)

    assert "2 rows" in says
    assert "sheet survey, row 3, column type: the type “barcode” is not supported" in says


@pytest.mark.parametrize(
    ("survey", "says"),
    [
        ([["type", "name"], ["text", "a"]], "no question"),
        ([["name", "label"], ["a", "A"]], "column type is missing"),
        ([["type", "label"], ["text", "A"]], "column name is missing"),
        ([], "column type is missing"),
        ([["type", "name", "label", "Label"], ["text", "a", "A"]], "label stands there twice"),
        (
            [["type", "name", "label"], ["text", "a", "A"], ["text", "a", "A"]],
            "row 3: the name a is taken already by row 2",
        ),
        (
            [
                ["type", "name", "label"],
                ["select_one yn or_other", "a", "A"],
                ["text", "a_other", "A"],
            ],
            "row 3: the name a_other is taken already",
        ),
        (
            [
                ["type", "name", "label", "dimension"],
                ["select_one yn", "a", "A", "gender"],
                ["select_one yn", "b", "B", "gender"],
            ],
            "row 3: the dimension gender is fed already by a",
        ),
        (
            [["type", "name", "label"], ["begin_group", "g"], ["text", "a", "A"]],
            "row 2: this group",
        ),
        ([["type", "name", "label"], ["text", "a", "A"], ["end_group"]], "row 3: what ends"),
        (
            [["type", "name", "label"], ["begin_group", "g"], ["text", "a", "A"], ["end_repeat"]],
            "row 4: what ends",
        ),
        ([["type", "name", "label::Klingonish"], ["text", "a", "A"]], "survey: label::Klingonish"),
    ],
)
def test_a_broken_form_is_refused_in_one_sentence(survey, says):
    assert says in refused(workbook(survey))


def test_a_choice_twice_in_one_list_is_refused():
    choices = [["list_name", "name", "label"], ["a", "x", "X"], ["b", "x", "X"], ["a", "x", "Z"]]
    survey = [["type", "name", "label"], ["select_one a", "q", "Q"]]

    assert "row 4: the choice x stands in the list a twice" in refused(workbook(survey, choices))


def test_a_workbook_without_a_survey_is_refused():
    assert "no sheet named survey" in refused(workbook(None, None, None, other=[["a"]]))


def part(name, text):
    """A workbook in which one part of the package is something else."""
    source = zipfile.ZipFile(io.BytesIO(workbook([["type", "name", "label"], ["text", "a", "A"]])))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for each in source.namelist():
            target.writestr(each, text if each == name else source.read(each))
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 20}">'
        for old, new in zip("abcdefg", "bcdefgh", strict=True)
    )
    + "]><worksheet><sheetData><row><c t='inlineStr'><is><t>&h;</t></is></c></row></sheetData>"
    "</worksheet>"
)
FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c></row>'
    '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    "</sheetData></worksheet>"
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"type,name,label\ntext,a,A\n",
        b"PK\x03\x04 and nothing more",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        part("xl/workbook.xml", "<broken"),
        part(SHEET, "no xml at all"),
        part(SHEET, BOMB),
        part("[Content_Types].xml", ""),
        workbook([["type", "name", "label"], ["text", "a", "A"]])[:2000],
        chile().replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xa3"),
    ],
    ids=["empty", "csv", "zip", "ole", "workbook", "sheet", "entities", "types", "cut", "version"],
)
def test_hostile_and_damaged_files_are_refused_in_one_sentence(content):
    refused(content)


def test_a_file_that_unpacks_to_too_much_is_refused_unread():
    assert "unpacks to more" in refused(part(SHEET, "0" * 50 * 1024**2))
    assert "too large" in refused(b"PK\x03\x04" + b"0" * 11 * 1024**2)


def test_far_cells_do_not_fill_the_memory():
    tracemalloc.start()
    try:
        assert "column name is missing" in refused(part(SHEET, FAR))
        assert tracemalloc.get_traced_memory()[1] < 20 * 1024**2
    finally:
        tracemalloc.stop()


def test_a_zip_of_something_else_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("readme.txt", "hello")

    assert "damaged" in refused(content.getvalue())
