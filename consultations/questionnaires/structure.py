"""What a questionnaire is: questions with their choices, in sections, in several languages."""

from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from functools import cached_property
from typing import Any

from consultations.codebook import NON_RESPONSE, Texts

ROLES = ("position", "effect", "change", "condition", "clear", "feasible", "reason")
"""The seven questions about a provision."""

POSITIONS = ("support", "support_with_changes", "oppose", "no_view")
"""The choices of a position, in this order."""


@dataclass(frozen=True)
class Choice:
    """One answer to choose."""

    code: str
    label: Texts


@dataclass(frozen=True)
class Section:
    """A named run of questions."""

    name: str
    label: Texts


@dataclass(frozen=True)
class Question:
    """One thing asked.

    kind:          single, multiple, scale, text (short), long_text, integer or decimal.
    message:       what to say when the value is out of range, instead of our own sentence.
    choice_list:   the name that questions sharing the same choices have in common.
    provision:     the eId of the provision it is about; role: one of ROLES.
    dimension:     the dimension it feeds.
    other:         the code of the choice beside which words may be written (field NAME_other).
    minimum, maximum: bounds of a number, both allowed themselves.
    non_response:  the codes (-9 to -4) that a number question declares as not being numbers.
    section:       the name of its section.
    """

    name: str
    kind: str
    label: Texts
    hint: Texts = field(default_factory=dict)
    message: Texts = field(default_factory=dict)
    required: bool = False
    choices: tuple[Choice, ...] = ()
    choice_list: str | None = None
    provision: str | None = None
    role: str | None = None
    dimension: str | None = None
    sensitive: bool = False
    other: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    non_response: tuple[str, ...] = ()
    section: str | None = None

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of its choices."""
        return frozenset(choice.code for choice in self.choices)

    @cached_property
    def substantive(self) -> tuple[Choice, ...]:
        """Its choices without those that only give words to a non-response code."""
        return tuple(choice for choice in self.choices if choice.code not in NON_RESPONSE)

    @property
    def other_field(self) -> str:
        """The name of the field for the words beside "other"."""
        return f"{self.name}_other"


@dataclass(frozen=True)
class Questionnaire:
    """All that is asked, in the order in which it was written."""

    title: Texts
    languages: tuple[str, ...]
    default_language: str
    questions: tuple[Question, ...] = ()
    sections: tuple[Section, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        """Questions by their name."""
        return {question.name: question for question in self.questions}

    @cached_property
    def feeding(self) -> Mapping[str, Question]:
        """Dimension name -> the question that feeds it."""
        return {question.dimension: question for question in self.questions if question.dimension}

    @property
    def has_roles(self) -> bool:
        """Whether any question says which of the seven about a provision it is."""
        return any(question.role for question in self.questions)

    def to_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`; what has its default is left out."""
        return {
            **asdict(self),
            "languages": list(self.languages),
            "questions": [_without_defaults(question) for question in self.questions],
            "sections": [asdict(section) for section in self.sections],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Questionnaire":
        """The questionnaire that `to_json` gave away."""
        return cls(
            title=stored["title"],
            languages=tuple(stored["languages"]),
            default_language=stored["default_language"],
            questions=tuple(_question(question) for question in stored["questions"]),
            sections=tuple(Section(**section) for section in stored["sections"]),
        )


def _without_defaults(question: Question) -> dict[str, Any]:
    stored = asdict(question)
    for part in fields(question):
        default = part.default_factory() if part.default_factory is not MISSING else part.default
        if stored[part.name] == default:
            del stored[part.name]
    return stored


def _question(stored: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(**choice) for choice in stored.get("choices", ()))
    codes = tuple(stored.get("non_response", ()))
    return Question(**{**stored, "choices": choices, "non_response": codes})
