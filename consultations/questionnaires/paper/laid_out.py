"""A questionnaire on paper, as plain data for `templates/typst/paper.typ`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from consultations.codebook import DONT_KNOW, PREFER_NOT, Texts
from consultations.questionnaires.paper.numbering import choice_numbers, numbers
from consultations.questionnaires.paper.routes import Say, conditions_of, jumps, only_if
from consultations.questionnaires.structure import Question, Questionnaire, Section
from consultations.questionnaires.xpath.notation import REFERENCE
from consultations.texts import pick
from consultations.words import N_

Piece = str | dict[str, str]
"""A text in the document's language, or {text, lang} where it is in another one."""

GAP = "…"
"""What paper shows where a page puts an earlier answer into its words."""

LINES = {"text": 1, "long_text": 4}
SHORT_LABEL, MIDDLE_LABEL = 13, 40
"""Characters of a choice's label that fit a fifth of a line, and half a line."""

WIDEST_TABLE = 6
"""Choices that stand beside each other in a table; with more, each row is a scale of its own."""

MANY = 6
"""More choices than these stand in columns, with a line of its own for words beside one."""

BOXES_OF_TIME = {"date": (4, 2, 2), "time": (2, 2), "datetime": (4, 2, 2, 2, 2)}
_TIME_SAID = {
    (4,): N_("Year"),
    (4, 2): N_("Year, month"),
    (4, 2, 2): N_("Year, month, day"),
    (2, 2): N_("Hour, minutes"),
    (4, 2, 2, 2, 2): N_("Year, month, day, hour, minutes"),
}

_DECLINED = {PREFER_NOT: N_("Prefer not to say"), DONT_KNOW: N_("Do not know")}


class OnPaper(Protocol):
    """What is printed of a provision."""

    number: Any
    heading: Any
    summary: Any


@dataclass(frozen=True)
class Teller:
    """Who tells the texts: the document's language, and our own words in the language spoken."""

    language: str
    spoken: str
    say: Say

    def text(self, texts: Texts) -> Piece:
        """The reader's one of several texts."""
        words, found = pick(texts, self.language)
        return self.piece(REFERENCE.sub(GAP, words), found)

    def words(self, sentence: str, **values: object) -> Piece:
        """A sentence of ours."""
        return self.piece(self.say(sentence, **values), self.spoken)

    def piece(self, words: str, language: str) -> Piece:
        """A text with its language where that is not the document's."""
        if language == self.language:
            return words
        return {"text": words, "lang": language}


def paper(
    questionnaire: Questionnaire, provisions: Mapping[str, OnPaper], teller: Teller
) -> list[dict[str, Any]]:
    """The parts of the printed questionnaire, in the order in which it was written.

    A part has `heading`, `provision` (heading and summary), `condition` and `questions`; every
    question its number, label, hint and how it is answered. `provisions` are those of the draft
    by their eId.
    """
    sections = {each.name: each for each in questionnaire.sections}
    away = jumps(questionnaire)
    numbered = numbers(questionnaire)
    asked = [each for each in questionnaire.questions if each.name in numbered or _is_told(each)]
    parts: list[dict[str, Any]] = []
    for (name, eid), run in groupby(asked, key=lambda each: (each.section, each.about)):
        section, about = sections.get(name or ""), provisions.get(eid or "")
        questions = list(run)
        table = _is_table(section, questions)
        parts.append(
            {
                "heading": _heading(section, parts, teller),
                "name": name,
                "provision": _provision(about, teller) if about else None,
                "condition": _condition(questionnaire, section, teller),
                "blocks": [_matrix(questions, numbered, teller)]
                if table
                else [
                    _question(questionnaire, each, about, away.get(each.name, {}), teller)
                    for each in questions
                ],
            }
        )
    return parts


def _is_told(question: Question) -> bool:
    return question.kind == "note"


def _heading(
    section: Section | None, parts: Sequence[Mapping[str, Any]], teller: Teller
) -> Piece | None:
    """The section's title, where the part before it belongs to another one."""
    if section is None or (parts and parts[-1]["name"] == section.name):
        return None
    return teller.text(section.label) if section.label else None


def _provision(about: OnPaper, teller: Teller) -> dict[str, Any]:
    return {
        "number": teller.text(about.number),
        "heading": teller.text(about.heading) if about.heading else None,
        "summary": teller.text(about.summary) if about.summary else None,
    }


def _condition(
    questionnaire: Questionnaire, section: Section | None, teller: Teller
) -> Piece | None:
    if section is None or not section.relevant.strip():
        return None
    told = only_if(questionnaire, [section.relevant], teller.language, teller.say)
    return teller.piece(told, teller.spoken)


def _is_table(section: Section | None, questions: Sequence[Question]) -> bool:
    """Whether questions are the rows of one table that fits the paper."""
    if section is None or section.layout != "matrix":
        return False
    choices = questions[0].choices
    return 0 < len(choices) <= WIDEST_TABLE and all(each.choices == choices for each in questions)


