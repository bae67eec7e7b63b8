"""What is to be counted: the table plan, declared before a round opens, and the answers to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from consultations.analysis.quantities import Route
from consultations.codebook import Category, Dimension, Group, Policy

GROUP, CHANNEL, LANGUAGE, ENTRY = "group", "channel", "_language", "entry"
"""Breakdowns beside the declared dimensions; `group` stands for the groups over categories, and
no dimension is called `_language`, as one may be called `language`."""

Answers = Sequence[str] | Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class CountedQuestion:
    """A question with choices that feeds no dimension.

    kind:   single, multiple, scale (choices then stand in their order), votes, or ranking
            (counted place by place).
    family: id of the choice list; questions of a family are merged alike.
    role:   `position` allows the merges that make sense for a position.
    place:  of a ranking, which place is counted: the name of the second ends in `.2`.
    told_in: where it counts the themes of what was said in words: the questions that were answered
            in words; beside: a question with choices that the same people were asked, if any.
    routed: whether it is asked only after certain answers; route: after which answers to which
            other counted question, where it is only one.
    """

    name: str
    kind: str
    choices: tuple[Category, ...]
    family: str
    sensitive: bool = False
    provision: str | None = None
    role: str | None = None
    place: int = 1
    told_in: tuple[str, ...] = ()
    beside: str | None = None
    routed: bool = False
    route: Route | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)

    @property
    def asked(self) -> str:
        """The question of the questionnaire that it counts."""
        if self.told_in:
            return self.told_in[0]
        return self.name if self.place == 1 else self.name.rpartition(".")[0]

    @property
    def multiple(self) -> bool:
        return self.kind == "multiple"


@dataclass(frozen=True)
class TablePlan:
    """Every table that will be published, named before there are answers."""

    questions: tuple[CountedQuestion, ...]
    dimensions: tuple[Dimension, ...]
    groups: tuple[Group, ...] = ()
    crossings: tuple[tuple[str, str], ...] = ()
    policy: Policy = field(default_factory=Policy)


@dataclass(frozen=True)
class Responses:
    """Individuals' answers as parallel lists, in any order.

    answers:   question -> a code each, or a tuple of codes (multiple).
    dimension: name -> category code, or `-` where the person did not say.
    """

    n: int
    answers: Mapping[str, Answers]
    dimension: Mapping[str, Sequence[str]]
    channel: Sequence[str] = ()
    language: Sequence[str] = ()
    entry: Sequence[str] = ()


@dataclass(frozen=True)
class View:
    """One way of breaking questions down: the overall table, by a dimension, by a crossing."""

    by: tuple[str, ...]

    @property
    def suffix(self) -> str:
        return "by." + ".".join(self.by) if self.by else "overall"


def views(plan: TablePlan, *, channels: int, entries: int) -> tuple[View, ...]:
    """The views of the plan in the order of the report, given how many channels, entries occur."""
    found = [View(())]
    found += [View((dimension.name,)) for dimension in plan.dimensions]
    found += [View((GROUP,))] if plan.groups else []
    found += [View(crossing) for crossing in plan.crossings]
    found += [View((CHANNEL,))] if channels > 1 else []
    found += [View((ENTRY,))] if entries > 1 else []
    return tuple(found)
