"""What is measured: one page of twelve five-point items, four lists and one free text."""

from consultations.questionnaires.structure import Choice, Question, Questionnaire

ITEMS, LISTS, CONDITIONS = 12, (5, 6, 12, 20), 20
TEXT = "The notice should come earlier, and in the languages that herders read."
POINTS = (
    "Strongly disagree",
    "Disagree",
    "Neither agree nor disagree",
    "Agree",
    "Strongly agree",
)


def questionnaire(*, conditions: int = 0) -> Questionnaire:
    """The questionnaire; with `conditions`, so many further questions of which each has one."""
    return Questionnaire(
        {"en": "How the draft would work"},
        ("en",),
        "en",
        (*_items(), *_lists(), _text("remark", "Anything else?"), *_asked_if(conditions)),
    )


def answers(*, conditions: int = 0) -> dict[str, str]:
    """What a participant posts: the first half of the conditions come true."""
    return {
        **{f"item_{number}": str(1 + number % 5) for number in range(1, ITEMS + 1)},
        **{f"list_{number}": f"c{number}" for number in range(1, len(LISTS) + 1)},
        "remark": TEXT,
        **{f"why_{number}": TEXT[:20] for number in range(1, conditions + 1)},
    }


def _items() -> list[Question]:
    points = tuple(Choice(str(at), {"en": label}) for at, label in enumerate(POINTS, start=1))
    return [
        Question(
            f"item_{number}",
            "scale",
            {"en": f"Statement {number}: the draft says clearly who has to do what, and by when."},
            choices=points,
            choice_list="agreement",
        )
        for number in range(1, ITEMS + 1)
    ]


def _lists() -> list[Question]:
    return [
        Question(
            f"list_{number}",
            "single",
            {"en": f"Which of these describes you best ({number})?"},
            choices=tuple(
                Choice(f"c{at}", {"en": f"Description {at}"}) for at in range(1, size + 1)
            ),
            appearance="dropdown",
        )
        for number, size in enumerate(LISTS, start=1)
    ]


def _text(name: str, label: str, relevant: str = "") -> Question:
    return Question(name, "long_text", {"en": label}, relevant=relevant)


def _asked_if(conditions: int) -> list[Question]:
    """Questions under conditions on the items: each reads two of them."""
    return [
        _text(
            f"why_{number}",
            f"Why ({number})?",
            f"${{item_{1 + number % ITEMS}}} > 2 and ${{item_{1 + (number + 1) % ITEMS}}} != '5'",
        )
        for number in range(1, conditions + 1)
    ]
