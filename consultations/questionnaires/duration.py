"""How long a questionnaire takes on a phone."""

from collections.abc import Iterable

from consultations.questionnaires.structure import Question

READING_SECONDS = 60
SECONDS = {"text": 20, "long_text": 35, "integer": 12, "decimal": 12, "multiple": 18}
CHOICE_SECONDS = 14


def minutes(asked: Iterable[Question]) -> int:
    """Whole minutes for what one participant is asked, text counted by how few write any."""
    seconds = READING_SECONDS + sum(SECONDS.get(each.kind, CHOICE_SECONDS) for each in asked)
    return max(1, round(seconds / 60))
