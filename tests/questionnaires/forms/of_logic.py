"""Forms whose questions look at other answers."""

from tests.questionnaires.forms.building import YES_NO, Form

FORMS = [
    Form(
        "conditions on questions and groups",
        """
        type               | name  | label   | relevant
        select_one yn      | work  | Work?   |
        begin_group        | about | About   | ${work} = 'yes'
        text               | where | Where?  |
        begin_group        | more  | More    | string-length(${where}) > 3
        integer            | hours | Hours?  | ${work} = 'yes' and ${where} != ''
        end_group          |       |         |
        end_group          |       |         |
        select_multiple yn | some  | Some    | not(selected(${work}, 'no'))
        text               | last  | Last    | selected(${some}, 'yes') or ${hours} > 40
        """,
        choices=YES_NO,
        asks="work:single where:text hours:integer some:multiple last:text",
        sections={
            "about": {"relevant": "${work} = 'yes'", "within": None},
            "more": {"within": "about"},
        },
    ),
    Form(
        "constraints: ranges, numbers of choices, codes, and the rest",
        """
        type               | name | label | constraint                                                      | constraint_message
        integer            | a    | A     | (. >= 0 and . <= 120) or . = -7                                 | Years, please
        select_multiple yn | b    | B     | count-selected(.) >= 1 and count-selected(.) <= 2               |
        select_multiple yn | c    | C     | not(selected(., 'no') and count-selected(.) > 1)                |
        text               | d    | D     | regex(., '^[A-Z]{2}[0-9]+$')                                    | Two letters
        text               | e    | E     | string-length(.) <= 160                                         |
        integer            | f    | F     | . >= 0 and . <= ${a}                                            |
        decimal            | g    | G     | . > 0                                                           |
        date               | h    | H     | . <= today() and . > date('2020-01-01')                         |
        integer            | i    | I     | . > 0 and (. < 10 or . = 99)                                    |
        integer            | j    | J     | . = 5 or                                                        |
        select_one yn      | k    | K     | . != 'no' or ${a} > 17                                          |
        """,
        choices=YES_NO,
        asks="a:integer b:multiple c:multiple d:text e:text f:integer g:decimal h:date i:integer"
        " k:single",
        left_out=("survey 11 constraint",),
        has={
            "a": {"maximum": 120, "non_response": ("-7",), "message": {"en": "Years, please"}},
            "b": {"minimum": 1, "maximum": 2, "constraint": ""},
            "c": {"constraint": "not(selected(., 'no') and count-selected(.) > 1)"},
            "e": {"maximum": 160},
            "f": {"minimum": 0, "constraint": ". <= ${a}"},
            "g": {"minimum": None, "constraint": ". > 0"},
            "i": {"minimum": 1, "constraint": ". < 10 or . = 99"},
        },
    ),
    Form(
        "required, with words of its own",
        """
        type    | name | label | required | required_message::English (en) | required_message::Français (fr)
        integer | a    | A     | yes      | We need it  | Il le faut
        integer | b    | B     | TRUE     |             |
        integer | c    | C     | true()   |             |
        integer | d    | D     | no       |             |
        integer | e    | E     | ${a} > 3 |             |
        note    | f    | F     | yes      |             |
        """,
        asks="a:integer b:integer c:integer d:integer e:integer f:note",
        left_out=("survey 6 required",),
        languages="en fr",
        has={
            "a": {"required": True, "required_message": {"en": "We need it", "fr": "Il le faut"}},
            "c": {"required": True},
            "d": {"required": False},
            "e": {"required": False},
            "f": {"required": False},
        },
    ),
    Form(
        "calculations of the field",
        """
        type          | name  | label | calculation
        date          | born  | Born  |
        select_one yn | adult | Adult |
        integer       | men   | Men   |
        integer       | women | Women |
        calculate     | age   |       | int((today() - ${born}) div 365.25)
        calculate     | all   |       | coalesce(${men}, 0) + coalesce(${women}, 0)
        calculate     | share |       | if(${all} > 0, round(${women} div ${all} * 100, 1), 0)
        calculate     | said  |       | jr:choice-name(${adult}, '${adult}')
        calculate     | first |       | once(random())
        calculate     | id    |       | concat('HH-', substr(uuid(), 0, 8))
        calculate     | far   |       | pulldata('villages', 'pop', 'name', ${adult})
        calculate     | past  |       | ${far} * 2
        note          | sum   | In all ${all}, of whom ${share} % women |
        note          | lost  | There are ${past} |
        """,
        choices=YES_NO,
        asks="born:date adult:single men:integer women:integer age:calculated all:calculated"
        " share:calculated said:calculated first:calculated sum:note",
        left_out=(
            "survey 11 calculation",
            "survey 12 calculation",
            "survey 13 calculation",
            "survey 15 label",
        ),
    ),
    Form(
        "answers put into words",
        """
        type          | name | label                     | hint                | constraint_message | constraint
        text          | name | What may we call you?     |                     |                    |
        select_one yn | ok   | Is it well, ${name}?      | You said ${name}    |                    |
        integer       | age  | ${ name }, how old?       |                     | No, ${name}        | . > 3
        text          | bad  | ${nobody}, are you there? |                     |                    |
        text          | more | Well?                     | ${start}            |                    |
        start         | start|                           |                     |                    |
        """,
        choices=YES_NO,
        asks="name:text ok:single age:integer",
        left_out=("survey 5 label", "survey 6 hint", "survey 7 type"),
    ),
    Form(
        "what refers to what is left out goes with it, however far",
        """
        type         | name | label | relevant       | calculation
        geopoint     | a    | A     |                |
        text         | b    | B     | ${a} != ''     |
        calculate    | c    |       |                | ${b}
        begin_group  | g    | G     | ${c} = 'x'     |
        text         | d    | D     |                |
        begin_group  | h    | H     |                |
        text         | e    | E     |                |
        end_group    |      |       |                |
        end_group    |      |       |                |
        text         | f    | F     | ${e} = 'y'     |
        text         | kept | Kept  |                |
        """,
        asks="kept:text",
        left_out=(
            "survey 2 type",
            "survey 3 relevant",
            "survey 4 calculation",
            "survey 5 relevant",
            "survey 6 type",
            "survey 7 type",
            "survey 8 type",
            "survey 11 relevant",
        ),
    ),
    Form(
        "conditions that run in circles",
        """
        type        | name | label | relevant   | calculation
        text        | a    | A     | ${b} = '1' |
        text        | b    | B     | ${c} = '1' |
        text        | c    | C     | ${a} = '1' |
        text        | d    | D     | ${d} = '1' |
        calculate   | e    |       |            | ${e} + 1
        begin_group | g    | G     | ${f} = '1' |
        text        | f    | F     |            |
        end_group   |      |       |            |
        text        | h    | H     | . = 'x'    |
        text        | kept | Kept  |            |
        """,
        asks="kept:text",
        left_out=(
            "survey 2 relevant",
            "survey 3 relevant",
            "survey 4 relevant",
            "survey 5 relevant",
            "survey 6 calculation",
            "survey 7 relevant",
            "survey 8 relevant",
            "survey 10 relevant",
        ),
    ),
    Form(
        "expressions as word processors leave them",
        """
        type          | name | label | relevant
        select_one yn | a    | A     |
        text          | b    | B     | ${a}=‘yes’
        text          | c    | C     | ${a} = “no”
        text          | d    | D     | ${b} = 'l’eau'
        text          | e    | E     |   ${a}='yes'\\nand ${b}!=''
        """,
        choices=YES_NO,
        asks="a:single b:text c:text d:text e:text",
        has={
            "b": {"relevant": "${a}='yes'"},
            "c": {"relevant": '${a} = "no"'},
            "d": {"relevant": "${b} = 'l’eau'"},
        },
    ),
    Form(
        "triggers, paths and functions that we do not have",
        """
        type      | name | label | relevant                 | trigger | calculation
        text      | a    | A     |                          |         |
        text      | b    | B     | position(..) > 1         |         |
        text      | c    | C     | instance('x')/root/item  |         |
        text      | d    | D     | ../a = 'x'               |         |
        calculate | e    |       |                          | ${a}    | now()
        text      | f    | F     | ${last-saved#a} = 'x'    |         |
        text      | g    | G     | ${a} =                   |         |
        text      | h    | H     | a = 'x'                  |         |
        """,
        asks="a:text",
        left_out=(
            "survey 3 relevant",
            "survey 4 relevant",
            "survey 5 relevant",
            "survey 6 trigger",
            "survey 7 relevant",
            "survey 8 relevant",
            "survey 9 relevant",
        ),
    ),
]
