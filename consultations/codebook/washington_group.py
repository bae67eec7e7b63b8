"""The Washington Group Short Set on Functioning: six questions, one cut-off.

Answers are 1 no difficulty, 2 some, 3 a lot, 4 cannot do at all; everything else (refused, do not
know, skipped) is missing. With disability: a lot or more in any domain, whatever is missing.
Without: all six answered, none above some. Else unknown. Nothing is ever told by domain.
"""

from collections.abc import Sequence

from consultations.codebook.values import POOLED

_DIFFICULTY = {"1": "none", "2": "some", "3": "a_lot", "4": "a_lot"}


def greatest_difficulty(answers: Sequence[object]) -> str:
    """none, some or a_lot, from the answers to all domains; `POOLED` where it is not known."""
    found = [_DIFFICULTY.get(str(answer)) for answer in answers]
    if "a_lot" in found:
        return "a_lot"
    if None in found or not found:
        return POOLED
    return "some" if "some" in found else "none"
