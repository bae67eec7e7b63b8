"""Forms with groups, tables and columns of our own."""

from tests.questionnaires.forms.building import YES_NO, Form

FIVE = """
list_name | name | label
five      | 1    | Never
five      | 5    | Always
"""

FORMS = [
    Form(
        "groups within groups",
        """
        type         | name  | label
        begin_group  | outer | Outer
        text         | a     | A
        begin group  | inner |
        text         | b     | B
        end group    | inner |
        text         | c     | C
        end_group    |       |
        text         | d     | D
        Begin Group  | outer | Again
        text         | e     | E
        End Group    |       |
        begin_group  |       | Nameless
        text         | f     | F
        end_group    |       |
        begin_group  | empty | Empty
        end_group    |       |
        """,
        asks="a:text b:text c:text d:text e:text f:text",
        has={"b": {"section": "inner"}, "c": {"section": "outer"}, "e": {"section": "outer_10"}},
        sections={"inner": {"within": "outer", "label": {}}, "group_13": {}},
    ),
    Form(
        "a table-list",
        """
        type            | name  | label    | appearance
        begin_group     | table | How often| table-list minimal
        select_one five | a     | A        |
        select_one five | b     | B        |
        end_group       |       |          |
        """,
        choices=FIVE,
        asks="a:single b:single",
        sections={"table": {"layout": "matrix"}},
    ),
    Form(
        "a table with a head, and one of scales",
        """
        type            | name  | label     | appearance
        begin_group     | table | How often | field-list
        select_one five | head  | Head      | label
        select_one five | a     | A         | list-nolabel
        select_one five | b     | B         | list-nolabel
        end_group       |       |           |
        begin_group     | more  | More      | table-list
        select_one five | c     | C         | likert
        end_group       |       |           |
        """,
        choices=FIVE,
        asks="a:single b:single c:scale",
        sections={"table": {"layout": "matrix"}, "more": {"layout": "matrix"}},
    ),
    Form(
        "what looks like a table and is none",
        """
        type                 | name  | label | appearance
        begin_group          | one   | One   | table-list
        select_one five      | a     | A     |
        select_multiple five | b     | B     |
        end_group            |       |       |
        begin_group          | two   | Two   | table-list
        text                 | c     | C     |
        end_group            |       |       |
        select_one five      | head  | Head  | label
        select_one five      | d     | D     | list-nolabel
        """,
        choices=FIVE,
        asks="a:single b:multiple c:text d:single",
        sections={"one": {"layout": ""}, "two": {"layout": ""}},
    ),
    Form(
        "Kobo's score and rank",
        """
        type        | name   | label     | kobo--score-choices | kobo--rank-items | select_from_list_name
        begin_score | rate   | Rate      | five                |                  |
        score__row  | a      | A         |                     |                  |
        score__row  | b      | B         |                     |                  |
        end_score   |        |           |                     |                  |
        begin_rank  | needs  | Needs     |                     | five             |
        rank__level | first  | First     |                     |                  |
        rank__level | second | Second    |                     |                  |
        end_rank    |        |           |                     |                  |
        select_one  | c      | C         |                     |                  | five
        """,
        choices=FIVE,
        asks="a:single b:single needs:ranking c:single",
        sections={"rate": {"layout": "matrix"}},
    ),
    Form(
        "repeats, matrices and loops",
        """
        type                 | name  | label | repeat_count
        begin_repeat         | house | House | 3
        text                 | a     | A     |
        begin_group          | g     | G     |
        text                 | b     | B     |
        end_group            |       |       |
        end_repeat           |       |       |
        begin_kobomatrix     | m     | M     |
        text                 | c     | C     |
        end_kobomatrix       |       |       |
        begin loop over list | l     | L     |
        text                 | d     | D     |
        end loop             |       |       |
        integer              | kept  | Kept  |
        note                 | n     | ${a}  |
        """,
        asks="kept:integer",
        left_out=(
            *(f"survey {row} type" for row in (2, 3, 4, 5, 8, 9, 11, 12)),
            "survey 15 label",
        ),
    ),
    Form(
        "one name in two groups",
        """
        type        | name  | label
        begin_group | men   | Men
        integer     | count | Count
        end_group   |       |
        begin_group | women | Women
        integer     | count | Count
        end_group   |       |
        """,
        asks="count:integer women_count:integer",
    ),
    Form(
        "columns of our own",
        """
        type                    | name     | label | provision | role     | dimension | sensitive | unit  | bracket | appearance | parameters
        select_one position     | a        | A     | art_3     | position |           |           |       |         | provision  |
        select_one              | b        | B     | art_3     |          |           |           |       | 2       |            |
        select_one sex          | sex      | Sex   |           |          | gender    | yes       |       |         |            |
        integer                 | age      | Age   |           |          | age       |           | years |         |            |
        begin_group             | votes    | Votes |           |          |           |           |       |         | votes      | randomize=true
        select_one vote         | c        | C     |           |          |           |           |       |         | vote       |
        end_group               |          |       |           |          |           |           |       |         |            |
        select_one position     | wrong    | W     | art 3     |          |           |           |       |         |            |
        select_one position     | wrong2   | W     | art_3     | opinion  |           |           |       |         |            |
        text                    | wrong3   | W     |           |          | gender    |           |       |         |            |
        text                    | wrong4   | W     |           |          |           | very      |       |         |            |
        select_one position     | wrong5   | W     | art_3     |          |           |           |       | first   |            |
        """,
        choices="""
        list_name | name     | label
        position  | support  | Support
        position  | oppose   | Oppose
        sex       | F        | Woman
        sex       | M        | Man
        vote      | agree    | Agree
        vote      | disagree | Disagree
        vote      | pass     | Pass
        """,
        settings="""
        form_title | random_provisions
        Ours       | yes
        """,
        asks="a:single b:single sex:single age:integer c:vote",
        left_out=(
            "survey 9 provision",
            "survey 10 role",
            "survey 11 dimension",
            "survey 12 sensitive",
            "survey 13 bracket",
        ),
        has={
            "a": {"provision": "art_3", "role": "position", "appearance": "provision"},
            "b": {"bracket": 2, "choices": ()},
            "sex": {"dimension": "gender", "sensitive": True},
            "age": {"unit": {"en": "years"}},
        },
        sections={"votes": {"layout": "votes", "random": True}},
    ),
    Form(
        "remarks and rows that are switched off",
        """
        type        | name | label | disabled | notes for us
        text        | a    | A     |          | ask again
                    |      |       |          | a remark
        text        | b    | B     | yes      |
        text        | c    | C     | no       |
        """,
        choices=YES_NO,
        asks="a:text c:text",
    ),
]
