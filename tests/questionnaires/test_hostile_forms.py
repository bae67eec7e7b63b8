"""Forms that are large, broken or meant to harm: a sentence or a questionnaire, never a crash."""

import io
import time
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from consultations.questionnaires.xlsform.reading import Reading, read
from consultations.questionnaires.xlsform.workbook import XLSFormError
from consultations.questionnaires.xlsform.writing import write
from tests.questionnaires.forms.building import workbook

HEADER = ["type", "name", "label"]
FILES = Path(__file__).parent / "files"


def reading(sheets: dict[str, list[list[object]]]) -> Reading:
    return read(workbook(sheets), name="form.xlsx", source_language="en")


def survey(*rows: list[object], header: list[str] = HEADER) -> Reading:
    return reading({"survey": [header, *rows]})


def places(found: Reading) -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in found.left_out]


def test_ten_thousand_rows_are_read_and_one_more_is_refused() -> None:
    rows: list[list[object]] = [["text", f"q{n}", f"Question {n}"] for n in range(9_999)]

    began = time.perf_counter()
    assert len(survey(*rows).questionnaire.questions) == 9_999
    assert time.perf_counter() - began < 30

    with pytest.raises(XLSFormError, match="more than 10000 rows"):
        survey(*rows, ["text", "last", "Last"])


def test_empty_rows_below_do_not_count() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (HEADER, ["text", "a", "A"]):
        sheet.append(row)
    for number in range(3, 20_000):
        sheet.cell(number, 1, "   ")
    content = io.BytesIO()
    book.save(content)

    found = read(content.getvalue(), name="form.xlsx", source_language="en")

    assert [question.name for question in found.questionnaire.questions] == ["a"]


def test_groups_as_deep_as_anyone_likes() -> None:
    rows: list[list[object]] = [["begin_group", f"g{n}", "G"] for n in range(2_000)]
    rows += [["text", "a", "A"], *([["end_group"]] * 2_000)]

    found = survey(*rows).questionnaire

    assert found.questions[0].section == "g1999"
    assert len(found.sections) == 2_000


def test_a_long_chain_of_conditions_falls_at_once() -> None:
    header = [*HEADER, "relevant"]
    rows: list[list[object]] = [["geopoint", "q0", "Q"]]
    rows += [["text", f"q{n}", "Q", f"${{q{n - 1}}} = 'x'"] for n in range(1, 3_000)]

    began = time.perf_counter()
    found = survey(*rows, ["text", "kept", "Kept"], header=header)

    assert len(found.left_out) == 3_000
    assert time.perf_counter() - began < 30


def test_a_large_circle_is_left_out() -> None:
    header = [*HEADER, "relevant"]
    rows: list[list[object]] = [["text", f"q{n}", "Q", f"${{q{(n + 1) % 2_000}}} = 'x'"]
                                for n in range(2_000)]  # fmt: skip

    found = survey(*rows, ["text", "kept", "Kept"], header=header)

    assert [question.name for question in found.questionnaire.questions] == ["kept"]


@pytest.mark.parametrize(
    "expression",
    [
        "(" * 4_000,
        "(" * 200 + "1" + ")" * 200,
        "1" + " + 1" * 3_000,
        "'" * 999,
        "${" * 50,
        "${a",
        "regex(., '(a+)+$')",
        "regex(., '" + "(" * 400 + "')",
        "document('http://example.org/x')",
        "system-property('x')",
        "a/b/c",
        "//*",
        "1 div 0 =",
        "\u202e= 1",
    ],
)
def test_expressions_that_harm(expression: str) -> None:
    header = [*HEADER, "relevant", "constraint", "calculation"]

    found = survey(
        ["text", "a", "A"],
        ["text", "b", "B", expression],
        ["integer", "c", "C", None, expression],
        ["calculate", "d", "D", None, None, expression],
        header=header,
    )

    assert found.questionnaire.questions[0].name == "a"
    assert all(row in (3, 4, 5) for row, _ in places(found))


def test_names_that_harm() -> None:
    names = ["_sealed", "__proto__", "a b", "<b>", "a'b", "../a", "a" * 500, "1a", "${a}", "\u200b"]

    found = survey(*(["text", name, "Q"] for name in names), ["text", "kept", "Kept"])

    assert [question.name for question in found.questionnaire.questions] == ["kept"]
    assert all(column == "name" for _, column in places(found))


def test_labels_are_words_whatever_they_look_like() -> None:
    words = ["<script>alert(1)</script>", "&lt;&amp;&#0;", "=HYPERLINK", "{{ 7 * 7 }}", "%(name)s",
             "A" * 30_000, "‮rtl", "a\u0000b".replace("\0", ""), "$ {a} $"]  # fmt: skip

    found = survey(*(["text", f"q{n}", each] for n, each in enumerate(words) if each[0] != "="))

    assert [q.label["en"] for q in found.questionnaire.questions] == [
        each for each in words if each[0] != "="
    ]


