import io
from dataclasses import fields, replace

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from pyxform.xls2xform import convert

from consultations.codebook import DIMENSIONS
from consultations.questionnaires.builder import ten_minutes
from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section
from consultations.questionnaires.xlsform.reading import read
from consultations.questionnaires.xlsform.workbook import XLSFormError
from consultations.questionnaires.xlsform.writing import write
from tests.questionnaires.every_kind import EVERY_KIND
from tests.questionnaires.random_questionnaires import questionnaires

YES_NO = (Choice("yes", {"en": "Yes"}), Choice("no", {"en": "No"}))
TEN_MINUTES = ten_minutes(
    {"en": "Our code", "fr": "Notre code"},
    [("art_1", {"en": "Aim"}), ("art_2__para_1", {"en": "Means", "fr": "Moyens"})],
    [dimension for dimension in DIMENSIONS.values() if dimension.categories],
    languages=["en", "fr", "ar"],
)


def again(questionnaire: Questionnaire) -> Questionnaire:
    reading = read(write(questionnaire), name="again.xlsx", source_language="zu")
    assert reading.left_out == ()
    return reading.questionnaire


def converted(questionnaire: Questionnaire) -> str:
    warnings: list[str] = []
    content = io.BytesIO(write(questionnaire))
    xform = convert(content, validate=False, warnings=warnings, file_type=".xlsx").xform
    assert warnings == []
    return xform


def asking(*questions: Question, sections: tuple[Section, ...] = ()) -> Questionnaire:
    return Questionnaire({"en": "T"}, ("en",), "en", questions, sections)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(questionnaires())
@example(EVERY_KIND)
@example(TEN_MINUTES)
def test_what_is_written_is_read_as_the_same_and_others_can_read_it(written: Questionnaire) -> None:
    assert again(written) == written
    converted(written)


def test_no_part_is_forgotten() -> None:
    """Who adds a field to a question has to write it, and to read it back."""
    asked = Question(
        "a",
        "integer",
        {"en": "A"},
        hint={"en": "H"},
        message={"en": "M"},
        required=True,
        required_message={"en": "R"},
        provision="art_1",
        role="reason",
        sensitive=True,
        minimum=1,
        maximum=9,
        unit={"en": "years"},
        non_response=("-7",),
        section="s",
        appearance="provision",
        constraint=". != 5",
        default="${n}",
        audio={"en": "a.mp3"},
    )
    choices = (Choice("x", {"en": "X"}, exclusive=True, specify=True, values={"in": "y"}),)
    chosen = Question(
        "b",
        "single",
        {"en": "B"},
        choices=choices,
        choice_list="l",
        dimension="gender",
        random=True,
        relevant="${a} = 1",
        choice_filter="in = ${n}",
    )
    others = (
        Question("n", "calculated", {}, calculation="1 + 1"),
        Question("c", "single", {"en": "C"}, bracket=2, provision="art_1"),
    )
    around = (
        Section("s", {"en": "S"}, relevant="1 = 1", within="t", layout="votes", random=True),
        Section("t", {"en": "T"}),
    )
    written = Questionnaire(
        {"en": "T"}, ("en",), "en", (*others, asked, chosen), around[::-1], random_provisions=True
    )

    for some in ((*others, asked, chosen), around, choices, (written,)):
        kept = [part.name for part in fields(some[0])]
        assert {name for each in some for name in each.__dict__ if each.__dict__[name]} >= {*kept}
    assert again(written) == written
    converted(written)


def test_text_is_never_a_formula() -> None:
    words = ["=1+1", "+1", "-1", "@SUM(A1)", "#REF!", '=HYPERLINK("http://x")']
    written = asking(*(Question(f"q{n}", "text", {"en": each}) for n, each in enumerate(words)))

    sheet = openpyxl.load_workbook(io.BytesIO(write(written)))["survey"]

    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value in words]
    assert [cell.value for cell in cells] == words
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells if cell.value != "#REF!")
    assert again(written) == written


def test_words_beside_a_choice_are_asked_for_elsewhere_too() -> None:
    choices = (*YES_NO, Choice("other", {"en": "Other"}, specify=True))
    written = asking(Question("a", "single", {"en": "A"}, choices=choices, choice_list="l"))

    assert '<bind nodeset="/data/a_other" type="string"' in converted(written)
    assert "selected( /data/a , 'other')" in converted(written)


def test_equal_choices_share_a_list_and_different_ones_do_not() -> None:
    question = Question("a", "single", {"en": "A"}, choices=YES_NO, choice_list="l")
    fewer = replace(question, name="c", choices=YES_NO[:1])
    written = asking(question, replace(question, name="b"), fewer)

    rows = [*openpyxl.load_workbook(io.BytesIO(write(written)))["choices"].values]
    assert [row[0] for row in rows] == ["list_name", "l", "l", "l_2"]
    assert again(written) == written


def test_a_section_that_goes_on_later_is_still_one() -> None:
    about = Section("about", {"en": "About"}, relevant="${a} = 'x'")
    written = asking(
        Question("a", "text", {"en": "A"}),
        Question("b", "text", {"en": "B"}, section="about"),
        Question("c", "text", {"en": "C"}),
        Question("d", "text", {"en": "D"}, section="about"),
        sections=(about,),
    )

    assert again(written) == written
    assert converted(written).count("relevant=\" /data/a  = 'x'\"") == 2


def test_a_section_may_be_named_like_a_question() -> None:
    written = asking(
        Question("gender", "text", {"en": "A"}),
        Question("b", "text", {"en": "B"}, section="gender"),
        sections=(Section("gender", {"en": "About"}),),
    )

    assert again(written) == written
    converted(written)


def test_words_in_languages_that_are_not_offered_are_kept() -> None:
    written = asking(Question("a", "text", {"en": "A", "fa-AF": "الف", "sr-Latn": "a"}))

    assert again(written) == written
    assert "دری" not in converted(written)
    assert "[fa-AF] (fa)" in converted(written)


def test_signs_that_are_no_text_are_left_away() -> None:
    written = asking(Question("a", "text", {"en": "A\x00\ud800\ufffe\r\nB"}))

    assert again(written).questions[0].label == {"en": "A\n\nB"}


def test_a_text_that_no_cell_holds_is_refused() -> None:
    with pytest.raises(XLSFormError, match="32767"):
        write(asking(Question("a", "text", {"en": "A" * 40_000})))


def test_many_choices() -> None:
    choices = tuple(Choice(f"c{n}", {"en": f"Place {n}"}, values={"in": "x"}) for n in range(3_000))
    written = asking(Question("a", "single", {"en": "A"}, choices=choices, choice_list="l"))

    assert again(written) == written
