import csv
import io
from datetime import date

import pytest

from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.submissions.models import CHANNELS as MODEL_CHANNELS
from consultations.submissions.models import KINDS as MODEL_KINDS
from consultations.submissions.responses_csv import (
    CHANNELS,
    KINDS,
    Reject,
    Response,
    ResponsesError,
    open_responses,
    write_rejects,
)
from tests.questionnaires.every_kind import ANSWERS, EVERY_KIND, STORED

CHOICES = tuple(Choice(code, {"en": code}, specify=code == "other") for code in ("Y", "N", "other"))
PLAIN_CHOICES = tuple(Choice(choice.code, choice.label) for choice in CHOICES)
FORM = Questionnaire(
    {},
    ("en",),
    "en",
    (
        Question("vote", "single", {}, choices=CHOICES, required=True),
        Question("many", "multiple", {}, choices=PLAIN_CHOICES),
        Question("age", "integer", {}, dimension="age", minimum=0),
        Question("words", "long_text", {}),
    ),
)


def opened(text, **how):
    content = text if isinstance(text, bytes) else text.encode()
    how = {"name": "responses.csv", "source_language": "es", **how}
    return open_responses(io.BytesIO(content), FORM, **how)


def rows(text, **how):
    return list(opened(text, **how).rows)


def refused(text):
    with pytest.raises(ResponsesError) as error:
        opened(text)
    assert "responses.csv" in str(error.value)
    return str(error.value)


def test_a_row_becomes_answers():
    file = opened("vote,many,age,words\nY,Y N,38,well\n")

    assert (file.header, file.total) == (("vote", "many", "age", "words"), 1)
    assert list(file.rows) == [
        Response(
            line=2,
            answers={"vote": "Y", "many": ["Y", "N"], "age": 38, "words": "well"},
            language="es",
            channel="import",
            received_on=None,
            kind="individual",
            weight=None,
        )
    ]


def test_every_kind_of_answer_is_read_as_from_a_form():
    cells = {
        name: " ".join(filter(None, sent)) if name in ("sources", "needs") else sent[0]
        for name, sent in ANSWERS.items()
    }
    written = io.StringIO()
    csv.writer(written).writerows([[*cells, "useful"], [*cells.values(), ""]])
    stream = io.BytesIO(written.getvalue().encode())

    [row] = open_responses(stream, EVERY_KIND, name="responses.csv", source_language="en").rows

    assert isinstance(row, Response)
    assert row.answers == STORED


def test_empty_is_skipped_even_where_an_answer_is_required():
    (row,) = rows("vote,many,age,words\n,,,\n")

    assert row.answers == {"vote": "-6", "many": ["-6"]}


def test_a_question_without_a_column_was_not_asked():
    (row,) = rows("age\n38\n")

    assert row.answers == {"age": 38, "vote": "-9", "many": ["-9"]}


@pytest.mark.parametrize("code", ["-9", "-8", "-7", "-6", "-5", "-4"])
def test_non_response_is_taken_for_choices(code):
    (row,) = rows(f"vote,many\n{code},{code}\n")

    assert row.answers == {"vote": code, "many": [code]}


def test_non_response_is_taken_for_numbers_only_where_declared():
    (row,) = rows("age\n-7\n")

    assert isinstance(row, Reject)


def test_reserved_columns():
    (row,) = rows(
        "_language,_channel,_received_on,_kind,_weight,vote\n"
        "sr-Cyrl,paper,2026-10-05,organisation,1.5,N\n"
    )

    assert (row.language, row.channel, row.kind) == ("sr-Cyrl", "paper", "organisation")
    assert (row.received_on, row.weight) == (date(2026, 10, 5), 1.5)
    assert (CHANNELS, KINDS) == (MODEL_CHANNELS, MODEL_KINDS)


def test_reserved_columns_may_be_empty():
    (row,) = rows("vote,_language,_channel,_received_on,_kind,_weight\nN,,,,,\n", channel="paper")

    assert (row.language, row.channel, row.kind) == ("es", "paper", "individual")
    assert (row.received_on, row.weight) == (None, None)


