"""Conditions in plain words, for paper: who answers a question, and where to go on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consultations.questionnaires.paper.numbering import choice_numbers, numbers
from consultations.questionnaires.structure import Question, Questionnaire
from consultations.questionnaires.xpath.notation import REFERENCE
from consultations.texts import in_language
from consultations.words import N_

Say = Callable[..., str]
"""Turns a marked sentence and its values into the reader's words, as `gettext` does."""

DEEPEST, LONGEST = 3, 500
"""So many calculations in each other, and characters, before a name is printed as it is."""

_VALUE = r"""(?:'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?)"""
_TEST = re.compile(
    rf"\$\{{(?P<name>[\w.-]+)\}}\s*(?P<sign>=|!=|<=|>=|<|>)\s*(?P<value>{_VALUE})"
    rf"|selected\(\s*\$\{{(?P<of>[\w.-]+)\}}\s*,\s*(?P<code>{_VALUE})\s*\)"
)
_NOT = re.compile(r"not\s*\((.*)\)")
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_WORD = re.compile(r"\s+(and|or)\s+")
_CODE = re.compile(r"'([^']*)'|\"([^\"]*)\"")

_SAID = {
    "=": N_("in question %(number)s you chose “%(value)s”"),
    "!=": N_("in question %(number)s you did not choose “%(value)s”"),
}
_ANSWERED_SAID = {
    "=": N_("you left out question %(number)s"),
    "!=": N_("you answered question %(number)s"),
}
_NUMBER_SAID = {
    "=": N_("your number in question %(number)s is %(value)s"),
    "!=": N_("your number in question %(number)s is not %(value)s"),
    "<": N_("your number in question %(number)s is less than %(value)s"),
    "<=": N_("your number in question %(number)s is %(value)s or less"),
    ">": N_("your number in question %(number)s is more than %(value)s"),
    ">=": N_("your number in question %(number)s is %(value)s or more"),
}
_JOINED = {"and": N_("%(first)s, and %(second)s"), "or": N_("%(first)s, or %(second)s")}


@dataclass(frozen=True)
class Comparison:
    """One comparison: the answer to a question (by its name) with a value."""

    question: str
    sign: str
    value: str


@dataclass(frozen=True)
class Condition:
    """Comparisons that hold all together (`and`) or of which one is enough (`or`)."""

    tests: tuple[Comparison, ...]
    joined: str = "and"


def condition(source: str) -> Condition | None:
    """A condition that only compares answers with values; None for any other."""
    parts = _WORD.split(source.strip())
    words = set(parts[1::2])
    found = [_comparison(part) for part in parts[::2]]
    tests = tuple(each for each in found if each is not None)
    if len(words) > 1 or len(tests) < len(found):
        return None
    return Condition(tests, words.pop() if words else "and")


def only_if(questionnaire: Questionnaire, sources: Sequence[str], language: str, say: Say) -> str:
    """Who answers what stands under these conditions (all must hold), in words."""
    told = [_told(questionnaire, source, language, say) for source in sources]
    return say(N_("Only if %(condition)s."), condition=_join(told, "and", say))


def jumps(questionnaire: Questionnaire) -> dict[str, dict[str, int | None]]:
    """Question -> code chosen -> number of the question to go on with (None: the end).

    Only where questions follow that depend on this answer alone, and only where something is
    left out.
    """
    numbered = numbers(questionnaire)
    asked = [each for each in questionnaire.questions if each.name in numbered]
    deciding = [_decided_by(questionnaire, each) for each in asked]
    found = {}
    for place, question in enumerate(asked):
        if question.kind in ("single", "vote", "scale"):
            run = [
                codes if name == question.name else None for name, codes in deciding[place + 1 :]
            ]
            away = _away(question, run, [numbered[each.name] for each in asked[place + 1 :]])
            if away:
                found[question.name] = away
    return found


def conditions_of(questionnaire: Questionnaire, question: Question) -> list[str]:
    """The conditions under which a question is asked: of the sections around it, then its own."""
    around = [section.relevant for section in reversed(questionnaire.around(question.section))]
    return [source for source in (*around, question.relevant) if source.strip()]


