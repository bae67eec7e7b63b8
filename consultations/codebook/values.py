"""What a codebook is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Texts = Mapping[str, str]
"""BCP 47 language tag -> text."""

NOT_ASKED, DONT_KNOW, PREFER_NOT, SKIPPED, WITHDRAWN, NOT_CODABLE = (
    "-9",
    "-8",
    "-7",
    "-6",
    "-5",
    "-4",
)
NON_RESPONSE = (NOT_ASKED, DONT_KNOW, PREFER_NOT, SKIPPED, WITHDRAWN, NOT_CODABLE)
POOLED = "-"
"""All kinds of non-response, counted as one category."""


@dataclass(frozen=True)
class Category:
    """One category of a dimension, or one counted choice of a question.

    choice:    its words in a form, where a report's label would read oddly there.
    specify:   words may be written beside it, which are never counted or published.
    exclusive: chosen together with no other.
    """

    code: str
    label: Texts
    choice: Texts = field(default_factory=dict)
    specify: bool = False
    exclusive: bool = False


@dataclass(frozen=True)
class Parent:
    """What small categories merge into: `of` are the codes of its categories."""

    code: str
    label: Texts
    of: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """Shares of the population (category code -> 0 to 1) and where they were taken from."""

    source: str
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Dimension:
    """A characteristic that answers are broken down by.

    categories: empty where only a question can give them (a new one of a consultation).
    question:   what is asked; of several questions together, what stands above them.
    why:        the reason shown beside the question.
    several:    one person may choose more than one category.
    ordered:    neighbours may be merged.
    sensitive:  its non-response and its zeros are protected too.
    """

    name: str
    label: Texts
    categories: tuple[Category, ...] = ()
    why: Texts = field(default_factory=dict)
    question: Texts = field(default_factory=dict)
    several: bool = False
    ordered: bool = False
    parents: tuple[Parent, ...] = ()
    sensitive: bool = False
    reference: Reference | None = None


@dataclass(frozen=True)
class Group:
    """People with any of the codes, in all of the dimensions, of `of` (dimension -> codes)."""

    code: str
    label: Texts
    of: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Policy:
    """How small a published number may be; see the table plan in the contracts."""

    threshold: int = 5
    minimum_base: int = 20
    sensitive_zero_rule: bool = True
