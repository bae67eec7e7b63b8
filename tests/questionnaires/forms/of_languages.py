"""Forms in many languages, and spelled in many ways."""

from tests.questionnaires.forms.building import YES_NO, Form

FORMS = [
    Form(
        "five languages, two of them from right to left",
        """
        type    | name | label::English (en) | label::العربية (ar) | label::فارسی (fa) | label::Français (fr) | label::Hausa (ha) | hint::English (en) | hint::العربية (ar)
        integer | a    | Age                 | العمر               | سن                 | Âge                  | Shekaru           | In years           | بالسنوات
        """,
        settings="""
        form_title::English (en) | form_title::العربية (ar) | default_language
        Ages                     | الأعمار                  | العربية (ar)
        """,
        asks="a:integer",
        languages="ar en fa fr ha",
        has={"a": {"hint": {"en": "In years", "ar": "بالسنوات"}}},
    ),
    Form(
        "names of languages as people write them",
        """
        type    | name | label::English | label::Français | label::Español | label:: Kiswahili | label::Kurdish (ckb) | label::Farsi | label::العربية
        integer | a    | Age            | Âge             | Edad           | Umri              | تەمەن                | سن           | العمر
        """,
        asks="a:integer",
        languages="en fr es sw ckb fa ar",
    ),
    Form(
        "codes of three letters, regions and scripts",
        """
        type    | name | label::eng | label::French(FR) | label::Dari (fa-AF) | label::Српски (sr_cyrl) | label::Kirundi
        integer | a    | Age        | Âge               | سن                  | Године                  | Imyaka
        """,
        asks="a:integer",
        languages="en fr fa-AF sr-Cyrl rn",
    ),
    Form(
        "a language that nobody can tell",
        """
        type    | name | label::English (en) | label::Village tongue
        integer | a    | Age                 | Xx
        """,
        asks="a:integer",
        settings="""
        default_language
        Village tongue
        """,
        left_out=("settings 2 default_language", "survey 1 label::Village tongue"),
        has={"a": {"label": {"en": "Age"}}},
    ),
    Form(
        "a default language, and columns without one",
        """
        type          | name | label | label::English (en) | hint
        select_one yn | a    | Edad? | Age?                | Años
        """,
        choices=YES_NO,
        settings="""
        form_title | default_language
        Edades     | Español (es)
        """,
        asks="a:single",
        languages="es en",
        has={"a": {"label": {"es": "Edad?", "en": "Age?"}, "hint": {"es": "Años"}}},
    ),
    Form(
        "a default language called default",
        """
        type    | name | label | label::French (fr)
        integer | a    | Age   | Âge
        """,
        settings="""
        form_title | default_language
        Ages       | default
        """,
        asks="a:integer",
        languages="en fr",
    ),
    Form(
        "old names of types and columns",
        """
        command                                   | tag | caption:English | relevance         | constraining message | bind:constraint | bind:jr:requiredMsg
        add select one prompt using yn            | a   | A               |                   |                      |                 |
        select all that apply from yn             | b   | B               |                   |                      |                 |
        select one from yn                        | c   | C               | ${a} = 'yes'      |                      |                 | Say
        q int                                     | d   | D               |                   | No                   | . > 0           |
        add text prompt                           | e   | E               |                   |                      |                 |
        add note prompt                           | f   | F               |                   |                      |                 |
        add date prompt                           | g   | G               |                   |                      |                 |
        add dateTime prompt                       | h   | H               |                   |                      |                 |
        add image prompt                          | i   | I               |                   |                      |                 |
        select1 yn                                | j   | J               |                   |                      |                 |
        select multiple yn                        | k   | K               |                   |                      |                 |
        """,
        choices="""
        list name | value | caption:English
        yn        | yes   | Yes
        yn        | no    | No
        """,
        asks="a:single b:multiple c:single d:integer e:text f:note g:date h:datetime i:file"
        " j:single k:multiple",
        has={
            "c": {"relevant": "${a} = 'yes'", "required_message": {"en": "Say"}},
            "d": {"minimum": 1, "message": {"en": "No"}},
        },
    ),
    Form(
        "columns bound by hand",
        """
        Type    | Name | Label::English (en) | bind::relevant | bind::required | bind::calculate | control::appearance | bind::jr:constraintMsg::English (en) | body::accuracyThreshold | media::audio::English (en)
        Text    | a    | A                   |                | yes            |                 | multiline           | No                                   | 5                       | a.mp3
        INTEGER | b    | B                   | ${a} != ''     |                |                 |                     |                                      |                         |
        Calculate | c  |                     |                |                | 1 + 1           |                     |                                      |                         |
        """,
        asks="a:long_text b:integer c:calculated",
        has={"a": {"required": True, "message": {"en": "No"}, "audio": {"en": "a.mp3"}}},
    ),
]