def test_signs_that_are_no_text_are_dropped_and_line_ends_are_of_one_kind() -> None:
    found = survey(["text", "a", "One_x000D_\nTwo_x0000__xD800_\u200bThree\ufeff"])

    assert found.questionnaire.questions[0].label == {"en": "One\nTwo\u200bThree"}


def test_byte_order_marks_and_odd_spaces_in_technical_cells() -> None:
    header = ["\ufefftype", "Name ", " label", "Relevant\u200b"]

    found = survey(
        ["\ufefftext", "a", "A"],
        ["select_one\u00a0yn", "b", "B"],
        ["text ", " c", "C", "${a}\u00a0= 'x'"],
        header=header,
    )

    assert [question.name for question in found.questionnaire.questions] == ["a", "c"]
    assert found.left_out[0].reason == "there is no list of choices named yn"


def _moment(hour: int, minute: int) -> datetime:
    """As a spreadsheet has it, of no time zone."""
    return datetime(2026, 2, 1, hour, minute, tzinfo=UTC).replace(tzinfo=None)


def test_cells_that_are_no_words() -> None:
    found = reading(
        {
            "survey": [
                [*HEADER, "default", "required"],
                ["select_one n", "a", 2026, True, True],
                ["date", "b", date(2026, 2, 1), _moment(0, 0), False],
                ["decimal", "c", 0.1 + 0.2, 1e21, 1],
                ["text", "d", _moment(12, 30)],
            ],
            "choices": [["list_name", "name", "label"], ["n", 1, True], ["n", 2.5, 3.0]],
        }
    ).questionnaire

    a, b, c, d = found.questions
    assert (a.label, a.default, a.required) == ({"en": "2026"}, "TRUE", True)
    assert [(each.code, each.label["en"]) for each in a.choices] == [("1", "TRUE"), ("2.5", "3")]
    assert (b.label, b.default, b.required) == ({"en": "2026-02-01"}, "2026-02-01", False)
    assert (c.label, c.required) == ({"en": "0.3"}, True)
    assert d.label == {"en": "2026-02-01T12:30:00"}


def with_value(content: bytes, formula: str, value: str) -> bytes:
    """The workbook with what a formula was worked out as, as spreadsheets keep it."""
    source = zipfile.ZipFile(io.BytesIO(content))
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as target:
        for part in source.namelist():
            text = source.read(part)
            old = f"<f>{formula}</f><v></v>".encode()
            text = text.replace(old.replace(b"<v></v>", b"<v />"), old)
            target.writestr(part, text.replace(old, f"<f>{formula}</f><v>{value}</v>".encode()))
    return changed.getvalue()


def test_a_formula_counts_as_what_it_was_worked_out_as() -> None:
    rows = [HEADER, ["text", "a", '="A" & "B"'], ["text", "b", "=1+1"], ["text", "c", "C"]]

    content = with_value(workbook({"survey": rows}), "1+1", "2")
    found = read(content, name="form.xlsx", source_language="en")

    assert [question.label["en"] for question in found.questionnaire.questions] == ["2", "C"]
    assert places(found) == [(2, "label")]


def test_merged_cells_hold_what_their_first_cell_holds() -> None:
    book = load_workbook(io.BytesIO(workbook({"survey": [HEADER, ["text", "a", "A"]]})))
    book["survey"].merge_cells("C2:F2")
    content = io.BytesIO()
    book.save(content)

    found = read(content.getvalue(), name="form.xlsx", source_language="en")

    assert found.questionnaire.questions[0].label == {"en": "A"}


def test_hundreds_of_columns() -> None:
    header = [*HEADER, *(f"note {n}" for n in range(250)), "hint"]
    row: list[object] = ["text", "a", "A", *(["x"] * 250), "Hint"]

    assert survey(row, header=header).questionnaire.questions[0].hint == {"en": "Hint"}


def test_sheets_by_any_capitals_and_others_besides() -> None:
    found = reading(
        {
            "Cover": [["anything"]],
            " Survey ": [HEADER, ["select_one yn", "a", "A"]],
            "CHOICES": [["List Name", "Name", "Label"], ["yn", "yes", "Yes"]],
            "Settings": [["Form_Title"], ["Title"]],
            "survey (2)": [["x"]],
        }
    )

    assert found.questionnaire.title == {"en": "Title"}
    assert found.questionnaire.questions[0].codes == {"yes"}


def test_nine_thousand_choices() -> None:
    choices = [["list_name", "name", "label", "in"],
               *(["places", f"p{n}", f"Place {n}", f"r{n % 9}"] for n in range(9_000))]  # fmt: skip
    rows = [[*HEADER, "choice_filter"], ["text", "r", "R"],
            ["select_one places", "a", "A", "in = ${r}"]]  # fmt: skip

    found = reading({"survey": rows, "choices": choices}).questionnaire

    assert len(found.questions[1].choices) == 9_000


