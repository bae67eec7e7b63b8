"""Forms for each type of question."""

from tests.questionnaires.forms.building import YES_NO, Form

FORMS = [
    Form(
        "choosing one, several, an order",
        """
        type               | name | label
        select_one yn      | a    | A
        select_multiple yn | b    | B
        rank yn            | c    | C
        """,
        choices=YES_NO,
        asks="a:single b:multiple c:ranking",
        has={"a": {"choice_list": "yn"}},
    ),
    Form(
        "numbers and words",
        """
        type    | name | label | appearance
        integer | a    | A     |
        decimal | b    | B     | thousands-sep
        text    | c    | C     | numbers
        text    | d    | D     | multiline
        string  | e    | E     | w2
        int     | f    | F     |
        """,
        asks="a:integer b:decimal c:text d:long_text e:text f:integer",
    ),
    Form(
        "dates and times",
        """
        type     | name | label | appearance   | constraint                        | default
        date     | a    | A     |              | . <= today()                      | today()
        date     | b    | B     | month-year   |                                   |
        date     | c    | C     | year         | format-date(., '%Y') >= 1900      |
        date     | d    | D     | no-calendar  |                                   | 2026-02-01
        time     | e    | E     |              |                                   |
        dateTime | f    | F     |              |                                   |
        datetime | g    | G     | ethiopian    |                                   |
        """,
        asks="a:date b:date c:date d:date e:time f:datetime g:datetime",
        has={
            "a": {"constraint": ". <= today()", "default": "today()"},
            "b": {"appearance": "month"},
            "c": {"appearance": "year", "minimum": 1900},
            "d": {"appearance": "", "default": "2026-02-01"},
        },
    ),
    Form(
        "notes, consent, hidden and calculated values",
        """
        type        | name    | label   | calculation      | default | readonly
        note        |         | Welcome |                  |         |
        acknowledge | agreed  | I agree |                  |         |
        trigger     | seen    | I saw   |                  |         |
        integer     | age     | Age     |                  | 30      |
        calculate   | double  |         | ${age} * 2       |         |
        calculate   | first   |         | once(${age})     |         |
        calculate   | start_at|         |                  | ${age}  |
        hidden      | version |         |                  | 3       |
        text        | told    | Told    |                  |         | yes
        """,
        asks="note_2:note agreed:consent seen:consent age:integer double:calculated"
        " first:calculated start_at:calculated version:hidden told:note",
        has={
            "double": {"calculation": "${age} * 2", "label": {}},
            "start_at": {"calculation": "${age}"},
            "version": {"default": "3"},
            "age": {"default": "30"},
        },
    ),
    Form(
        "files, whatever is in them",
        """
        type  | name | label | appearance
        image | a    | A     |
        photo | b    | B     | new-front
        audio | c    | C     |
        video | d    | D     |
        file  | e    | E     |
        image | f    | F     | signature
        """,
        asks="a:file b:file c:file d:file e:file",
        left_out=("survey 7 appearance",),
    ),
    Form(
        "ranges, as scales while they are short",
        """
        type  | name   | label  | parameters
        range | usual  | Usual  |
        range | ten    | Ten    | start=0 end=10 step=1
        range | halves | Halves | start=1; end=3; step=0.5
        range | down   | Down   | start = 3 end = 1 step = 1
        range | long   | Long   | start=0 end=100 step=5
        range | fine   | Fine   | start=0 end=1 step=0.01
        range | below  | Below  | start=-9 end=-1 step=1
        range | none   | None   | start=1 end=1
        range | broken | Broken | start=a end=5
        """,
        asks="usual:scale ten:scale halves:scale down:scale long:integer fine:decimal"
        " below:integer",
        left_out=("survey 9 parameters", "survey 10 parameters"),
        has={
            "ten": {"codes": set("0123456789") | {"10"}},
            "halves": {"codes": {"1", "1.5", "2", "2.5", "3"}},
            "long": {"minimum": 0, "maximum": 100, "constraint": "(. - 0) mod 5 = 0"},
            "fine": {"minimum": 0, "maximum": 1, "constraint": ""},
            "below": {"minimum": -9, "maximum": -1},
        },
    ),
    Form(
        "a range with words at its points",
        """
        type  | name | label | parameters
        range | a    | A     | start=1 end=3 step=1 tick_labelset=ends
        """,
        choices="""
        list_name | name | label
        ends      | 1    | Never
        ends      | 3    | Always
        """,
        asks="a:scale",
        has={"a": {"choice_list": "range_1_3_1_ends"}},
    ),
    Form(
        "likert, votes and other looks",
        """
        type                  | name | label | appearance
        select_one five       | a    | A     | likert
        select_one five       | b    | B     | minimal
        select_one five       | c    | C     | autocomplete
        select_one five       | d    | D     | quick columns-4 no-buttons
        select_one five       | e    | E     | horizontal-compact w3
        select_one votes      | f    | F     | vote
        select_one five       | g    | G     | vote
        select_multiple five  | h    | H     | minimal search
        select_one five       | i    | I     | search('villages.csv')
        text                  | j    | J     | ex:org.example.scan(a='1')
        text                  | k    | K     | email
        """,
        choices="""
        list_name | name     | label
        five      | 1        | Bad
        five      | 5        | Good
        votes     | agree    | Agree
        votes     | disagree | Disagree
        votes     | pass     | Pass
        """,
        asks="a:scale b:single c:single d:single e:single f:vote g:single h:multiple k:text",
        left_out=("survey 10 appearance", "survey 11 appearance"),
        has={
            "b": {"appearance": "dropdown"},
            "c": {"appearance": "search"},
            "d": {"appearance": ""},
            "h": {"appearance": "dropdown search"},
            "k": {"appearance": "email"},
        },
    ),
    Form(
        "types with a constraint of their own",
        """
        type                               | name | label | constraint
        percentage                         | a    | A     |
        number of days in last year        | b    | B     | . mod 5 = 0
        phone number                       | c    | C     |
        """,
        asks="a:integer b:integer c:text",
        has={
            "a": {"minimum": 0, "maximum": 100},
            "b": {"maximum": 365, "constraint": ". mod 5 = 0"},
            "c": {"constraint": "regex(., '^[0-9]*$')"},
        },
    ),
    Form(
        "traces of the person and the device",
        """
        type             | name         | label
        start            | start        |
        end              | end          |
        today            | today        |
        deviceid         | device       |
        phonenumber      | phone        |
        subscriberid     | subscriber   |
        simserial        | sim          |
        username         | user         |
        email            | mail         |
        audit            | audit        |
        background-audio | sound        |
        start-geopoint   | where        |
        get start time   | begun        |
        uri:deviceid     | uri          |
        text             | words        | Words
        """,
        asks="words:text",
        left_out=tuple(f"survey {row} type" for row in range(2, 16)),
    ),
    Form(
        "places, codes and other things that are not asked",
        """
        type         | name | label
        geopoint     | a    | A
        geotrace     | b    | B
        geoshape     | c    | C
        gps          | d    | D
        barcode      | e    | E
        osm buildings| f    | F
        csv-external | g    |
        begin        | h    | H
        text         | kept | Kept
        """,
        asks="kept:text",
        left_out=tuple(f"survey {row} type" for row in range(2, 10)),
    ),
    Form(
        "read only, with and without a value",
        """
        type    | name | label | read_only | calculation | default
        integer | a    | A     |           |             |
        integer | b    | B     | yes       | ${a} + 1    |
        integer | c    | C     | yes       |             | 5
        integer | d    | D     | no        |             |
        integer | e    | E     |           | ${a} + 1    |
        """,
        asks="a:integer b:calculated d:integer",
        left_out=("survey 4 read_only", "survey 6 calculation"),
    ),
]
