"""Forms like those that field teams use: all of each is read, but for traces and places."""

from tests.questionnaires.forms.building import Form

FORMS = [
    Form(
        "monitoring after a distribution",
        """
        type                        | name              | label::English (en)                       | label::French (fr)                    | hint::English (en) | required | relevant | constraint | constraint_message::English (en) | appearance | calculation | choice_filter | parameters
        start                       | start             |                                           |                                       |              |      |                                 |                                  |                        |                |                            |                      |
        end                         | end               |                                           |                                       |              |      |                                 |                                  |                        |                |                            |                      |
        today                       | today             |                                           |                                       |              |      |                                 |                                  |                        |                |                            |                      |
        deviceid                    | deviceid          |                                           |                                       |              |      |                                 |                                  |                        |                |                            |                      |
        audit                       | audit             |                                           |                                       |              |      |                                 |                                  |                        |                |                            |                      |
        note                        | intro             | Hello, we come from the **office**.       | Bonjour                               |              |      |                                 |                                  |                        |                |                            |                      |
        select_one yn               | consent           | May we ask you some questions?            | Pouvons-nous vous poser des questions ? |            | yes  |                                 |                                  |                        | horizontal     |                            |                      |
        note                        | stop              | Thank you, goodbye.                       | Merci, au revoir.                     |              |      | ${consent} = 'no'               |                                  |                        |                |                            |                      |
        begin_group                 | all               |                                           |                                       |              |      | ${consent} = 'yes'              |                                  |                        |                |                            |                      |
        begin_group                 | place             | Place                                     | Lieu                                  |              |      |                                 |                                  |                        | field-list     |                            |                      |
        select_one admin1           | admin1            | Region                                    | Région                                |              | yes  |                                 |                                  |                        | minimal        |                            |                      |
        select_one admin2           | admin2            | District                                  | District                              |              | yes  | ${admin1} != ''                 |                                  |                        | minimal        |                            | admin1 = ${admin1}   |
        geopoint                    | gps               | Point                                     | Point                                 |              |      |                                 |                                  |                        |                |                            |                      |
        end_group                   |                   |                                           |                                       |              |      |                                 |                                  |                        |                |                            |                      |
        begin_group                 | people            | Household                                 | Ménage                                |              |      |                                 |                                  |                        | field-list     |                            |                      |
        select_one sex              | sex               | Sex                                       | Sexe                                  |              | yes  |                                 |                                  |                        | horizontal-compact |                        |                      |
        integer                     | age               | Age                                       | Âge                                   | In years     | yes  |                                 | . >= 18 and . <= 110             | Adults only            |                |                            |                      |
        integer                     | girls             | Girls                                     | Filles                                |              | yes  |                                 | . >= 0                           |                        | w1             |                            |                      |
        integer                     | boys              | Boys                                      | Garçons                               |              | yes  |                                 | . >= 0                           |                        | w1             |                            |                      |
        calculate                   | children          |                                           |                                       |              |      |                                 |                                  |                        |                | ${girls} + ${boys}         |                      |
        note                        | check             | There are ${children} children.           | Il y a ${children} enfants.           |              |      | ${children} > 0                 |                                  |                        |                |                            |                      |
        end_group                   |                   |                                           |                                       |              |      |                                 |                                  |                        |                |                            |                      |
        select_multiple item        | got               | What did you receive?                     | Qu’avez-vous reçu ?                   |              | yes  |                                 | not(selected(., 'none') and count-selected(.) > 1) | “None” stands alone |    |                            |                      |
        text                        | got_other         | Which other?                              | Quoi d’autre ?                        |              |      | selected(${got}, 'other')       |                                  |                        |                |                            |                      |
        select_one likert           | happy             | How content are you?                      | Êtes-vous satisfait ?                 |              |      | not(selected(${got}, 'none'))   |                                  |                        | likert         |                            |                      |
        date                        | day               | When did you receive it?                  | Quand l’avez-vous reçu ?              |              |      |                                 | . <= today()                     | Not in the future      |                |                            |                      |
        calculate                   | days              |                                           |                                       |              |      |                                 |                                  |                        |                | int(decimal-date-time(today()) - decimal-date-time(${day})) |         |
        rank item                   | best              | Put them in order of use                  | Classez-les                           |              |      |                                 |                                  |                        |                |                            |                      |
        range                       | trust             | How much do you trust us?                 | Nous faites-vous confiance ?          |              |      |                                 |                                  |                        |                |                            |                      | start=0 end=10 step=1
        image                       | photo             | A photo of the item                       | Une photo                             |              |      |                                 |                                  |                        |                |                            |                      |
        text                        | remarks           | Anything else?                            | Autre chose ?                         |              |      |                                 |                                  |                        | multiline      |                            |                      |
        end_group                   |                   |                                           |                                       |              |      |                                 |                                  |                        |                |                            |                      |
        """,
        choices="""
        list_name | name  | label::English (en) | label::French (fr) | admin1
        yn        | yes   | Yes                 | Oui                |
        yn        | no    | No                  | Non                |
        admin1    | 101   | North               | Nord               |
        admin1    | 102   | South               | Sud                |
        admin2    | 10101 | Hills               | Collines           | 101
        admin2    | 10201 | Coast               | Côte               | 102
        sex       | f     | Woman               | Femme              |
        sex       | m     | Man                 | Homme              |
        item      | soap  | Soap                | Savon              |
        item      | food  | Food                | Vivres             |
        item      | other | Other               | Autre              |
        item      | none  | None                | Rien               |
        likert    | 1     | Not at all          | Pas du tout        |
        likert    | 5     | Very                | Très               |
        """,
        settings="""
        form_title           | form_id | version    | default_language | style
        After a distribution | pdm_01  | 2026112401 | English (en)     | theme-grid pages
        """,
        asks="intro:note consent:single stop:note admin1:single admin2:single sex:single"
        " age:integer girls:integer boys:integer children:calculated check:note got:multiple"
        " got_other:text happy:scale day:date days:calculated best:ranking trust:scale photo:file"
        " remarks:long_text",
        left_out=(*(f"survey {row} type" for row in range(2, 7)), "survey 14 type"),
        languages="en fr",
        sections={
            "all": {"relevant": "${consent} = 'yes'"},
            "people": {"within": "all"},
        },
    ),
    Form(
        "as Kobo's form builder writes it",
        """
        type                   | name                     | label                            | required | relevant                            | appearance | $kuid | $autoname | hxl          | constraint | guidance_hint | parameters | kobo--locking-profile
        start                  | start                    |                                  |          |                                     |            | a1    | start     |              |            |               |            |
        end                    | end                      |                                  |          |                                     |            | a2    | end       |              |            |               |            |
        select_one ab1cd23     | _1_Are_you_well          | 1. Are you well?                 | true     |                                     |            | a3    | x         | #status      |            | Read it out   |            |
        text                   | Why_not                  | Why not?                         | false    | ${_1_Are_you_well} = 'no'           |            | a4    | x         |              |            |               |            |
        begin_group            | group_ab1cd24            | Your *home*                      |          |                                     | field-list | a5    | x         |              |            |               |            |
        select_multiple ab1cd2 | _2_What_is_broken        | 2. What is broken?               | true     | selected(${_1_Are_you_well}, 'yes') | columns-2  | a6    | x         |              |            |               | randomize=false |
        decimal                | _3_Size                  | 3. How large is it, in m²?       | false    |                                     |            | a7    | x         |              | . > 0      |               |            |
        end_group              |                          |                                  |          |                                     |            | a8    | x         |              |            |               |            |
        acknowledge            | OK                       | I have told the truth            | true     |                                     |            | a9    | x         |              |            |               |            |
        """,
        choices="""
        list_name | name  | label  | $kuid | $autovalue
        ab1cd23   | yes   | Yes    | b1    | yes
        ab1cd23   | no    | No     | b2    | no
        ab1cd2    | roof  | Roof   | b3    | roof
        ab1cd2    | walls | Walls  | b4    | walls
        """,
        settings="""
        style | version                              | id_string
        pages | 3 (2026-11-24 10:00:00)              | aBcDeF
        """,
        asks="_1_Are_you_well:single Why_not:text _2_What_is_broken:multiple _3_Size:decimal"
        " OK:consent",
        left_out=("survey 2 type", "survey 3 type"),
    ),
    Form(
        "needs of several sectors, in Arabic first",
        """
        type                  | name     | label::Arabic (ar)          | label::English (en)      | relevant                                            | constraint                                                        | required | calculation                                           | choice_filter
        begin_group           | s1       | المأوى                      | Shelter                  |                                                     |                                                                   |          |                                                       |
        select_one shelter    | shelter  | ما نوع المأوى؟              | Which shelter?           |                                                     |                                                                   | yes      |                                                       |
        text                  | s_other  | غير ذلك، حدد                | Other, please specify    | ${shelter} = 'other'                                |                                                                   |          |                                                       |
        select_multiple issue | issues   | ما المشاكل؟                 | Which issues?            | ${shelter} != '' and not(${shelter} = 'none')       | count-selected(.) <= 3 and not(selected(., 'none') and selected(., 'leak')) |  |                                               |
        calculate             | n_issues |                             |                          |                                                     |                                                                   |          | count-selected(${issues})                             |
        calculate             | severe   |                             |                          |                                                     |                                                                   |          | if(${n_issues} >= 2 or selected(${issues}, 'leak'), 1, 0) |
        end_group             |          |                             |                          |                                                     |                                                                   |          |                                                       |
        begin_group           | s2       | المياه                      | Water                    | ${severe} = 1 or ${shelter} = 'tent'                |                                                                   |          |                                                       |
        integer               | litres   | كم لترًا في اليوم؟          | Litres a day?            |                                                     | . >= 0 and . <= 500 or . = -7                                     |          |                                                       |
        integer               | minutes  | كم دقيقة؟                   | Minutes to fetch it?     | ${litres} > 0                                       | . < 300                                                           |          |                                                       |
        select_one problem    | worst    | ما أسوأ مشكلة؟              | Which issue is worst?    | ${n_issues} > 1                                     |                                                                   |          |                                                       | selected(${issues}, name)
        date                  | since    | منذ متى؟                    | Since when?              |                                                     | . <= today() and . >= date('2010-01-01')                          |          |                                                       |
        end_group             |          |                             |                          |                                                     |                                                                   |          |                                                       |
        """,
        choices="""
        list_name | name  | label::Arabic (ar) | label::English (en)
        shelter   | tent  | خيمة               | Tent
        shelter   | house | بيت                | House
        shelter   | other | غير ذلك            | Other
        shelter   | none  | لا شيء             | None
        issue     | leak  | تسرب               | Leak
        issue     | cold  | برد                | Cold
        issue     | none  | لا شيء             | None
        problem   | leak  | تسرب               | Leak
        problem   | cold  | برد                | Cold
        """,
        settings="""
        form_title    | form_id | default_language
        تقييم الاحتياجات | msna    | Arabic (ar)
        """,
        asks="shelter:single s_other:text issues:multiple n_issues:calculated severe:calculated"
        " litres:integer minutes:integer worst:single since:date",
        languages="ar en",
        has={
            "litres": {"minimum": 0, "maximum": 500, "non_response": ("-7",)},
            "issues": {
                "maximum": 3,
                "constraint": "not(selected(., 'none') and selected(., 'leak'))",
            },
        },
    ),
    Form(
        "the six questions of the Washington Group as a table",
        """
        type              | name     | label::English (en)              | label::Español (es)        | appearance
        begin_group       | wg       | Do you have difficulty …         | ¿Tiene dificultad para …   | table-list
        select_one degree | seeing   | … seeing, even with glasses?     | … ver?                     |
        select_one degree | hearing  | … hearing, even with an aid?     | … oír?                     |
        select_one degree | walking  | … walking or climbing steps?     | … caminar?                 |
        end_group         |          |                                  |                            |
        """,
        choices="""
        list_name | name | label::English (en)   | label::Español (es)
        degree    | 1    | No difficulty         | Ninguna
        degree    | 2    | Some difficulty       | Alguna
        degree    | 3    | A lot of difficulty   | Mucha
        degree    | 4    | Cannot do it at all   | No puede
        degree    | -7   | I prefer not to say   | Prefiero no decirlo
        """,
        asks="seeing:single hearing:single walking:single",
        languages="en es",
        sections={"wg": {"layout": "matrix"}},
    ),
    Form(
        "a register with a roster, which is left out",
        """
        type              | name     | label                        | repeat_count | relevant                | calculation | required
        integer           | size     | How many are you?            |              |                         |             | yes
        begin_repeat      | member   | Member                       | ${size}      |                         |             |
        text              | called   | Name                         |              |                         |             |
        integer           | years    | Age of ${called}             |              |                         |             |
        end_repeat        |          |                              |              |                         |             |
        calculate         | minors   |                              |              |                         | count(${member}[${years} < 18]) |
        calculate         | eldest   |                              |              |                         | max(${years}) |
        note              | told     | The eldest is ${eldest}      |              |                         |             |
        integer           | meals    | Meals yesterday              |              | ${size} > 1             |             |
        calculate         | each     |                              |              |                         | ${meals} div ${size} |
        """,
        asks="size:integer meals:integer each:calculated",
        left_out=(
            *(f"survey {row} type" for row in (3, 4, 5)),
            "survey 7 calculation",
            "survey 8 calculation",
            "survey 9 label",
        ),
    ),
]