def _away(
    question: Question, run: Sequence[set[str] | None], following: Sequence[int]
) -> dict[str, int | None]:
    """`run`: the codes at which each of the questions `following` is asked, None for any."""
    if not run or run[0] is None:
        return {}
    away: dict[str, int | None] = {}
    for code in choice_numbers(question):
        target = next(
            (place for place, codes in enumerate(run) if codes is None or code in codes), len(run)
        )
        if target:
            away[code] = following[target] if target < len(run) else None
    return away


def _decided_by(questionnaire: Questionnaire, question: Question) -> tuple[str, set[str]]:
    """The question that alone decides whether this one is asked, at which codes; "" for none."""
    sources = conditions_of(questionnaire, question)
    found = condition(sources[0]) if len(sources) == 1 else None
    if found is None or (len(found.tests) > 1 and found.joined == "and"):
        return "", set()
    names = {test.question for test in found.tests}
    if len(names) > 1 or any(test.sign != "=" for test in found.tests):
        return "", set()
    return names.pop(), {test.value for test in found.tests}


def _comparison(part: str) -> Comparison | None:
    """One comparison, perhaps in brackets or denied; None for anything else."""
    part = part.strip()
    if part.startswith("(") and part.endswith(")"):
        return _comparison(part[1:-1])
    if denied := _NOT.fullmatch(part):
        inside = _comparison(denied[1])
        return inside and Comparison(inside.question, _OPPOSITE[inside.sign], inside.value)
    found = _TEST.fullmatch(part)
    if found is None:
        return None
    if found["of"]:
        return Comparison(found["of"], "=", found["code"].strip("'\""))
    return Comparison(found["name"], found["sign"], found["value"].strip("'\""))


def _told(questionnaire: Questionnaire, source: str, language: str, say: Say) -> str:
    found = condition(source)
    numbered = numbers(questionnaire)
    if found is None or any(test.question not in numbered for test in found.tests):
        return _as_written(questionnaire, source, language, say)
    told = [_test_told(questionnaire, test, language, say) for test in found.tests]
    return _join(told, found.joined, say)


def _test_told(questionnaire: Questionnaire, test: Comparison, language: str, say: Say) -> str:
    question = questionnaire.by_name[test.question]
    number = numbers(questionnaire)[question.name]
    labels = {choice.code: choice.label for choice in question.choices}
    if test.value == "" and test.sign in _ANSWERED_SAID:
        return say(_ANSWERED_SAID[test.sign], number=number)
    if test.value in labels and test.sign in _SAID:
        label = _apart(in_language(labels[test.value], language))
        return say(_SAID[test.sign], number=number, value=label)
    return say(_NUMBER_SAID[test.sign], number=number, value=_apart(test.value))


def _as_written(questionnaire: Questionnaire, source: str, language: str, say: Say) -> str:
    """The condition with questions and choices in words, where it is too involved for more."""
    source = _worked_out(questionnaire, source)
    labels = {
        choice.code: in_language(choice.label, language)
        for name in REFERENCE.findall(source)
        for choice in getattr(questionnaire.by_name.get(name), "choices", ())
    }
    numbered = numbers(questionnaire)

    def label(found: re.Match[str]) -> str:
        code = found[1] or found[2] or ""
        return f"“{_apart(labels.get(code, code))}”"

    def number(found: re.Match[str]) -> str:
        return say(N_("question %(number)s"), number=numbered.get(found[1], found[1]))

    return _apart(REFERENCE.sub(number, _CODE.sub(label, source)))


def _worked_out(questionnaire: Questionnaire, source: str) -> str:
    """The condition with what is worked out put in its place: paper works nothing out."""

    def calculation(found: re.Match[str]) -> str:
        question = questionnaire.by_name.get(found[1])
        return f"({question.calculation})" if question and question.calculation else found[0]

    for _ in range(DEEPEST):
        if len(source) > LONGEST:
            break
        source = REFERENCE.sub(calculation, source)
    return source


def _join(told: Sequence[str], word: str, say: Say) -> str:
    whole = told[0]
    for each in told[1:]:
        whole = say(_JOINED[word], first=whole, second=each)
    return whole


def _apart(text: str) -> str:
    """A text in whatever script, kept in one piece inside a sentence."""
    return f"\u2068{text}\u2069"
