"""Dimensions that follow from several questions together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from consultations.codebook.values import Texts
from consultations.codebook.washington_group import greatest_difficulty
from consultations.codebook.written import CODEBOOK


@dataclass(frozen=True)
class Battery:
    """Questions that share their choices and give one category of their dimension.

    questions: the part it asks about -> its words.
    choices:   code -> words.
    category:  from the answers to all questions to the category, or `POOLED`.
    """

    questions: Mapping[str, Texts]
    choices: Mapping[str, Texts]
    category: Callable[[Sequence[object]], str]


_RULES = {"disability": greatest_difficulty}

BATTERIES: Mapping[str, Battery] = {
    name: Battery(**CODEBOOK[name]["battery"], category=rule) for name, rule in _RULES.items()
}
"""Dimension name -> its battery. A dimension without one is fed by one question only."""
