"""Reading a round's answers for counting. Only `analysis.services` may call this."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from consultations.analysis.plan import CountedQuestion, Responses
from consultations.codebook import NON_RESPONSE, NOT_ASKED, SKIPPED, Dimension
from consultations.questionnaires.structure import Questionnaire
from consultations.submissions.dimensions import dimension_codes
from consultations.submissions.models import INDIVIDUAL
from consultations.submissions.queries import submissions_of


def responses(
    round_id: str,
    questionnaire: Questionnaire,
    questions: Iterable[CountedQuestion],
    dimensions: Iterable[Dimension],
    *,
    kind: str = INDIVIDUAL,
) -> tuple[Responses, str]:
    """The answers of everyone of a kind, and a digest of them that does not depend on order."""
    counted, chosen = list(questions), list(dimensions)
    codes_of = dimension_codes(questionnaire, chosen)
    read = {each.name: _reader(each) for each in counted}
    answers: dict[str, list[Any]] = {each.name: [] for each in counted}
    dimension: dict[str, list[str]] = {each.name: [] for each in chosen}
    channel, language, entry, digests = [], [], [], []
    for submission in submissions_of(round_id, kind=kind):
        for name, value in read.items():
            answers[name].append(value(submission.answers))
        for name, code in codes_of(submission.answers).items():
            dimension[name].append(code)
        channel.append(submission.channel)
        language.append(submission.language)
        entry.append(submission.entry)
        digests.append(_digest(submission.answers, submission.channel, submission.language))
    found = Responses(len(channel), answers, dimension, channel, language, entry)
    return found, hashlib.sha256(b"".join(sorted(digests))).hexdigest()


def _reader(question: CountedQuestion) -> Callable[[Mapping[str, Any]], Any]:
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

    return several if question.multiple else one


def _at(place: int, ranked: Sequence[str]) -> str:
    """What stands in a place of a ranking; a code of non-response stands in all of them."""
    if ranked[0] in NON_RESPONSE:
        return ranked[0]
    return ranked[place - 1] if len(ranked) >= place else SKIPPED


def _digest(answers: Mapping[str, Any], channel: str, language: str) -> bytes:
    content = json.dumps([answers, channel, language], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).digest()
