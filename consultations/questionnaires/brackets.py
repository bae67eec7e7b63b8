"""An open bracket of the draft put as a question: its choices are the draft's alternatives."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from consultations.codebook import Texts
from consultations.drafts.brackets import OpenPoint, open_points
from consultations.errors import ConsultationsError
from consultations.questionnaires.structure import Choice, Question, Questionnaire
from consultations.questionnaires.wording import WORDING
from consultations.texts import in_language
from consultations.words import N_

NO_VIEW = "no_view"


class BracketError(ConsultationsError):
    """A question is about an open bracket that the draft does not have."""


def bracket_question(eid: str, number: int, text: Texts) -> Question:
    """The question about open bracket `number` (from 1) of a provision with this `text`.

    Raises `BracketError` where the provision has no such bracket.
    """
    asked = Question(
        name=f"{eid}_bracket_{number}",
        kind="single",
        label=WORDING["bracket"]["question"],
        provision=eid,
        bracket=number,
    )
    return _with_choices(asked, text)


def bracket_questions(eid: str, text: Texts) -> Iterator[Question]:
    """A question for every open bracket of a provision."""
    count = max((len(open_points(words)) for words in text.values()), default=0)
    return (bracket_question(eid, number, text) for number in range(1, count + 1))


def with_bracket_choices(
    questionnaire: Questionnaire, provisions: Mapping[str, Texts]
) -> Questionnaire:
    """The questionnaire with the draft's alternatives where a question is about a bracket.

    `provisions` are the texts of a draft by eId. Questions that have choices keep them, so the
    same questionnaire comes back where nothing is missing. Raises `BracketError`.
    """
    if not any(each.bracket and not each.choices for each in questionnaire.questions):
        return questionnaire
    return replace(
        questionnaire,
        questions=tuple(
            _with_choices(each, provisions.get(each.provision or "", {}))
            if each.bracket and not each.choices
            else each
            for each in questionnaire.questions
        ),
    )


def _with_choices(question: Question, text: Texts) -> Question:
    found = _point(question, text)
    passages = {language: point.passage for language, point in found.items()}
    return replace(question, choices=_choices(found), hint=question.hint or passages)


def _point(question: Question, text: Texts) -> Mapping[str, OpenPoint]:
    """Language -> the open point, in the languages that have it with as many alternatives."""
    place = (question.bracket or 1) - 1
    points = {language: open_points(words) for language, words in text.items()}
    found = {language: each[place] for language, each in points.items() if len(each) > place}
    if not found:
        raise BracketError(
            N_(
                "The question %(name)s is about open bracket %(number)s of %(eid)s, which has"
                " %(count)s."
            ),
            name=question.name,
            number=question.bracket,
            eid=question.provision or "-",
            count=max(map(len, points.values()), default=0),
        )
    alike = max(len(point.alternatives) for point in found.values())
    return {tag: point for tag, point in found.items() if len(point.alternatives) == alike}


def _choices(found: Mapping[str, OpenPoint]) -> tuple[Choice, ...]:
    count = len(next(iter(found.values())).alternatives)
    no_view = Choice(NO_VIEW, WORDING["position"][NO_VIEW])
    if count == 1:
        words = {language: point.alternatives[0] for language, point in found.items()}
        return Choice("keep", _keep(words)), Choice("delete", WORDING["bracket"]["delete"]), no_view
    return (
        *(
            Choice(
                str(place + 1),
                {language: point.alternatives[place] for language, point in found.items()},
            )
            for place in range(count)
        ),
        no_view,
    )


def _keep(words: Texts) -> Texts:
    sentences = WORDING["bracket"]["keep"]
    return {
        language: in_language(sentences, language) % {"words": text}
        for language, text in words.items()
    }
