"""What keys of consultation.yaml must not say together, and what they must refer to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from pydantic import BaseModel

from consultations.bundles.documents import Place
from consultations.bundles.schema import Configuration, DimensionKeys
from consultations.codebook import DIMENSIONS, GROUPS, declared
from consultations.codebook.dimensions import DimensionError
from consultations.words import N_

Contradiction = tuple[Place, str, dict[str, object]]
_TEXT_KEYS = frozenset(
    ("title", "summary", "organizer", "decision", "contact", "privacy_notice", "safeguarding",
     "sampling_design", "label", "why", "question")
)  # fmt: skip


def contradictions(given: Configuration) -> Iterator[Contradiction]:
    """What is wrong though every key has the right type: place, message and its values."""
    yield from _languages(given)
    yield from _dimensions(given)
    yield from _plan(given)
    yield from _rounds(given)
    if given.sampling == "probability" and not given.sampling_design:
        yield (
            ("sampling",),
            N_("%(file)s, line %(line)s: a probability sample needs the key sampling_design."),
            {},
        )
    policy = given.policy
    if policy.threshold and policy.minimum_base and policy.minimum_base < policy.threshold:
        yield (
            ("policy", "minimum_base"),
            N_(
                "%(file)s, line %(line)s, %(place)s: the minimum base %(base)s is less than the"
                " threshold %(threshold)s."
            ),
            {"base": policy.minimum_base, "threshold": policy.threshold},
        )


def _languages(given: Configuration) -> Iterator[Contradiction]:
    source = given.source_language
    if source not in given.languages:
        yield (
            ("source_language",),
            N_(
                "%(file)s, line %(line)s: the source language %(language)s is not in the list"
                " of languages."
            ),
            {"language": source},
        )
    yield from _twice(("languages",), given.languages)
    for place, texts in _texts(given, ()):
        if source not in texts:
            yield (
                place,
                N_(
                    "%(file)s, line %(line)s, %(place)s: the text in the source language"
                    " %(language)s is missing."
                ),
                {"language": source},
            )


def _texts(part: BaseModel, place: Place) -> Iterator[tuple[Place, Mapping[str, str]]]:
    """Every text per language in a configuration, and where it stands."""
    for name, value in part:
        here = (*place, name)
        if name in _TEXT_KEYS and value is not None:
            yield here, value
        elif isinstance(value, BaseModel):
            yield from _texts(value, here)
        elif isinstance(value, (list, dict)):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            for step, item in items:
                if isinstance(item, BaseModel):
                    yield from _texts(item, (*here, step))


def _dimensions(given: Configuration) -> Iterator[Contradiction]:
    for name, keys in given.dimensions.items():
        for key in ("label", "why"):
            if name not in DIMENSIONS and getattr(keys, key) is None:
                near = get_close_matches(name, DIMENSIONS, n=1, cutoff=0.0)
                yield (
                    ("dimensions", name),
                    N_(
                        "%(file)s, line %(line)s, %(place)s: the codebook has no dimension of"
                        " this name (the nearest is %(nearest)s), and a new one needs the key"
                        " %(key)s."
                    ),
                    {"key": key, "nearest": near[0] if near else "-"},
                )
        yield from _categories(name, keys)
        for key in ("parents", "categories"):
            codes = [each.code for each in getattr(keys, key) or ()]
            yield from _twice(("dimensions", name, key), codes)


def _categories(name: str, keys: DimensionKeys) -> Iterator[Contradiction]:
    """What the codebook has against the categories that are listed."""
    listed = [(each.code, each.label) for each in keys.categories or ()]
    try:
        declared(name, label=keys.label or {"en": name}, categories=listed or None)
    except DimensionError as error:
        place: Place = ("dimensions", name, "categories") if listed else ("dimensions", name)
        yield place, N_("%(file)s, line %(line)s, %(place)s: %(cause)s"), {"cause": str(error)}


def _plan(given: Configuration) -> Iterator[Contradiction]:
    named = [
        *(
            (("groups", i, "of", name), name)
            for i, group in enumerate(given.groups)
            for name in group.categories
        ),
        *((("crossings", i), name) for i, pair in enumerate(given.crossings) for name in pair),
    ]
    for place, name in named:
        if name not in given.dimensions:
            near = get_close_matches(name, given.dimensions, n=1, cutoff=0.0)
            yield (
                place,
                N_(
                    "%(file)s, line %(line)s, %(place)s: %(name)s is not among the dimensions of"
                    " this file; the nearest is %(nearest)s."
                ),
                {"name": name, "nearest": near[0] if near else "-"},
            )
    for index, group in enumerate(given.groups):
        for key in ("label", "of"):
            if group.code not in GROUPS and not getattr(group, key):
                yield (
                    ("groups", index),
                    N_(
                        "%(file)s, line %(line)s, %(place)s: the codebook has no group of this"
                        " code, so it needs the key %(key)s."
                    ),
                    {"key": key},
                )
    yield from _twice(("groups",), [group.code for group in given.groups])
    yield from _twice(("crossings",), [" × ".join(sorted(pair)) for pair in given.crossings])
    for index, (one, other) in enumerate(given.crossings):
        if one == other:
            yield (
                ("crossings", index),
                N_("%(file)s, line %(line)s, %(place)s: a dimension is crossed with itself."),
                {},
            )


def _rounds(given: Configuration) -> Iterator[Contradiction]:
    yield from _twice(("rounds",), [str(keys.number) for keys in given.rounds])
    for index, keys in enumerate(given.rounds):
        if keys.closes < keys.opens:
            yield (
                ("rounds", index, "closes"),
                N_("%(file)s, line %(line)s, %(place)s: the round closes before it opens."),
                {},
            )
        if keys.responses and not keys.questionnaire:
            yield (
                ("rounds", index, "responses"),
                N_("%(file)s, line %(line)s, %(place)s: responses need a questionnaire."),
                {},
            )


def _twice(place: Place, names: Iterable[str]) -> Iterator[Contradiction]:
    for name, times in Counter(names).items():
        if times > 1:
            yield (
                place,
                N_("%(file)s, line %(line)s, %(place)s: %(name)s stands here twice."),
                {"name": name},
            )
