"""The synthetic participants: who they are and what they answer, the same from the same seed.

Nobody in it exists. Everything is drawn from the weights in `content/population.yaml`: a factor
multiplies a weight for everyone in a category, so that groups really differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from consultations.codebook import NOT_ASKED, PREFER_NOT, SKIPPED
from consultations.demonstration.difficulties import by_domain
from consultations.questionnaires.answer import Answer

Weights = Mapping[str, float]
Words = Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]
"""What participants may write: provision -> theme -> language -> sentences."""

ABOUT_YOU = ("gender", "age", "minority", "disability", "displacement")


@dataclass(frozen=True)
class Voice:
    """One invented participant's contribution.

    `given` are the provisions drawn for them; `answers` are by question name, as a submission
    keeps them; `themes` names the theme that each of their texts was made from.
    """

    language: str
    received_on: date
    given: tuple[str, ...]
    answers: Mapping[str, Answer]
    themes: Mapping[str, str] = field(default_factory=dict)


def voices(
    parameters: Mapping[str, Any],
    words: Words,
    provisions: Sequence[str],
    *,
    round_number: int,
    days: tuple[date, date],
) -> list[Voice]:
    """The participants of a round, who answered on the days from the first to the last of `days`.

    `parameters` are those of `content/population.yaml`.
    """
    rng = Random(f"{parameters['seed']}/{round_number}")  # noqa: S311 - nothing secret is drawn
    count = parameters["individuals"][f"round_{round_number}"]
    changes = parameters["round_2"] if round_number > 1 else {}
    drawn = [_voice(rng, parameters, words, provisions, changes, days) for _ in range(count)]
    asked_again = parameters["asked_again"] if round_number > 1 else {}
    return [
        replace(
            each,
            answers={
                **_brackets(parameters, each.answers, rng),
                **_as_asked(each.answers, asked_again, rng),
            },
        )
        for each in drawn
    ]


def _brackets(
    parameters: Mapping[str, Any], answers: Mapping[str, Answer], rng: Random
) -> dict[str, Answer]:
    """Which alternative of each open bracket, by those who were asked about its article."""
    found: dict[str, Answer] = {}
    for name, stated in parameters["brackets"].items():
        asked = answers[f"{name.partition('_bracket')[0]}_effect"] != NOT_ASKED
        found[name] = _alternative(parameters, stated, answers, rng) if asked else NOT_ASKED
    return found


def _alternative(
    parameters: Mapping[str, Any],
    stated: Mapping[str, Any],
    answers: Mapping[str, Answer],
    rng: Random,
) -> str:
    person = {name: str(answers[name]) for name in ABOUT_YOU}
    return _silent(rng, parameters["brackets_not_answered"]) or _draw(rng, _weights(stated, person))


def _as_asked(
    answers: Mapping[str, Answer], again: Mapping[str, Any], rng: Random
) -> dict[str, Answer]:
    """The greatest difficulty as the six answers that give it; what the second round asks more."""
    rest = {name: answer for name, answer in answers.items() if name != "disability"}
    return {**rest, **by_domain(str(answers["disability"]), rng), **_notices(again, rng)}


def _notices(again: Mapping[str, Any], rng: Random) -> dict[str, Answer]:
    """Whether notices came, how, in which order ways are best, and votes on the statements."""
    if not again:
        return {}
    heard = _draw(rng, again["heard"])
    ways = list(again["ways"])
    came = sorted({_draw(rng, again["ways"]) for _ in range(rng.randint(1, 2))}, key=ways.index)
    best = rng.sample(ways, len(ways))
    return {
        "heard": heard,
        "means": came if heard.startswith("yes") else [NOT_ASKED],
        "best": best[: rng.randint(1, len(ways))],
        **{name: _draw(rng, weights) for name, weights in again["votes"].items()},
    }


def _voice(
    rng: Random,
    parameters: Mapping[str, Any],
    words: Words,
    provisions: Sequence[str],
    changes: Mapping[str, Weights],
    days: tuple[date, date],
) -> Voice:
    person = _person(rng, parameters)
    language = _draw(rng, _weights(parameters["language"], person))
    positions = {eid: _position(rng, parameters, eid, person, changes) for eid in provisions}
    given = tuple(sorted(rng.sample(provisions, 2), key=provisions.index))
    asked = [*given, *_chosen(rng, parameters, provisions, given)]
    effects = {eid: _effect(rng, parameters, positions[eid]) for eid in asked}
    texts = dict(_texts(rng, parameters, words, given, positions, person, language))
    answers = {
        **{f"{eid}_position": code for eid, code in positions.items()},
        **{f"{eid}_effect": effects.get(eid, NOT_ASKED) for eid in provisions},
        **{f"{eid}_change": text for eid, (_, text) in texts.items()},
        **person,
    }
    themes = {f"{eid}_change": theme for eid, (theme, _) in texts.items()}
    first, last = days
    day = first + timedelta(days=rng.randint(0, (last - first).days))
    return Voice(language, day, given, answers, themes)


def _person(rng: Random, parameters: Mapping[str, Any]) -> dict[str, str]:
    gender = _draw(rng, parameters["gender"])
    age = _draw(rng, parameters["age"][gender])
    rest = {name: _draw(rng, parameters[name]) for name in ABOUT_YOU[2:]}
    return {"gender": gender, "age": age, **rest}


def _position(
    rng: Random,
    parameters: Mapping[str, Any],
    eid: str,
    person: Mapping[str, str],
    changes: Mapping[str, Weights],
) -> str:
    silence = rng.random()
    if silence < parameters["skipped"]:
        return SKIPPED
    if silence < parameters["skipped"] + parameters["prefer_not"]:
        return PREFER_NOT
    weights = _times(_weights(parameters["positions"][eid], person), changes.get(eid, {}))
    return _draw(rng, weights)


def _chosen(
    rng: Random, parameters: Mapping[str, Any], provisions: Sequence[str], given: Sequence[str]
) -> list[str]:
    """Further provisions that some ask for themselves; none of those given."""
    others = [eid for eid in provisions if eid not in given]
    return rng.sample(others, int(_draw(rng, parameters["chosen_as_well"])))


def _effect(rng: Random, parameters: Mapping[str, Any], position: str) -> str:
    effects = parameters["effect"]
    return _silent(rng, parameters["effect_not_answered"]) or _draw(
        rng, effects.get(position, effects["other"])
    )


def _silent(rng: Random, shares: Weights) -> str:
    """A code of non-response with the chances stated; else none."""
    silence = rng.random()
    for code, share in shares.items():
        if silence < share:
            return str(code)
        silence -= share
    return ""


def _texts(
    rng: Random,
    parameters: Mapping[str, Any],
    words: Words,
    given: Sequence[str],
    positions: Mapping[str, str],
    person: Mapping[str, str],
    language: str,
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Provision -> theme and sentence, for the few who write."""
    if rng.random() >= _chance(parameters["writes"], person):
        return
    if rng.random() >= parameters["writes_twice"]:
        given = [_draw(rng, {eid: _urge(parameters, eid, positions[eid]) for eid in given})]
    for eid in given:
        sentences = words[eid]
        weighed = parameters["themes"].get(eid)
        weights = _weights(weighed, person) if weighed else dict.fromkeys(sentences, 1.0)
        theme = _draw(rng, {code: weights.get(code, 1.0) for code in sentences})
        yield eid, (theme, rng.choice(sentences[theme][language]))


def _chance(stated: Mapping[str, Any], person: Mapping[str, str]) -> float:
    """A chance for everyone, times the factors of the categories that a person is in."""
    chance = float(stated["everyone"])
    for dimension, factors in stated["factors"].items():
        chance *= factors.get(person[dimension], 1)
    return chance


def _urge(parameters: Mapping[str, Any], eid: str, position: str) -> float:
    """How much a provision moves somebody to write: more where it should change."""
    urge = parameters["moves_to_write"]
    return float(urge.get(eid, 1) * urge.get(position, 1))


def _weights(stated: Mapping[str, Any], person: Mapping[str, str]) -> dict[str, float]:
    """The weights for everyone, times the factors of the categories that a person is in."""
    weights = dict(stated["everyone"])
    for dimension, categories in stated.get("factors", {}).items():
        weights = _times(weights, categories.get(person[dimension], {}))
    return weights


def _times(weights: Weights, factors: Weights) -> dict[str, float]:
    return {code: weight * factors.get(code, 1) for code, weight in weights.items()}


def _draw(rng: Random, weights: Weights) -> str:
    return rng.choices([str(code) for code in weights], list(weights.values()))[0]