def test_an_old_workbook_with_days_truths_and_formulas() -> None:
    found = read((FILES / "field.xls").read_bytes(), name="field.xls", source_language="ar")

    moved, moved_on, rooms = found.questionnaire.questions
    assert (moved.required, moved.codes, moved_on.default) == (True, {"0", "1"}, "2026-02-01")
    assert (rooms.minimum, rooms.maximum, rooms.default) == (1, 20, "2")
    assert found.questionnaire.languages == ("en", "ar")
    assert found.questionnaire.title == {"en": "Moving"}
    assert places(found) == [(2, "type"), (6, "calculation")]


WORDS = """
text select_one yn begin_group ${a} ${b} . = 'x' and ( ) selected a b c -7 yes no = 1 >= minimal
table-list label likert start=0 step=0 randomize=true _ - :: en ar \u200f \ufeff 1e9
"""
ANY = (
    st.lists(st.sampled_from(WORDS.split()), max_size=5).map(" ".join)
    | st.text(max_size=8)
    | st.integers()
    | st.floats()
)
LIKELY = {
    "type": "text|text|integer|decimal|date|note|calculate|hidden|range|select_one yn"
    "|select_multiple yn or_other|rank yn|acknowledge|file|geopoint|select_one_external yn|start",
    "name": "a|b|c|d|e|_1_f|g h",
    "label": "A|=B|${a}|<b>",
    "relevant": "${a} = 'x'|${b} > 1|selected(${c}, 'y')|. = 1|${nobody} = 1",
    "constraint": ". > 3|. >= 1 and . <= 5 or . = -7|count-selected(.) < 3|regex(., 'a+')|. <",
    "calculation": "1 + 1|${a} * 2|once(${b})|pulldata('x')",
    "appearance": "minimal|likert|multiline|year|table-list|label|search('x')",
    "parameters": "randomize=true|start=0 end=10 step=2|start=5 end=-5",
    "default": "x|today()|${a}|2026-02-01",
    "choice_filter": "region = ${a}|name != ${b}|nowhere = 1",
    "required": "yes|no|${a}",
    "label::fr": "Â",
    "bracket": "1|0",
    "unit": "km",
    "section": "s",
    "choice_list": "-|other",
    "image": "x.png",
    "read_only": "yes",
    "provision": "art_1",
    "dimension": "gender|age",
}
MORE = {column: st.sampled_from(likely.split("|")) for column, likely in LIKELY.items()}
ODD = {column: (cell if column in ("type", "name") else st.none() | cell) | ANY
       for column, cell in MORE.items()}  # fmt: skip
ALWAYS = {column: MORE[column] for column in ("type", "name", "label")}
SOMETIMES = {column: cell for column, cell in MORE.items() if column not in ALWAYS}
ROW = st.fixed_dictionaries(ALWAYS, optional=SOMETIMES) | st.fixed_dictionaries(ODD)
CODE = st.sampled_from(["x", "y", "z", "other"]) | ANY
CHOICE = st.tuples(st.just("yn") | ANY, CODE, ANY, st.sampled_from(["", "yes"]), ANY).map(list)


def _cell(cell: object) -> object:
    if isinstance(cell, str):
        kept = "".join(sign for sign in cell if sign.isprintable() and sign < "\ud800")
        return kept if kept[:1] != "=" else f" {kept}"
    return None if isinstance(cell, float) and cell != cell else cell


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink a form takes minutes
)
@given(
    st.lists(ROW, max_size=9, unique_by=lambda row: str(row["name"])),
    st.lists(CHOICE, min_size=1, max_size=5, unique_by=lambda row: str(row[:2])),
)
def test_no_sheet_makes_it_stumble(
    rows: list[dict[str, object]], choices: list[list[object]]
) -> None:
    group = [{"type": "begin_group", "name": "g"}, *rows[:2], {"type": "end_group"}]
    every = [*group, *rows[2:], {"type": "text", "name": "kept", "label": "Kept"}]
    content = workbook(
        {
            "survey": [[*MORE], *([_cell(row.get(each)) for each in MORE] for row in every)],
            "choices": [
                ["list_name", "name", "label", "exclusive", "region"],
                *([_cell(cell) for cell in row] for row in choices),
            ],
        }
    )

    found, refused = _outcome(content)

    assert "form.xlsx" in refused or (found and found.questionnaire.questions)
    if found:
        assert all(each.reason for each in found.left_out)
        again = read(write(found.questionnaire), name="again.xlsx", source_language="zu")
        assert again.questionnaire == found.questionnaire


def _outcome(content: bytes) -> tuple[Reading | None, str]:
    try:
        return read(content, name="form.xlsx", source_language="en"), ""
    except XLSFormError as refused:
        return None, str(refused)
