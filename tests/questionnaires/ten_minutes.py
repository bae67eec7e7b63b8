"""A questionnaire on ten articles with their three questions, and on who is asked."""

from consultations.questionnaires.structure import Question, Questionnaire, Section

EIDS = tuple(f"art_{number}" for number in range(1, 11))


def question(name, **details):
    return Question(name, "single", {"en": name}, **details)


def questionnaire(*questions):
    sections = dict.fromkeys(each.section for each in questions if each.section)
    return Questionnaire(
        {"en": "T"}, ("en",), "en", questions, tuple(Section(name, {}) for name in sections)
    )


def ten_minutes():
    about = [
        question(f"{eid}_{role}", provision=eid, role=role)
        for eid in EIDS
        for role in ("position", "effect", "change")
    ]
    groups = [question(name, dimension=name) for name in ("gender", "age")]
    return questionnaire(groups[0], *about, question("anything"), groups[1])
