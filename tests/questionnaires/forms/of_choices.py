"""Forms about lists of choices."""

from tests.questionnaires.forms.building import YES_NO, Form

PLACES = """
list_name | name    | label     | region | district
region    | north   | North     |        |
region    | south   | South     |        |
district  | hills   | Hills     | north  |
district  | plains  | Plains    | north  |
district  | coast   | Coast     | south  |
village   | oak     | Oak       |        | hills
village   | elm     | Elm       |        | plains
village   | bay     | Bay       |        | coast
"""

FORMS = [
    Form(
        "a cascade of three levels",
        """
        type                | name     | label    | choice_filter
        select_one region   | region   | Region   |
        select_one district | district | District | region = ${region}
        select_one village  | village  | Village  | district=${district}
        """,
        choices=PLACES,
        asks="region:single district:single village:single",
        has={"village": {"choice_filter": "district=${district}"}},
    ),
    Form(
        "a filter with or, and one on names",
        """
        type                | name     | label    | choice_filter
        select_one region   | region   | Region   |
        select_one district | district | District | region = ${region} or name = 'coast'
        select_multiple yn  | some     | Some     |
        select_one yn       | best     | Best     | selected(${some}, name)
        select_one yn       | wrong    | Wrong    | nowhere = ${region}
        """,
        choices=PLACES + "yn | yes | Yes\nyn | no | No\n",
        asks="region:single district:single some:multiple best:single",
        left_out=("survey 6 choice_filter",),
    ),
    Form(
        "other, specify, in five languages",
        """
        type                             | name | label::en | label::ar | label::fr
        select_one yn or_other           | a    | A         | أ         | À
        select_multiple yn or_other      | b    | B         | ب         | B
        select_one yn or specify other   | c    | C         | ج         | C
        select_one with or other         | d    | D         | د         | D
        """,
        choices="""
        list_name | name  | label::en | label::ar | label::fr | label::es | label::ha
        yn        | yes   | Yes       | نعم       | Oui       | Sí        | I
        yn        | no    | No        | لا        | Non       | No        | A'a
        with      | x     | X         | س         | X         | X         | X
        with      | other | Some one  | آخر       | Un        | Otro      | Wani
        """,
        asks="a:single b:multiple c:single d:single",
        languages="en ar fr es ha",
        has={
            "a": {"words_beside": {"other": "a_other"}},
            "b": {"words_beside": {"other": "b_other"}},
            "d": {"words_beside": {"other": "d_other"}, "codes": {"x", "other"}},
        },
    ),
    Form(
        "words beside several choices, and one that stands alone",
        """
        type                | name | label
        select_multiple how | a    | A
        select_one how      | b    | B
        """,
        choices="""
        list_name | name    | label     | specify | exclusive
        how       | radio   | Radio     |         |
        how       | else    | Else      | yes     |
        how       | someone | Someone   | yes     |
        how       | none    | None      |         | yes
        """,
        asks="a:multiple b:single",
        has={
            "a": {"words_beside": {"else": "a_other_else", "someone": "a_other_someone"}},
            "b": {"fields": ("b", "b_other")},
        },
    ),
    Form(
        "random order",
        """
        type               | name | label | parameters
        select_one yn      | a    | A     | randomize=true
        select_multiple yn | b    | B     | randomize = true, seed = 42
        select_one yn      | c    | C     | randomize=false
        text               | d    | D     | rows=5
        """,
        choices=YES_NO,
        asks="a:single b:multiple c:single d:text",
        has={"a": {"random": True}, "b": {"random": True}, "c": {"random": False}},
    ),
    Form(
        "lists kept on the sheet for long ones",
        """
        type                             | name   | label  | choice_filter
        select_one state                 | state  | State  |
        select_one_external county       | county | County | state = ${state}
        select_one_from_file county.csv  | again  | Again  |
        select_one_from_file towns.csv   | town   | Town   |
        select multiple from file b.xml  | more   | More   |
        select_one_external towns        | gone   | Gone   | state = ${state}
        """,
        choices="""
        list_name | name | label
        state     | wa   | West
        state     | tx   | South
        """,
        external_choices="""
        list_name | name    | label   | state
        county    | king    | King    | wa
        county    | pierce  | Pierce  | wa
        county    | cameron | Cameron | tx
        county    | king    | King    | tx
        """,
        asks="state:single county:single again:single",
        left_out=(
            "external_choices 5 name",
            "survey 5 type",
            "survey 6 type",
            "survey 7 type",
        ),
    ),
    Form(
        "choices made of other answers, and a list that is not there",
        """
        type                | name | label
        text                | a    | A
        select_one ${a}     | b    | B
        select_one nowhere  | c    | C
        select_one          | d    | D
        select_multiple two | e    | E
        select_one two      | f    | F
        """,
        choices="""
        list_name | name    | label
        two       | one two | One two
        """,
        asks="a:text f:single",
        left_out=tuple(f"survey {row} type" for row in range(3, 7)),
    ),
    Form(
        "a name twice, where the form allows it",
        """
        type         | name | label
        select_one l | a    | A
        """,
        choices="""
        list_name | name | label
        l         | x    | First
        l         | x    | Second
        """,
        settings="""
        form_title | allow_choice_duplicates
        Twice      | yes
        """,
        asks="a:single",
        left_out=("choices 3 name",),
        has={"a": {"codes": {"x"}}},
    ),
    Form(
        "pictures beside choices and questions",
        """
        type         | name | label | media::image | image::Français (fr) | media::audio | video
        select_one l | a    | A     | a.png        |                      | a.mp3        | a.mp4
        note         | b    |       | b.png        |                      |              |
        """,
        choices="""
        list_name | name | label | media::image
        l         | x    |       | x.png
        l         | y    | Y     |
        """,
        asks="a:single",
        left_out=("choices 2 image", "survey 2 image", "survey 2 video", "survey 3 label"),
        has={"a": {"audio": {"en": "a.mp3"}, "codes": {"x", "y"}}},
        languages="en",
    ),
]
