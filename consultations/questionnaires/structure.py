"""What a questionnaire is: questions with their choices, in sections, in several languages."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from functools import cached_property
from typing import Any

from consultations.codebook import NON_RESPONSE, Texts

ROLES = ("position", "effect", "change", "condition", "clear", "feasible", "reason")
"""The seven questions about a provision."""

IN_WORDS = ("change", "condition", "reason")
"""Those whose answers in words are points."""

POSITIONS = ("support", "support_with_changes", "oppose", "no_view")
"""The choices of a position, in this order."""

VOTES = ("agree", "disagree", "pass")
"""The choices of a statement to vote on, in this order."""


@dataclass(frozen=True)
class Choice:
    """One answer to choose.

    exclusive: chosen together with no other ("none of these").
    specify:   words may be written beside it.
    values:    what a choice filter looks at: the further columns of an XLSForm's choices.
    """

    code: str
    label: Texts
    exclusive: bool = False
    specify: bool = False
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Section:
    """A named run of questions.

    relevant: the condition (XPath) under which its questions are asked.
    within:   the name of the section around it.
    layout:   "" (one below the other), matrix (its questions share their choices and are the
              rows of one table), votes (statements one at a time).
    random:   its questions come in random order.
    """

    name: str
    label: Texts
    relevant: str = ""
    within: str | None = None
    layout: str = ""
    random: bool = False


@dataclass(frozen=True)
class Question:
    """One thing asked, told, or worked out.

    kind:          a name in `kinds.KINDS`.
    required_message: what to say when it is left out, instead of our own sentence.
    message:       what to say when the value breaks its bounds or its constraint.
    choice_list:   the name that questions sharing the same choices have in common.
    provision:     the eId of the provision it is about; role: one of ROLES.
    bracket:       the number (from 1) of the open bracket of its provision whose alternatives
                   are its choices.
    dimension:     the dimension it feeds.
    minimum, maximum: bounds, both allowed themselves, of a number or a year, of how many choices
                   (of a multiple) or places (of a ranking); `maximum` characters of a text.
    unit:          what a number counts, in words.
    non_response:  the codes (-9 to -4) that a number question declares as not being numbers.
    section:       the name of its section.
    appearance:    how it looks, words with spaces between: dropdown, search, month, year, email,
                   provision (its provision is shown in full).
    random:        its choices come in random order (exclusive ones and "other" last).
    relevant, constraint, choice_filter, calculation, default: XPath 1.0 as in an XLSForm, with
                   `${name}` for other answers and `.` for its own; see `logic`.
    audio:         language -> the name of the recording in which it is read out.
    """

    name: str
    kind: str
    label: Texts
    hint: Texts = field(default_factory=dict)
    message: Texts = field(default_factory=dict)
    required: bool = False
    required_message: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    choice_list: str | None = None
    provision: str | None = None
    role: str | None = None
    bracket: int | None = None
    dimension: str | None = None
    sensitive: bool = False
    minimum: float | None = None
    maximum: float | None = None
    unit: Texts = field(default_factory=dict)
    non_response: tuple[str, ...] = ()
    section: str | None = None
    appearance: str = ""
    random: bool = False
    relevant: str = ""
    constraint: str = ""
    choice_filter: str = ""
    calculation: str = ""
    default: str = ""
    audio: Texts = field(default_factory=dict)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of its choices."""
        return frozenset(choice.code for choice in self.choices)

    @cached_property
    def substantive(self) -> tuple[Choice, ...]:
        """Its choices without those that only give words to a non-response code."""
        return tuple(choice for choice in self.choices if choice.code not in NON_RESPONSE)

    @cached_property
    def words_beside(self) -> Mapping[str, str]:
        """Code of a choice beside which words may be written -> the form field for them.

        The field is NAME_other; where several choices of a multiple take words, NAME_other_CODE.
        """
        codes = [choice.code for choice in self.choices if choice.specify]
        several = self.kind == "multiple" and len(codes) > 1
        return {code: f"{self.name}_other{f'_{code}' if several else ''}" for code in codes}

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The names of its form fields, its own first; answers are stored under the same."""
        return (self.name, *dict.fromkeys(self.words_beside.values()))

    @property
    def about(self) -> str | None:
        """The provision it is about; none where it feeds a dimension: that is about the person."""
        return self.provision if self.dimension is None else None

    @property
    def makes_points(self) -> bool:
        """Whether the words written in answer are a point on its provision."""
        return self.role in IN_WORDS and self.kind in ("text", "long_text")

    def looks(self, word: str) -> bool:
        """Whether its appearance says `word`."""
        return word in self.appearance.split()


@dataclass(frozen=True)
class Questionnaire:
    """All that is asked, in the order in which it was written.

    random_provisions: the provisions come in random order, another for each participant.
    """

    title: Texts
    languages: tuple[str, ...]
    default_language: str
    questions: tuple[Question, ...] = ()
    sections: tuple[Section, ...] = ()
    random_provisions: bool = False

    @cached_property
    def by_name(self) -> Mapping[str, Question]:
        """Questions by their name."""
        return {question.name: question for question in self.questions}

    @cached_property
    def feeding(self) -> Mapping[str, tuple[Question, ...]]:
        """Dimension name -> the questions that feed it: one, or a battery of the codebook."""
        feeding: dict[str, tuple[Question, ...]] = {}
        for each in self.questions:
            if each.dimension:
                feeding[each.dimension] = (*feeding.get(each.dimension, ()), each)
        return feeding

    def section(self, name: str | None) -> Section | None:
        """The section of that name."""
        return self._sections.get(name or "")

    def around(self, name: str | None) -> tuple[Section, ...]:
        """The section of that name and those around it, from the inside; each once."""
        found: list[Section] = []
        while (section := self.section(name)) and section not in found:
            found.append(section)
            name = section.within
        return tuple(found)

    @cached_property
    def _sections(self) -> Mapping[str, Section]:
        return {section.name: section for section in self.sections}

    @property
    def has_roles(self) -> bool:
        """Whether any question says which of the seven about a provision it is."""
        return any(question.role for question in self.questions)

    def to_json(self) -> dict[str, Any]:
        """Plain values for `json.dumps`; what has its default is left out."""
        return {**_without_defaults(self), "languages": list(self.languages)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Questionnaire":
        """The questionnaire that `to_json` gave away."""
        parts = {
            "languages": tuple(stored["languages"]),
            "questions": tuple(_question(question) for question in stored.get("questions", ())),
            "sections": tuple(Section(**section) for section in stored.get("sections", ())),
        }
        return cls(**{**stored, **parts})


def _without_defaults(value: Any) -> Any:
    """A value object as plain values, at any depth, without the fields that have their default."""
    if isinstance(value, tuple):
        return [_without_defaults(each) for each in value]
    if not is_dataclass(value):
        return value
    kept = {part.name: getattr(value, part.name) for part in fields(value)
            if getattr(value, part.name) != _default(part)}  # fmt: skip
    return {name: _without_defaults(each) for name, each in kept.items()}


def _default(part: Field[Any]) -> Any:
    return part.default_factory() if part.default_factory is not MISSING else part.default


def _question(stored: Mapping[str, Any]) -> Question:
    choices = tuple(Choice(**choice) for choice in stored.get("choices", ()))
    codes = tuple(stored.get("non_response", ()))
    return Question(**{**stored, "choices": choices, "non_response": codes})