def _matrix(
    questions: Sequence[Question], numbered: Mapping[str, int], teller: Teller
) -> dict[str, Any]:
    """A table whose rows are questions that share their choices."""
    return {
        "as": "matrix",
        "choices": _choices(questions[0], {}, teller),
        "rows": [
            {
                "number": numbered[each.name],
                "label": teller.text(each.label),
                "hint": teller.text(each.hint) if each.hint else None,
            }
            for each in questions
        ],
    }


def _question(
    questionnaire: Questionnaire,
    question: Question,
    about: OnPaper | None,
    away: Mapping[str, int | None],
    teller: Teller,
) -> dict[str, Any]:
    label, hint = _label_and_hint(question, about, teller)
    own = [question.relevant] if question.relevant.strip() else []
    conditions = own if question.section else conditions_of(questionnaire, question)
    told = only_if(questionnaire, conditions, teller.language, teller.say) if conditions else None
    choices = _choices(question, away, teller)
    return {
        "as": _shape(question),
        "number": numbers(questionnaire).get(question.name),
        "label": label,
        "hint": hint,
        "condition": teller.piece(told, teller.spoken) if told else None,
        "how": _how(question, teller),
        "choices": choices,
        "columns": _columns(question, choices),
        "lines": LINES.get(question.kind, 1),
        "digits": _boxes_of_time(question) if question.kind in BOXES_OF_TIME else (),
        "unit": teller.text(question.unit) if question.unit else None,
    }


def _label_and_hint(
    question: Question, about: OnPaper | None, teller: Teller
) -> tuple[Piece, Piece | None]:
    """Where the label only names the provision that stands above, the hint is what is asked."""
    label = teller.text(question.label)
    hint = teller.text(question.hint) if question.hint else None
    if about is None or hint is None:
        return label, hint
    number, heading = (pick(texts, teller.language)[0] for texts in (about.number, about.heading))
    words = pick(question.label, teller.language)[0]
    if words in (heading, number, f"{number} · {heading}"):
        return hint, None
    return label, hint


def _shape(question: Question) -> str:
    """How the template draws it: boxes, scale, ranks, lines, consent, date or note."""
    if question.kind in ("single", "multiple", "vote"):
        return "boxes"
    if question.kind in ("integer", "decimal"):
        return "short"
    if question.kind in BOXES_OF_TIME:
        return "date"
    known = {"scale": "scale", "ranking": "ranks", "consent": "consent", "note": "note"}
    return known.get(question.kind, "lines")


def _how(question: Question, teller: Teller) -> Piece | None:
    """One sentence on how to answer, where it is not plain."""
    if question.kind == "multiple":
        if question.maximum is not None:
            return teller.words(N_("Choose at most %(count)s."), count=f"{question.maximum:.0f}")
        return teller.words(N_("Choose as many as you like."))
    if question.kind == "ranking" and question.maximum is not None:
        return teller.words(
            N_("Write 1 beside what comes first, 2 beside what comes next, up to %(count)s."),
            count=f"{question.maximum:.0f}",
        )
    if question.kind == "ranking":
        return teller.words(
            N_("Write 1 beside what comes first, 2 beside what comes next, and so on.")
        )
    if question.kind in BOXES_OF_TIME:
        return teller.words(_TIME_SAID[_boxes_of_time(question)])
    return None


def _boxes_of_time(question: Question) -> tuple[int, ...]:
    """How many boxes for digits stand together, of a date or a time."""
    if question.looks("year"):
        return (4,)
    return (4, 2) if question.looks("month") else BOXES_OF_TIME[question.kind]


def _choices(
    question: Question, away: Mapping[str, int | None], teller: Teller
) -> list[dict[str, Any]]:
    labels = {choice.code: choice.label for choice in question.choices}
    return [
        {
            "number": number,
            "label": (
                teller.text(labels[code]) if code in labels else teller.words(_DECLINED[code])
            ),
            "words": code in question.words_beside,
            "apart": code in _DECLINED,
            "away": _away(away[code], teller) if code in away else None,
        }
        for code, number in choice_numbers(question).items()
    ]


def _away(number: int | None, teller: Teller) -> Piece:
    if number is None:
        return teller.words(N_("go to the end"))
    return teller.words(N_("go to question %(number)s"), number=number)


def _columns(question: Question, choices: Sequence[Mapping[str, Any]]) -> int:
    """How many choices stand beside each other."""
    own = [each for each in choices if not each["apart"]]
    longest = max((len(_plain(each["label"])) for each in own), default=0)
    if question.kind == "scale" and len(own) <= 11:
        return max(1, len(own))
    if any(each["away"] for each in choices) or longest > MIDDLE_LABEL:
        return 1
    if longest > SHORT_LABEL or any(each["words"] for each in own):
        return 2 if len(own) > MANY or not any(each["words"] for each in own) else 1
    return min(len(own), 4)


def _plain(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece["text"]
