"""The lists of choices of a questionnaire that is written as an XLSForm."""

import re
from collections.abc import Iterable, Iterator

from consultations.questionnaires.structure import Choice, Question
from consultations.questionnaires.xlsform.survey_rows import OPEN_BRACKET, OWN_LIST

_PLACEHOLDER = (Choice("1", {"en": "-"}),)


class WrittenLists:
    """Gives equal choices the same list, and different ones different lists."""

    def __init__(self) -> None:
        self._names: dict[object, str] = {}
        self._choices: dict[str, tuple[Choice, ...]] = {}

    def list_of(self, question: Question) -> str:
        """The name of the list that holds its choices; "" where it has none."""
        if question.bracket and not question.choices:
            self._choices[OPEN_BRACKET] = _PLACEHOLDER
            return OPEN_BRACKET
        if not question.choices:
            return ""
        key = _key(question.choices)
        if key not in self._names:
            self._names[key] = self._free(question.choice_list or question.name)
            self._choices[self._names[key]] = question.choices
        return self._names[key]

    def family_of(self, question: Question) -> str:
        """What `choice_list` has to say: "" where it is the name of the list itself."""
        if not question.choices or question.choice_list == self.list_of(question):
            return ""
        return question.choice_list or OWN_LIST

    def written(self) -> Iterable[tuple[str, tuple[Choice, ...]]]:
        """The lists that were asked for, with their names."""
        return self._choices.items()

    def _free(self, name: str) -> str:
        name = re.sub(r"[^\w-]", "_", name)
        names: Iterator[str] = iter(
            [name, *(f"{name}_{n}" for n in range(2, len(self._choices) + 4))]
        )
        return next(each for each in names if each not in (*self._choices, OPEN_BRACKET))


def _key(choices: Iterable[Choice]) -> object:
    return tuple(
        (each.code, frozenset(each.label.items()), each.exclusive, each.specify,
         frozenset(each.values.items()))
        for each in choices
    )  # fmt: skip
