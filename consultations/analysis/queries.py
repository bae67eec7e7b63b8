"""Reading a round's answers for counting. Only `analysis.services` may call this."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from consultations.analysis.plan import CountedQuestion, Responses
from consultations.codebook import NON_RESPONSE, NOT_ASKED, NOT_CODABLE, SKIPPED, Dimension
from consultations.questionnaires.logic import Logic, logic_of
from consultations.questionnaires.structure import Questionnaire
from consultations.submissions.dimensions import dimension_codes
from consultations.submissions.models import INDIVIDUAL
from consultations.submissions.queries import submissions_of

Coded = Mapping[str, Mapping[str, Sequence[str]]]
"""Submission -> name of a question that counts themes -> the codes of those in its words."""


def responses(
    round_id: str,
    questionnaire: Questionnaire,
    questions: Iterable[CountedQuestion],
    dimensions: Iterable[Dimension],
    *,
    kind: str = INDIVIDUAL,
    read_in: Coded = MappingProxyType({}),
) -> tuple[Responses, str]:
    """The answers of everyone of a kind, and a digest of them that does not depend on order.

    `read_in` are the themes found in their words, as one more answer of those who wrote.
    """
    counted, chosen = list(questions), list(dimensions)
    codes_of = dimension_codes(questionnaire, chosen)
    logic = logic_of(questionnaire)
    read = {each.name: _reader(each, logic) for each in counted}
    answers: dict[str, list[Any]] = {each.name: [] for each in counted}
    dimension: dict[str, list[str]] = {each.name: [] for each in chosen}
    channel, language, entry, digests = [], [], [], []
    for submission in submissions_of(round_id, kind=kind):
        whole = {**submission.answers, **read_in.get(submission.id, {})}
        for name, value in read.items():
            answers[name].append(value(whole))
        for name, code in codes_of(whole).items():
            dimension[name].append(code)
        channel.append(submission.channel)
        language.append(submission.language)
        entry.append(submission.entry)
        digests.append(_digest(whole, submission.channel, submission.language))
    found = Responses(len(channel), answers, dimension, channel, language, entry)
    return found, hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def _reader(question: CountedQuestion, logic: Logic) -> Callable[[Mapping[str, Any]], Any]:
    def one(answers: Mapping[str, Any]) -> str:
        value = answers.get(question.asked)
        if isinstance(value, list):
            value = _at(question.place, value)
        return str(value) if value is not None else absent(answers)

    def several(answers: Mapping[str, Any]) -> tuple[str, ...]:
        value = answers.get(question.asked)
        if value is None:
            return (absent(answers),)
        return tuple(map(str, value)) if isinstance(value, list) else (str(value),)

    def absent(answers: Mapping[str, Any]) -> str:
        return SKIPPED if question.asked in answers else NOT_ASKED

    if question.told_in:
        return _reader_of_themes(question, logic)
    return several if question.multiple else one


def _reader_of_themes(
    question: CountedQuestion, logic: Logic
) -> Callable[[Mapping[str, Any]], tuple[str, ...]]:
    texts = [logic.questionnaire.by_name[name] for name in question.told_in]

    def themes(answers: Mapping[str, Any]) -> tuple[str, ...]:
        if found := answers.get(question.name):
            return tuple(found)
        if any(answers.get(each.name) for each in texts):
            return (NOT_CODABLE,)
        return (SKIPPED if asked(answers) else NOT_ASKED,)

    def asked(answers: Mapping[str, Any]) -> bool:
        beside = answers.get(question.beside, NOT_ASKED) if question.beside else SKIPPED
        if beside in (NOT_ASKED, [NOT_ASKED]):
            return False
        return any(logic.relevant(each, dict(answers)) for each in texts)

    return themes


def _at(place: int, ranked: Sequence[str]) -> str:
    """What stands in a place of a ranking; a code of non-response stands in all of them."""
    if ranked[0] in NON_RESPONSE:
        return ranked[0]
    return ranked[place - 1] if len(ranked) >= place else SKIPPED


def _digest(answers: Mapping[str, Any], channel: str, language: str) -> bytes:
    content = json.dumps([answers, channel, language], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).digest()