@pytest.mark.parametrize(
    ("header", "row", "column", "says"),
    [
        ("vote", "X", "vote", "“X” is not among the choices."),
        ("vote", "Y ", "vote", "not among"),
        ("many", "Y X", "many", "“X” is not among"),
        ("many", "Y Y", "many", "twice"),
        ("many", "Y -7", "many", "not both"),
        ("age", "old", "age", "not a number"),
        ("age", "-1", "age", "smallest possible number is 0"),
        ("vote,vote_other", "Y,why", "vote_other", "not chosen"),
        ("vote_other", "why", "vote_other", "not chosen"),
        ("words", "x" * 20_000, "words", "at most 10000"),
        ("vote,_language", "Y,not a tag", "_language", "cannot stand in"),
        ("vote,_channel", "Y,pigeon", "_channel", "cannot stand in"),
        ("vote,_received_on", "Y,5/10/2026", "_received_on", "cannot stand in"),
        ("vote,_received_on", "Y,2026-13-01", "_received_on", "cannot stand in"),
        ("vote,_kind", "Y,robot", "_kind", "cannot stand in"),
        ("vote,_weight", "Y,0", "_weight", "cannot stand in"),
        ("vote,_weight", "Y,nan", "_weight", "cannot stand in"),
        ("vote,age", "Y", "", "1 fields instead of 2"),
        ("vote,age", "Y,3,4", "", "3 fields instead of 2"),
    ],
)
def test_a_bad_row_is_rejected_whole(header, row, column, says):
    empty = "," * header.count(",") or '""'

    _, reject, _ = rows("\n".join([header, empty, row, empty]))

    assert isinstance(reject, Reject)
    assert (reject.line, reject.column, reject.row) == (3, column, tuple(row.split(",")))
    assert says in str(reject.reason)


def test_words_beside_other_are_kept():
    (row,) = rows("vote,vote_other\nother,mine\n")

    assert row.answers["vote_other"] == "mine"


def test_lines_are_those_of_the_file():
    found = rows('words,vote\n"one\ntwo",Y\n\nthree,X\n"four\n",Y\n,Z\n')

    assert [row.line for row in found] == [2, 5, 6, 8]
    assert [type(row) for row in found] == [Response, Reject, Response, Reject]
    assert found[0].answers["words"] == "one\ntwo"


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_byte_order_mark_and_either_line_end(ends):
    file = opened(b"\xef\xbb\xbf" + f"vote,age{ends}Y,3{ends}N,4".encode())

    assert file.header == ("vote", "age")
    assert [row.answers["age"] for row in file.rows] == [3, 4]


def test_no_rows_at_all():
    file = opened("vote\n")

    assert (file.total, list(file.rows)) == (0, [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no header"),
        (",,\n", "no header"),
        ("vote,aeg\n", "the column aeg is neither a question nor reserved; the nearest is age"),
        ("vote,_langauge\n", "nearest is _language"),
        ("many_other\n", "nearest is"),
        ("vote,,age\n", "column 2 has no name"),
        ("vote,vote\n", "column vote stands there twice"),
        ("vote;age\nY;3\n", "separated by commas"),
        ("vote\tage\nY\t3\n", "separated by commas"),
        ("vote\nY\nN\nÑ".encode("latin-1"), "line 4: this is not UTF-8"),
        ("vote,age\nY,3\n".encode("utf-16"), "line 1: this is not UTF-8"),
        ("vote,age\nY,3\n".encode("utf-16-le"), "line 1: a NUL"),
        ("vote\nY\n\0\n", "line 3: a NUL"),
        ('words\n"never closed\n', "line 2: the row cannot be read"),
        ('words\nfine\n"a"b\n', "line 3: the row cannot be read"),
        ("words\n" + "x" * 200_000, "line 2: the row cannot be read"),
        ("words\n" + "x" * 5_000_000, "line 2: the line is too long"),
        ("x" * 100_000 + "\n", "neither a question nor reserved"),
        ("vote\rY\rN\r", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_before_its_first_row(text, says):
    message = refused(text)

    assert says in message
    assert len(message) < 250


def test_rejects_are_written_with_line_column_reason_and_the_row_as_it_was():
    file = opened('vote,words\nX,"a, ""b"""\nY,fine\nY\n')
    out = io.StringIO()

    write_rejects(out, file.header, (row for row in file.rows if isinstance(row, Reject)))

    assert list(csv.reader(io.StringIO(out.getvalue()))) == [
        ["line", "column", "reason", "vote", "words"],
        ["2", "vote", "“X” is not among the choices.", "X", 'a, "b"'],
        ["4", "", "This row has 1 fields instead of 2.", "Y"],
    ]


def test_a_rejected_row_works_nothing_out_in_a_spreadsheet():
    file = opened('vote,words\n"=1+1","-2+3"\n')
    out = io.StringIO()

    write_rejects(out, file.header, (row for row in file.rows if isinstance(row, Reject)))

    _, row = csv.reader(io.StringIO(out.getvalue()))
    assert row[3:] == ["'=1+1", "'-2+3"]


def test_a_value_that_breaks_a_rule_is_told_in_the_words_of_the_question():
    message = {"en": "Only people of 15 or more.", "es": "Solo mayores de 15 años, el 100 %."}
    asked = Question("age", "integer", {}, minimum=15, message=message)
    form = Questionnaire({}, ("en", "es"), "en", (asked,))
    file = open_responses(io.BytesIO(b"age\n7\nx\n"), form, name="r.csv", source_language="es")
    too_young, no_number = file.rows

    assert str(too_young.reason) == message["es"]
    assert "not a number" in str(no_number.reason)
